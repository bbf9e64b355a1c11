package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** Rows of a table by number, and the gradient of the table. */
public final class EmbeddingReference {

    private EmbeddingReference() {}

    /**
     * Rows of the table, one after the other.
     *
     * @param cols elements of a row
     * @param weight the table
     * @param index numbers of rows
     * @return the rows
     */
    public static double[] value(int cols, double[] weight, int[] index) {
        double[] y = new double[index.length * cols];
        for (int i = 0; i < y.length; i++) {
            y[i] = weight[index[i / cols] * cols + i % cols];
        }
        return y;
    }

    /**
     * The table's gradient, added to what is there.
     *
     * @param cols elements of a row
     * @param dy gradient with respect to the rows that were looked up
     * @param index numbers of rows
     * @param dWeight what is added to
     * @return the sums
     */
    public static double[] backward(int cols, double[] dy, int[] index, double[] dWeight) {
        double[] sum = dWeight.clone();
        for (int i = 0; i < dy.length; i++) {
            sum[index[i / cols] * cols + i % cols] += dy[i];
        }
        return sum;
    }

    /**
     * The bounds of {@link #backward}: γ(m) times the sum of magnitudes of a row that was looked up m times.
     *
     * @param cols elements of a row
     * @param dy gradient with respect to the rows that were looked up
     * @param index numbers of rows
     * @param dWeight what is added to
     * @return the absolute errors that are permitted
     */
    public static double[] backwardBounds(int cols, double[] dy, int[] index, double[] dWeight) {
        double[] magnitude = new double[dWeight.length];
        int[] additions = new int[dWeight.length];
        for (int i = 0; i < dWeight.length; i++) {
            magnitude[i] = Math.abs(dWeight[i]);
        }
        for (int i = 0; i < dy.length; i++) {
            int at = index[i / cols] * cols + i % cols;
            magnitude[at] += Math.abs(dy[i]);
            additions[at]++;
        }
        for (int i = 0; i < magnitude.length; i++) {
            magnitude[i] *= Bounds.gamma(additions[i]);
        }
        return magnitude;
    }
}
