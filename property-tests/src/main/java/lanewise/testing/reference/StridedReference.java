package lanewise.testing.reference;

import lanewise.kernels.layout.Layout;
import lanewise.testing.Bounds;

/** Copies and additions between two views, index by index. */
public final class StridedReference {

    private StridedReference() {}

    /**
     * Where the elements of a view are.
     *
     * @param layout the view
     * @return their positions in the array, in the order of their indices, the last axis first
     */
    public static int[] positions(Layout layout) {
        int length = 1;
        for (int axis = 0; axis < layout.rank(); axis++) {
            length *= layout.size(axis);
        }
        int[] positions = new int[length];
        for (int i = 0; i < length; i++) {
            positions[i] = layout.start();
            for (int axis = layout.rank() - 1, rest = i; axis >= 0; axis--) {
                positions[i] += rest % layout.size(axis) * layout.stride(axis);
                rest /= layout.size(axis);
            }
        }
        return positions;
    }

    /**
     * y[i, j, …] + Σ x[i, j, …].
     *
     * @param from the view of x
     * @param x its array
     * @param to the view of y
     * @param y its array
     * @return the array after the additions
     */
    public static double[] add(Layout from, double[] x, Layout to, double[] y) {
        int[] read = positions(from);
        int[] written = positions(to);
        double[] sum = y.clone();
        for (int i = 0; i < read.length; i++) {
            sum[written[i]] += x[read[i]];
        }
        return sum;
    }

    /**
     * The bounds of {@link #add}: γ(m) times the sum of magnitudes of an element that m are added to.
     *
     * @param from the view of x
     * @param x its array
     * @param to the view of y
     * @param y its array
     * @return the absolute errors that are permitted
     */
    public static double[] bounds(Layout from, double[] x, Layout to, double[] y) {
        int[] read = positions(from);
        int[] written = positions(to);
        double[] magnitude = new double[y.length];
        int[] additions = new int[y.length];
        for (int i = 0; i < y.length; i++) {
            magnitude[i] = Math.abs(y[i]);
        }
        for (int i = 0; i < read.length; i++) {
            magnitude[written[i]] += Math.abs(x[read[i]]);
            additions[written[i]]++;
        }
        for (int i = 0; i < y.length; i++) {
            magnitude[i] *= Bounds.gamma(additions[i]);
        }
        return magnitude;
    }
}
