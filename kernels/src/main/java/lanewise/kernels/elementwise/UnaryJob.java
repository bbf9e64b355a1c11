package lanewise.kernels.elementwise;

import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.ErrorFunction;
import lanewise.kernels.internal.Logarithm;
import lanewise.kernels.internal.Trigonometry;
import lanewise.kernels.internal.VectorMath;

/** The forward body of {@link Unary}. Loops over one operation of the processor are plain: C2 makes vectors of them itself. */
final class UnaryJob extends ElementwiseJob {

    private UnaryFunction function = UnaryFunction.ABS;

    UnaryJob() {
        super(ELEMENTARY_CHUNK);
    }

    UnaryJob of(UnaryFunction wanted) {
        function = wanted;
        return this;
    }

    @Override
    protected void range(int from, int n, float[] scratch) {
        for (int i = 0; i < n; i += VectorMath.BLOCK) {
            apply(function, Math.min(VectorMath.BLOCK, n - i), a, aOffset + from + i, b, bOffset + from + i, scratch);
        }
    }

    /** At most {@link VectorMath#BLOCK} elements. */
    static void apply(UnaryFunction function, int n, float[] x, int xo, float[] y, int yo, float[] scratch) {
        switch (function) {
            case ABS -> abs(n, x, xo, y, yo);
            case NEGATE -> negate(n, x, xo, y, yo);
            case SQUARE -> square(n, x, xo, y, yo);
            case SQRT -> sqrt(n, x, xo, y, yo);
            case RSQRT -> rsqrt(n, x, xo, y, yo);
            case RECIPROCAL -> reciprocal(n, x, xo, y, yo);
            case EXP -> VectorMath.exp(n, x, xo, y, yo);
            case EXPM1 -> VectorMath.expm1(n, 1f, x, xo, y, yo);
            case LOG -> Logarithm.log(n, x, xo, y, yo);
            case LOG1P -> log1p(n, x, xo, y, yo, scratch);
            case ERF -> ErrorFunction.erf(n, 1f, x, xo, y, yo);
            case SIN -> Trigonometry.sin(n, x, xo, y, yo);
            case COS -> Trigonometry.cos(n, x, xo, y, yo);
            case FLOOR -> floor(n, x, xo, y, yo);
            case CEIL -> ceil(n, x, xo, y, yo);
            case ROUND -> round(n, x, xo, y, yo);
        }
    }

    private static void abs(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Math.abs(x[xo + i]);
        }
    }

    private static void negate(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = -x[xo + i];
        }
    }

    private static void square(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + i] * x[xo + i];
        }
    }

    private static void sqrt(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = (float) Math.sqrt(x[xo + i]);
        }
    }

    private static void rsqrt(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = 1f / (float) Math.sqrt(x[xo + i]);
        }
    }

    private static void reciprocal(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = 1f / x[xo + i];
        }
    }

    private static void floor(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = (float) Math.floor(x[xo + i]);
        }
    }

    private static void ceil(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = (float) Math.ceil(x[xo + i]);
        }
    }

    private static void round(int n, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = (float) Math.rint(x[xo + i]);
        }
    }

    /** log(1 + x) is log(u) · x / (u − 1) with the rounded u = 1 + x: both factors have the same error, which cancels (Kahan). */
    private static void log1p(int n, float[] x, int xo, float[] y, int yo, float[] scratch) {
        for (int i = 0; i < n; i++) {
            scratch[i] = 1f + x[xo + i];
        }
        Logarithm.log(n, scratch, 0, scratch, 0);
        for (int i = 0; i < n; i++) {
            float v = x[xo + i];
            float rounded = (1f + v) - 1f;
            y[yo + i] = rounded == 0 || v == Float.POSITIVE_INFINITY ? v : scratch[i] * (v / rounded);
        }
    }
}
