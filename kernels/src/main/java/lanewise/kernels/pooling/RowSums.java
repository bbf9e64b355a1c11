package lanewise.kernels.pooling;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;

/** Sums of two or three rows, added in their order. */
final class RowSums {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    private RowSums() {}

    /** y ← a + b, or a + b + c where c lies in the same array as b; y may be a. */
    static void add(float[] a, int aOffset, float[] b, int bOffset, int cOffset, boolean three, float[] y, int yOffset,
            int n) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector sum = FloatVector.fromArray(FLOATS, a, aOffset + i)
                    .add(FloatVector.fromArray(FLOATS, b, bOffset + i));
            if (three) {
                sum = sum.add(FloatVector.fromArray(FLOATS, b, cOffset + i));
            }
            sum.intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            float sum = a[aOffset + i] + b[bOffset + i];
            y[yOffset + i] = three ? sum + b[cOffset + i] : sum;
        }
    }
}
