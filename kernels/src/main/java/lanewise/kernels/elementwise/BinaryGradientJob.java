package lanewise.kernels.elementwise;

import java.util.Arrays;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Power;
import lanewise.kernels.internal.VectorMath;

/** The backward bodies of {@link Binary}: first the products of derivatives and dy, into scratch memory, then what is done with them. */
final class BinaryGradientJob extends ElementwiseJob {

    private BinaryFunction function = BinaryFunction.SUBTRACT;
    private boolean ofFirst;

    BinaryGradientJob of(BinaryFunction wanted, boolean isOfFirst) {
        function = wanted;
        ofFirst = isOfFirst;
        return this;
    }

    @Override
    protected void range(int from, int n, float[] scratch) {
        for (int i = 0; i < n; i += VectorMath.BLOCK) {
            int length = Math.min(VectorMath.BLOCK, n - i);
            int at = from + i;
            if (ofFirst) {
                first(length, aOffset + at, bOffset + at, cOffset + at, scratch);
            } else {
                second(length, aOffset + at, bOffset + at, cOffset + at, scratch);
            }
            store(length, scratch, d, dOffset + at, accumulate);
        }
    }

    private static void store(int n, float[] from, float[] to, int o, boolean accumulate) {
        if (accumulate) {
            for (int i = 0; i < n; i++) {
                to[o + i] += from[i];
            }
        } else {
            System.arraycopy(from, 0, to, o, n);
        }
    }

    private void first(int n, int ao, int bo, int dyo, float[] d) {
        switch (function) {
            case SUBTRACT -> System.arraycopy(c, dyo, d, 0, n);
            case DIVIDE -> quotients(n, c, dyo, b, bo, d);
            case MAX -> selected(n, b, bo, a, ao, c, dyo, false, d);
            case MIN -> selected(n, a, ao, b, bo, c, dyo, false, d);
            case POW -> ofBase(n, a, ao, b, bo, c, dyo, d);
            case LESS, LESS_OR_EQUAL, EQUAL -> Arrays.fill(d, 0, n, 0f);
        }
    }

    private void second(int n, int ao, int bo, int dyo, float[] d) {
        switch (function) {
            case SUBTRACT -> negatives(n, c, dyo, d);
            case DIVIDE -> ofDivisor(n, a, ao, b, bo, c, dyo, d);
            case MAX -> selected(n, b, bo, a, ao, c, dyo, true, d);
            case MIN -> selected(n, a, ao, b, bo, c, dyo, true, d);
            case POW -> ofExponent(n, a, ao, b, bo, c, dyo, d);
            case LESS, LESS_OR_EQUAL, EQUAL -> Arrays.fill(d, 0, n, 0f);
        }
    }

    private static void quotients(int n, float[] dy, int dyo, float[] b, int bo, float[] d) {
        for (int i = 0; i < n; i++) {
            d[i] = dy[dyo + i] / b[bo + i];
        }
    }

    private static void negatives(int n, float[] dy, int dyo, float[] d) {
        for (int i = 0; i < n; i++) {
            d[i] = -dy[dyo + i];
        }
    }

    private static void ofDivisor(int n, float[] a, int ao, float[] b, int bo, float[] dy, int dyo, float[] d) {
        for (int i = 0; i < n; i++) {
            d[i] = -(dy[dyo + i] / b[bo + i]) * (a[ao + i] / b[bo + i]);
        }
    }

    /** dy where one number is greater than another, or where it is not. */
    private static void selected(int n, float[] one, int oo, float[] other, int to, float[] dy, int dyo,
            boolean greater,
            float[] d) {
        for (int i = 0; i < n; i++) {
            d[i] = one[oo + i] > other[to + i] == greater ? dy[dyo + i] : 0f;
        }
    }

    private static void ofBase(int n, float[] a, int ao, float[] b, int bo, float[] dy, int dyo, float[] d) {
        for (int i = 0; i < n; i++) {
            double exponent = b[bo + i];
            d[i] = exponent == 0 ? 0 : (float) (dy[dyo + i] * exponent * Power.pow(a[ao + i], exponent - 1));
        }
    }

    private static void ofExponent(int n, float[] a, int ao, float[] b, int bo, float[] dy, int dyo, float[] d) {
        for (int i = 0; i < n; i++) {
            double base = a[ao + i];
            double exponent = b[bo + i];
            d[i] = base == 0 && exponent >= 0
                    ? 0
                    : (float) (dy[dyo + i] * Power.pow(base, exponent) * StrictMath.log(base));
        }
    }
}
