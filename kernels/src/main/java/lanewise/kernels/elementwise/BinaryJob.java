package lanewise.kernels.elementwise;

import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Power;

/** The forward body of {@link Binary}, in plain loops: C2 makes vectors of them itself. */
final class BinaryJob extends ElementwiseJob {

    private BinaryFunction function = BinaryFunction.SUBTRACT;

    BinaryJob of(BinaryFunction wanted) {
        function = wanted;
        return this;
    }

    @Override
    protected void range(int from, int n, float[] scratch) {
        int ao = aOffset + from;
        int bo = bOffset + from;
        int co = cOffset + from;
        switch (function) {
            case SUBTRACT -> subtract(n, a, ao, b, bo, c, co);
            case DIVIDE -> divide(n, a, ao, b, bo, c, co);
            case MAX -> max(n, a, ao, b, bo, c, co);
            case MIN -> min(n, a, ao, b, bo, c, co);
            case POW -> pow(n, a, ao, b, bo, c, co);
            case LESS -> less(n, a, ao, b, bo, c, co);
            case LESS_OR_EQUAL -> lessOrEqual(n, a, ao, b, bo, c, co);
            case EQUAL -> equal(n, a, ao, b, bo, c, co);
        }
    }

    private static void subtract(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = a[ao + i] - b[bo + i];
        }
    }

    private static void divide(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = a[ao + i] / b[bo + i];
        }
    }

    private static void max(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Math.max(a[ao + i], b[bo + i]);
        }
    }

    private static void min(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Math.min(a[ao + i], b[bo + i]);
        }
    }

    private static void pow(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = (float) Power.pow(a[ao + i], b[bo + i]);
        }
    }

    private static void less(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = a[ao + i] < b[bo + i] ? 1f : 0f;
        }
    }

    private static void lessOrEqual(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = a[ao + i] <= b[bo + i] ? 1f : 0f;
        }
    }

    private static void equal(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = a[ao + i] == b[bo + i] ? 1f : 0f;
        }
    }
}
