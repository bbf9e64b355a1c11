package lanewise.kernels.loss;

import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Logarithm;
import lanewise.kernels.internal.VectorMath;

/** The forward body of {@link PointwiseLoss}, in plain loops: C2 makes vectors of them itself. */
final class PointwiseLosses extends ElementwiseJob {

    // Two logarithms of a block are in scratch memory.
    private static final int HALF = VectorMath.BLOCK / 2;
    private static final float LEAST_LOG = -100f;

    private LossFunction function = LossFunction.ABSOLUTE;

    PointwiseLosses() {
        super(ELEMENTARY_CHUNK);
    }

    PointwiseLosses of(LossFunction wanted) {
        function = wanted;
        return this;
    }

    @Override
    protected void range(int from, int n, float[] scratch) {
        for (int i = 0; i < n; i += HALF) {
            int length = Math.min(HALF, n - i);
            int yo = aOffset + from + i;
            int to = bOffset + from + i;
            int lo = cOffset + from + i;
            switch (function) {
                case ABSOLUTE -> absolute(length, a, yo, b, to, c, lo);
                case SQUARED -> squared(length, a, yo, b, to, c, lo);
                case HUBER -> huber(length, alpha, a, yo, b, to, c, lo);
                case HINGE -> hinge(length, a, yo, b, to, c, lo);
                case KL_DIVERGENCE -> divergence(length, a, yo, b, to, c, lo, scratch);
                case BINARY_CROSS_ENTROPY -> crossEntropy(length, a, yo, b, to, c, lo, scratch);
            }
        }
    }

    private static void absolute(int n, float[] y, int yo, float[] t, int to, float[] loss, int lo) {
        for (int i = 0; i < n; i++) {
            loss[lo + i] = Math.abs(y[yo + i] - t[to + i]);
        }
    }

    private static void squared(int n, float[] y, int yo, float[] t, int to, float[] loss, int lo) {
        for (int i = 0; i < n; i++) {
            float d = y[yo + i] - t[to + i];
            loss[lo + i] = d * d;
        }
    }

    private static void huber(int n, float delta, float[] y, int yo, float[] t, int to, float[] loss, int lo) {
        for (int i = 0; i < n; i++) {
            float d = Math.abs(y[yo + i] - t[to + i]);
            loss[lo + i] = d > delta ? delta * (d - 0.5f * delta) : 0.5f * d * d;
        }
    }

    /** In double precision 1 − t · y has the sign of the exact difference. */
    private static void hinge(int n, float[] y, int yo, float[] t, int to, float[] loss, int lo) {
        for (int i = 0; i < n; i++) {
            loss[lo + i] = (float) Math.max(0, 1 - (double) t[to + i] * y[yo + i]);
        }
    }

    private static void divergence(int n, float[] y, int yo, float[] t, int to, float[] loss, int lo, float[] log) {
        Logarithm.log(n, t, to, log, 0);
        for (int i = 0; i < n; i++) {
            float v = t[to + i];
            loss[lo + i] = v == 0 ? 0 : v * (log[i] - y[yo + i]);
        }
    }

    private static void crossEntropy(int n, float[] y, int yo, float[] t, int to, float[] loss, int lo, float[] logs) {
        for (int i = 0; i < n; i++) {
            logs[HALF + i] = 1f - y[yo + i];
        }
        Logarithm.log(n, logs, HALF, logs, HALF);
        Logarithm.log(n, y, yo, logs, 0);
        for (int i = 0; i < n; i++) {
            float v = t[to + i];
            loss[lo + i] = -(v * Math.max(logs[i], LEAST_LOG) + (1f - v) * Math.max(logs[HALF + i], LEAST_LOG));
        }
    }
}
