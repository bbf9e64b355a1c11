package lanewise.kernels.activation;

/** Arrays longer than the widest vector, so that main loop and tail see each value. */
final class Repeat {

    private Repeat() {}

    static float[] toLength(int n, float... values) {
        float[] repeated = new float[n];
        for (int i = 0; i < n; i++) {
            repeated[i] = values[i % values.length];
        }
        return repeated;
    }
}
