package lanewise.testing.reference;

import lanewise.testing.Bounds;

/** Elements of rows along an axis by their numbers, and the gradient. Arrays are outer × n × inner and outer × count × inner. */
public final class GatherElementsReference {

    private GatherElementsReference() {}

    /**
     * Where an element of the result comes from.
     *
     * @param n elements of a row that is read
     * @param inner rows of a block
     * @param count elements of a row of the result
     * @param index the numbers
     * @param i an element of the result
     * @return an element of what is read
     */
    public static int source(int n, int inner, int count, int[] index, int i) {
        return (i / inner / count * n + index[i]) * inner + i % inner;
    }

    /**
     * The elements.
     *
     * @param n elements of a row that is read
     * @param inner rows of a block
     * @param count elements of a row of the result
     * @param x what is read
     * @param index the numbers
     * @return the result
     */
    public static double[] value(int n, int inner, int count, double[] x, int[] index) {
        double[] y = new double[index.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = x[source(n, inner, count, index, i)];
        }
        return y;
    }

    /**
     * The gradient, added to what is there.
     *
     * @param n elements of a row that was read
     * @param inner rows of a block
     * @param count elements of a row of the result
     * @param dy gradient with respect to the result
     * @param index the numbers
     * @param dx what is added to
     * @return the sums
     */
    public static double[] backward(int n, int inner, int count, double[] dy, int[] index, double[] dx) {
        double[] sum = dx.clone();
        for (int i = 0; i < dy.length; i++) {
            sum[source(n, inner, count, index, i)] += dy[i];
        }
        return sum;
    }

    /**
     * The bounds of {@link #backward}: γ(m) times the sum of magnitudes of an element that was taken m times.
     *
     * @param n elements of a row that was read
     * @param inner rows of a block
     * @param count elements of a row of the result
     * @param dy gradient with respect to the result
     * @param index the numbers
     * @param dx what is added to
     * @return the absolute errors that are permitted
     */
    public static double[] backwardBound(int n, int inner, int count, double[] dy, int[] index, double[] dx) {
        double[] bound = new double[dx.length];
        int[] additions = new int[dx.length];
        for (int i = 0; i < dx.length; i++) {
            bound[i] = Math.abs(dx[i]);
        }
        for (int i = 0; i < dy.length; i++) {
            int at = source(n, inner, count, index, i);
            bound[at] += Math.abs(dy[i]);
            additions[at]++;
        }
        for (int i = 0; i < bound.length; i++) {
            bound[i] *= Bounds.gamma(additions[i]);
        }
        return bound;
    }
}
