package lanewise.properties.gradient;

/** The one number of which gradient checks of kernels take the slopes. */
final class Weighted {

    private Weighted() {}

    /** Σ weights[i] · values[i]: its gradient with respect to what the values come from is a backward kernel's, its weights being dy. */
    static double sum(double[] weights, double[] values) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] * values[i];
        }
        return sum;
    }
}
