package lanewise.kernels.loss;

import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.VectorMath;

/** The backward body of {@link PointwiseLoss}, in plain loops: C2 makes vectors of them itself. */
final class PointwiseLossGradients extends ElementwiseJob {

    private static final float LEAST_DIVISOR = 1e-12f;

    private LossFunction function = LossFunction.ABSOLUTE;

    PointwiseLossGradients of(LossFunction wanted) {
        function = wanted;
        return this;
    }

    @Override
    protected void range(int from, int n, float[] scratch) {
        for (int i = from; i < from + n; i += VectorMath.BLOCK) {
            int length = Math.min(VectorMath.BLOCK, from + n - i);
            int yo = aOffset + i;
            int to = bOffset + i;
            switch (function) {
                case ABSOLUTE -> signs(length, a, yo, b, to, scratch);
                case SQUARED -> differences(length, 2f, Float.POSITIVE_INFINITY, a, yo, b, to, scratch);
                case HUBER -> differences(length, 1f, alpha, a, yo, b, to, scratch);
                case HINGE -> hinge(length, a, yo, b, to, scratch);
                case KL_DIVERGENCE -> negatives(length, b, to, scratch);
                case BINARY_CROSS_ENTROPY -> quotients(length, a, yo, b, to, scratch);
            }
            multiply(length, scratch, c, cOffset + i, d, dOffset + i, accumulate);
        }
    }

    private static void multiply(int n, float[] slope, float[] dLoss, int lo, float[] dy, int dyo, boolean accumulate) {
        if (accumulate) {
            for (int i = 0; i < n; i++) {
                dy[dyo + i] += slope[i] * dLoss[lo + i];
            }
        } else {
            for (int i = 0; i < n; i++) {
                dy[dyo + i] = slope[i] * dLoss[lo + i];
            }
        }
    }

    private static void signs(int n, float[] y, int yo, float[] t, int to, float[] slope) {
        for (int i = 0; i < n; i++) {
            float difference = y[yo + i] - t[to + i];
            slope[i] = difference > 0 ? 1f : difference < 0 ? -1f : difference;
        }
    }

    private static void differences(int n, float factor, float most, float[] y, int yo, float[] t, int to,
            float[] slope) {
        for (int i = 0; i < n; i++) {
            slope[i] = Math.max(-most, Math.min(most, (y[yo + i] - t[to + i]) * factor));
        }
    }

    private static void hinge(int n, float[] y, int yo, float[] t, int to, float[] slope) {
        for (int i = 0; i < n; i++) {
            double product = (double) t[to + i] * y[yo + i];
            slope[i] = product < 1 ? -t[to + i] : product >= 1 ? 0f : Float.NaN;
        }
    }

    private static void negatives(int n, float[] t, int to, float[] slope) {
        for (int i = 0; i < n; i++) {
            slope[i] = -t[to + i];
        }
    }

    private static void quotients(int n, float[] y, int yo, float[] t, int to, float[] slope) {
        for (int i = 0; i < n; i++) {
            float v = y[yo + i];
            slope[i] = (v - t[to + i]) / Math.max(v * (1f - v), LEAST_DIVISOR);
        }
    }
}
