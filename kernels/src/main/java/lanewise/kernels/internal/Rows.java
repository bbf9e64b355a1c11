package lanewise.kernels.internal;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Rows of elements that are copied, added up or multiplied, on the caller's thread. */
public final class Rows {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;
    private static final boolean FMA = Lanes.FMA;
    // From here on System.arraycopy is worth its call.
    private static final int LONG = 256;

    private Rows() {}

    /**
     * y ← x.
     *
     * @param n number of elements
     * @param x the row
     * @param xOffset index of its first element
     * @param y the copy
     * @param yOffset index of its first element
     */
    public static void copy(int n, float[] x, int xOffset, float[] y, int yOffset) {
        if (n >= LONG) {
            System.arraycopy(x, xOffset, y, yOffset, n);
            return;
        }
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector.fromArray(FLOATS, x, xOffset + i).intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] = x[xOffset + i];
        }
    }

    /**
     * y ← y + x.
     *
     * @param n number of elements
     * @param x the row that is added
     * @param xOffset index of its first element
     * @param y the sums
     * @param yOffset index of the first
     */
    public static void add(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector.fromArray(FLOATS, y, yOffset + i).add(FloatVector.fromArray(FLOATS, x, xOffset + i)).intoArray(
                    y,
                    yOffset + i);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] += x[xOffset + i];
        }
    }

    /**
     * y ← a · b, element by element; y may be a or b.
     *
     * @param n number of elements
     * @param a one row
     * @param aOffset index of its first element
     * @param b the other
     * @param bOffset index of its first element
     * @param y the products
     * @param yOffset index of the first
     */
    public static void multiply(int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector.fromArray(FLOATS, a, aOffset + i).mul(FloatVector.fromArray(FLOATS, b, bOffset + i))
                    .intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] = a[aOffset + i] * b[bOffset + i];
        }
    }

    /**
     * y ← y + a · b, element by element, with one rounding where the hardware has fused multiply-add.
     *
     * @param n number of elements
     * @param a one row
     * @param aOffset index of its first element
     * @param b the other
     * @param bOffset index of its first element
     * @param y the sums
     * @param yOffset index of the first
     */
    public static void addProduct(int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector left = FloatVector.fromArray(FLOATS, a, aOffset + i);
            FloatVector right = FloatVector.fromArray(FLOATS, b, bOffset + i);
            FloatVector sum = FloatVector.fromArray(FLOATS, y, yOffset + i);
            (FMA ? left.fma(right, sum) : left.mul(right).add(sum)).intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] = Lanes.fma(a[aOffset + i], b[bOffset + i], y[yOffset + i]);
        }
    }
}
