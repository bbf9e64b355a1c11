package lanewise.kernels.pooling;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;

/** Sums of two or three rows, added in their order. */
final class RowSums {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    private RowSums() {}

    /**
     * y ← a + b, or a + b + c where c lies in the same array as b; y may be a. The same for some rows, whose distance is
     * {@code aNext}, {@code bNext} and {@code yNext}.
     */
    static void add(float[] a, int aOffset, int aNext, float[] b, int bOffset, int cOffset, int bNext, boolean three,
            float[] y, int yOffset, int yNext, int n, int rows) {
        int main = FLOATS.loopBound(n);
        // The last vector overlaps its neighbour, except in place, where it would add twice.
        boolean overlap = main > 0 && (a != y || aOffset != yOffset);
        for (int row = 0; row < rows; row++) {
            int aRow = aOffset + row * aNext;
            int bRow = bOffset + row * bNext;
            int cRow = cOffset + row * bNext;
            int yRow = yOffset + row * yNext;
            for (int i = 0; i < main; i += LANES) {
                add(a, aRow + i, b, bRow + i, cRow + i, three, y, yRow + i);
            }
            if (main < n && overlap) {
                int i = n - LANES;
                add(a, aRow + i, b, bRow + i, cRow + i, three, y, yRow + i);
            } else {
                for (int i = main; i < n; i++) {
                    float sum = a[aRow + i] + b[bRow + i];
                    y[yRow + i] = three ? sum + b[cRow + i] : sum;
                }
            }
        }
    }

    private static void add(float[] a, int aIndex, float[] b, int bIndex, int cIndex, boolean three, float[] y,
            int yIndex) {
        FloatVector sum = FloatVector.fromArray(FLOATS, a, aIndex).add(FloatVector.fromArray(FLOATS, b, bIndex));
        if (three) {
            sum = sum.add(FloatVector.fromArray(FLOATS, b, cIndex));
        }
        sum.intoArray(y, yIndex);
    }
}
