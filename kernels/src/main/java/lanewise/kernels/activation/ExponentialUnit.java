package lanewise.kernels.activation;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.VectorMath;

/**
 * What {@link Elu}, {@link Selu} and {@link Celu} have in common: a line where x is positive, a multiple of exp(scale · x) − 1
 * elsewhere.
 */
final class ExponentialUnit {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    private ExponentialUnit() {}

    /** y ← x &gt; 0 ? positive · x : negative · (exp(scale · x) − 1). */
    static void forward(Workers workers, int n, float positive, float negative, float scale, float[] x, int xOffset,
            float[] y, int yOffset) {
        Forward job = workers.reusable(Forward.class, Forward::new);
        job.scale = scale;
        job.operands(x, xOffset, y, yOffset, null, 0).scalars(positive, negative, false).run(workers, n);
    }

    /** dx ← dy · (x &gt; 0 ? positive : negative · exp(scale · x)), or dx plus that. */
    static void backward(Workers workers, int n, float positive, float negative, float scale, float[] x, int xOffset,
            float[] dy, int dyOffset, float[] dx, int dxOffset, boolean accumulate) {
        Backward job = workers.reusable(Backward.class, Backward::new);
        job.scale = scale;
        job.operands(x, xOffset, dy, dyOffset, dx, dxOffset).scalars(positive, negative, accumulate).run(workers, n);
    }

    private static void forward(int n, float positive, float negative, float[] expm1, float[] x, int xOffset, float[] y,
            int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i);
            FloatVector.fromArray(FLOATS, expm1, i).mul(negative)
                    .blend(v.mul(positive), v.compare(VectorOperators.GT, 0f)).intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            float v = x[xOffset + i];
            y[yOffset + i] = v > 0 ? v * positive : expm1[i] * negative;
        }
    }

    private static void multiply(int n, float factor, float[] x, int xOffset, float[] y) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector.fromArray(FLOATS, x, xOffset + i).mul(factor).intoArray(y, i);
        }
        for (int i = main; i < n; i++) {
            y[i] = x[xOffset + i] * factor;
        }
    }

    private static void backward(int n, float positive, float negative, float[] exp, float[] x, int xOffset, float[] dy,
            int dyOffset, float[] dx, int dxOffset, boolean accumulate) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector slope = FloatVector.fromArray(FLOATS, exp, i).mul(negative).blend(positive,
                    FloatVector.fromArray(FLOATS, x, xOffset + i).compare(VectorOperators.GT, 0f));
            FloatVector d = slope.mul(FloatVector.fromArray(FLOATS, dy, dyOffset + i));
            if (accumulate) {
                d = d.add(FloatVector.fromArray(FLOATS, dx, dxOffset + i));
            }
            d.intoArray(dx, dxOffset + i);
        }
        for (int i = main; i < n; i++) {
            float slope = x[xOffset + i] > 0 ? positive : exp[i] * negative;
            float d = slope * dy[dyOffset + i];
            dx[dxOffset + i] = accumulate ? d + dx[dxOffset + i] : d;
        }
    }

    private static final class Forward extends ElementwiseJob {

        private float scale;

        Forward() {
            super(ELEMENTARY_CHUNK);
        }

        @Override
        protected void range(int from, int n, float[] scratch) {
            for (int i = 0; i < n; i += VectorMath.BLOCK) {
                int length = Math.min(VectorMath.BLOCK, n - i);
                VectorMath.expm1(length, scale, a, aOffset + from + i, scratch, 0);
                forward(length, alpha, beta, scratch, a, aOffset + from + i, b, bOffset + from + i);
            }
        }
    }

    private static final class Backward extends ElementwiseJob {

        private float scale;

        Backward() {
            super(ELEMENTARY_CHUNK);
        }

        @Override
        protected void range(int from, int n, float[] scratch) {
            for (int i = 0; i < n; i += VectorMath.BLOCK) {
                int length = Math.min(VectorMath.BLOCK, n - i);
                multiply(length, scale, a, aOffset + from + i, scratch);
                VectorMath.exp(length, scratch, 0, scratch, 0);
                backward(length, alpha, beta, scratch, a, aOffset + from + i, b, bOffset + from + i, c,
                        cOffset + from + i, accumulate);
            }
        }
    }
}
