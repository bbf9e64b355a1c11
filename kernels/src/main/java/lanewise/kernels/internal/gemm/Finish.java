package lanewise.kernels.internal.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.VectorMath;

/** What is done to the finished elements of a product, row by row, while they are in cache. */
public final class Finish {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    private Finish() {}

    /** c += bias, element by element. */
    public static void add(int n, float[] bias, int bo, float[] c, int co) {
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
    public static void add(int n, float bias, float[] c, int co) {
        int main = FLOATS.loopBound(n);
        for (int j = 0; j < main; j += LANES) {
            FloatVector.fromArray(FLOATS, c, co + j).add(bias).intoArray(c, co + j);
        }
        for (int j = main; j < n; j++) {
            c[co + j] += bias;
        }
    }

    /** c = activation(c). */
    public static void activate(Activation activation, int n, float[] c, int co) {
        switch (activation) {
            case IDENTITY -> {
            }
            case RELU -> relu(n, c, co);
            case SIGMOID -> VectorMath.sigmoid(n, c, co, c, co);
        }
    }

    /** c = c &lt; 0 ? 0 : c, as {@link lanewise.kernels.activation.Relu} does. */
    private static void relu(int n, float[] c, int co) {
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
