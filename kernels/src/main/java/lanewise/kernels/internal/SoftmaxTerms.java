package lanewise.kernels.internal;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Passes over a row that softmax and its losses share. */
public final class SoftmaxTerms {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    private SoftmaxTerms() {}

    /**
     * y = x − c.
     *
     * @param n number of elements
     * @param x the row
     * @param xOffset index of its first element
     * @param c what is subtracted
     * @param y the differences
     * @param yOffset index of the first
     */
    public static void subtract(int n, float[] x, int xOffset, float c, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int j = 0; j < main; j += LANES) {
            FloatVector.fromArray(FLOATS, x, xOffset + j).sub(c).intoArray(y, yOffset + j);
        }
        for (int j = main; j < n; j++) {
            y[yOffset + j] = x[xOffset + j] - c;
        }
    }

    /**
     * The sum of a row of any length: blocks of {@link SumJob#BLOCK} in float32, their sums in double precision.
     *
     * @param n number of elements
     * @param x the row
     * @param xOffset index of its first element
     * @param sums scratch memory: {@link Lanes#SUM_LANES} elements from 0
     * @return the sum
     */
    public static double sum(int n, float[] x, int xOffset, float[] sums) {
        double sum = 0;
        for (int j = 0; j < n; j += SumJob.BLOCK) {
            sum += SumJob.sum(Math.min(SumJob.BLOCK, n - j), x, xOffset + j, sums);
        }
        return sum;
    }

    /**
     * y = factor · x, or y plus that.
     *
     * @param n number of elements
     * @param x the row
     * @param xOffset index of its first element
     * @param factor the factor
     * @param y the products
     * @param yOffset index of the first
     * @param accumulate whether to add to y
     */
    public static void scale(int n, float[] x, int xOffset, float factor, float[] y, int yOffset,
            boolean accumulate) {
        int main = FLOATS.loopBound(n);
        for (int j = 0; j < main; j += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + j).mul(factor);
            if (accumulate) {
                v = v.add(FloatVector.fromArray(FLOATS, y, yOffset + j));
            }
            v.intoArray(y, yOffset + j);
        }
        for (int j = main; j < n; j++) {
            float v = x[xOffset + j] * factor;
            y[yOffset + j] = accumulate ? v + y[yOffset + j] : v;
        }
    }

    /**
     * e[j] = exp(x[j] − max) for some rows that lie one after the other, each with its own maximum.
     *
     * @param rows how many
     * @param n elements of a row
     * @param x the rows
     * @param xOffset index of the first element
     * @param e the results
     * @param eOffset index of the first
     * @param max receives the maximum of each row
     * @param maxOffset where the first goes
     */
    public static void exponentials(int rows, int n, float[] x, int xOffset, float[] e, int eOffset, float[] max,
            int maxOffset) {
        for (int i = 0; i < rows; i++) {
            float m = VectorMath.max(n, x, xOffset + i * n);
            max[maxOffset + i] = m;
            subtract(n, x, xOffset + i * n, m, e, eOffset + i * n);
        }
        VectorMath.exp(rows * n, e, eOffset, e, eOffset);
    }
}
