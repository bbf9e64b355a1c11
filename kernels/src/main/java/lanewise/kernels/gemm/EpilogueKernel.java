package lanewise.kernels.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;

/** What an {@link Epilogue} does to a row of C. */
final class EpilogueKernel {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    private EpilogueKernel() {}

    /** c += bias, element by element. */
    static void add(int n, float[] bias, int bo, float[] c, int co) {
        int main = FLOATS.loopBound(n);
        for (int j = 0; j < main; j += LANES) {
            FloatVector.fromArray(FLOATS, c, co + j).add(FloatVector.fromArray(FLOATS, bias, bo + j)).intoArray(c,
                    co + j);
        }
        for (int j = main; j < n; j++) {
            c[co + j] += bias[bo + j];
        }
    }

    /** c += bias, one number for all. */
    static void add(int n, float bias, float[] c, int co) {
        int main = FLOATS.loopBound(n);
        for (int j = 0; j < main; j += LANES) {
            FloatVector.fromArray(FLOATS, c, co + j).add(bias).intoArray(c, co + j);
        }
        for (int j = main; j < n; j++) {
            c[co + j] += bias;
        }
    }

    /** c = c &lt; 0 ? 0 : c, as {@link lanewise.kernels.activation.Relu} does. */
    static void relu(int n, float[] c, int co) {
        int main = FLOATS.loopBound(n);
        for (int j = 0; j < main; j += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, c, co + j);
            v.blend(0f, v.compare(VectorOperators.LT, 0f)).intoArray(c, co + j);
        }
        for (int j = main; j < n; j++) {
            c[co + j] = c[co + j] < 0 ? 0 : c[co + j];
        }
    }
}
