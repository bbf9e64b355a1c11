package lanewise.kernels.internal;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Passes over a row that softmax and its losses share. */
public final class SoftmaxTerms {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;
    // Shorter rows share a call of exp, which computes the last elements one by one.
    private static final int LONG_ROW = 64;

    private SoftmaxTerms() {}

    private static void subtract(int n, float[] x, int xOffset, float c, float[] y, int yOffset) {
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
            max[maxOffset + i] = VectorMath.greatest(n, x, xOffset + i * n);
        }
        exponentials(rows, n, x, xOffset, n, max, maxOffset, e, eOffset);
    }

    /**
     * e[j] = exp(x[j] − shift) for some rows, each with its own shift, one after the other to e.
     *
     * @param rows how many
     * @param n elements of a row
     * @param x the rows
     * @param xOffset index of the first element
     * @param ldx elements between the starts of two rows
     * @param shift what is subtracted
     * @param shiftOffset index of the first row's
     * @param e the results
     * @param eOffset index of the first
     */
    public static void exponentials(int rows, int n, float[] x, int xOffset, int ldx, float[] shift, int shiftOffset,
            float[] e, int eOffset) {
        if (n >= LONG_ROW) {
            for (int i = 0; i < rows; i++) {
                VectorMath.exp(n, x, xOffset + i * ldx, shift[shiftOffset + i], e, eOffset + i * n);
            }
        } else {
            for (int i = 0; i < rows; i++) {
                subtract(n, x, xOffset + i * ldx, shift[shiftOffset + i], e, eOffset + i * n);
            }
            VectorMath.exp(rows * n, e, eOffset, e, eOffset);
        }
    }
}
