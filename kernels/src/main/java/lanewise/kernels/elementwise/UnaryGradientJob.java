package lanewise.kernels.elementwise;

import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Trigonometry;
import lanewise.kernels.internal.VectorMath;

/** The backward body of {@link Unary}: first the derivatives, into scratch memory, then their products with dy. */
final class UnaryGradientJob extends ElementwiseJob {

    private static final float TWO_OVER_ROOT_PI = 1.12837917f;

    private UnaryFunction function = UnaryFunction.ABS;

    UnaryGradientJob() {
        super(ELEMENTARY_CHUNK);
    }

    UnaryGradientJob of(UnaryFunction wanted) {
        function = wanted;
        return this;
    }

    @Override
    protected void range(int from, int n, float[] scratch) {
        for (int i = 0; i < n; i += VectorMath.BLOCK) {
            int length = Math.min(VectorMath.BLOCK, n - i);
            derivatives(length, a, aOffset + from + i, scratch);
            multiply(length, scratch, b, bOffset + from + i, c, cOffset + from + i, accumulate);
        }
    }

    private void derivatives(int n, float[] x, int xo, float[] d) {
        switch (function) {
            case ABS -> signs(n, x, xo, d);
            case NEGATE -> fill(n, x, xo, -1f, d);
            case SQUARE -> twice(n, x, xo, d);
            case SQRT -> ofSqrt(n, x, xo, d);
            case RSQRT -> ofRsqrt(n, x, xo, d);
            case RECIPROCAL -> ofReciprocal(n, x, xo, d);
            case EXP, EXPM1 -> VectorMath.exp(n, x, xo, d, 0);
            case LOG -> ofLog(n, 0f, x, xo, d);
            case LOG1P -> ofLog(n, 1f, x, xo, d);
            case ERF -> ofErf(n, x, xo, d);
            case SIN -> Trigonometry.cos(n, x, xo, d, 0);
            case COS -> minusSin(n, x, xo, d);
            case FLOOR, CEIL, ROUND -> fill(n, x, xo, 0f, d);
        }
    }

    private static void multiply(int n, float[] d, float[] dy, int dyo, float[] dx, int dxo, boolean accumulate) {
        if (accumulate) {
            for (int i = 0; i < n; i++) {
                dx[dxo + i] += d[i] * dy[dyo + i];
            }
        } else {
            for (int i = 0; i < n; i++) {
                dx[dxo + i] = d[i] * dy[dyo + i];
            }
        }
    }

    /** A constant, but NaN where x is. */
    private static void fill(int n, float[] x, int xo, float value, float[] d) {
        for (int i = 0; i < n; i++) {
            d[i] = Float.isNaN(x[xo + i]) ? x[xo + i] : value;
        }
    }

    private static void signs(int n, float[] x, int xo, float[] d) {
        for (int i = 0; i < n; i++) {
            float v = x[xo + i];
            d[i] = v > 0 ? 1f : v < 0 ? -1f : v;
        }
    }

    private static void twice(int n, float[] x, int xo, float[] d) {
        for (int i = 0; i < n; i++) {
            d[i] = x[xo + i] + x[xo + i];
        }
    }

    private static void ofSqrt(int n, float[] x, int xo, float[] d) {
        for (int i = 0; i < n; i++) {
            d[i] = 0.5f / (float) Math.sqrt(x[xo + i]);
        }
    }

    private static void ofRsqrt(int n, float[] x, int xo, float[] d) {
        for (int i = 0; i < n; i++) {
            d[i] = -0.5f / (float) Math.sqrt(x[xo + i]) / x[xo + i];
        }
    }

    private static void ofReciprocal(int n, float[] x, int xo, float[] d) {
        for (int i = 0; i < n; i++) {
            d[i] = -1f / x[xo + i] / x[xo + i];
        }
    }

    private static void ofLog(int n, float added, float[] x, int xo, float[] d) {
        for (int i = 0; i < n; i++) {
            d[i] = 1f / (added + x[xo + i]);
        }
    }

    private static void ofErf(int n, float[] x, int xo, float[] d) {
        for (int i = 0; i < n; i++) {
            d[i] = -x[xo + i] * x[xo + i];
        }
        VectorMath.exp(n, d, 0, d, 0);
        for (int i = 0; i < n; i++) {
            d[i] *= TWO_OVER_ROOT_PI;
        }
    }

    private static void minusSin(int n, float[] x, int xo, float[] d) {
        Trigonometry.sin(n, x, xo, d, 0);
        for (int i = 0; i < n; i++) {
            d[i] = -d[i];
        }
    }
}
