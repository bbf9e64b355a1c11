package lanewise.kernels.reduction;

import lanewise.kernels.internal.RowJob;
import lanewise.kernels.internal.SoftmaxTerms;

/** The backward body of {@link AxisReduction}. */
final class ReductionGradients extends RowJob {

    private ReductionOperator operator = ReductionOperator.SUM;

    ReductionGradients of(ReductionOperator wanted) {
        operator = wanted;
        return this;
    }

    @Override
    protected void rows(int first, int count, float[] x, int xo, float[] none, int no, float[] dx, int dxo,
            float[] scratch) {
        for (int i = 0; i < count; i++) {
            int from = xo + i * n;
            int to = dxo + i * n;
            float y = perRow[perRowOffset + first + i];
            float dy = alsoPerRow[alsoPerRowOffset + first + i];
            switch (operator) {
                case SUM -> constant(n, dy, dx, to, accumulate);
                case MEAN -> constant(n, dy / n, dx, to, accumulate);
                case VARIANCE -> distances(n, dy, x, from, dx, to, accumulate, scratch);
                case MAX, MIN -> at(index(n, x, from, y), dy, dx, to);
                case PRODUCT -> others(n, dy, x, from, dx, to, accumulate);
                case L1 -> signs(n, dy, x, from, dx, to, accumulate);
                case L2 -> SoftmaxTerms.scale(n, x, from, y == 0 ? 0 : dy / y, dx, to, accumulate);
                case SQUARES -> SoftmaxTerms.scale(n, x, from, 2 * dy, dx, to, accumulate);
            }
        }
    }

    private static void constant(int n, float d, float[] dx, int dxo, boolean accumulate) {
        for (int j = 0; j < n; j++) {
            dx[dxo + j] = accumulate ? d + dx[dxo + j] : d;
        }
    }

    private static void signs(int n, float dy, float[] x, int xo, float[] dx, int dxo, boolean accumulate) {
        for (int j = 0; j < n; j++) {
            float v = x[xo + j];
            // NaN has no sign: it passes.
            float d = v > 0 ? dy : v < 0 ? -dy : v * dy;
            dx[dxo + j] = accumulate ? d + dx[dxo + j] : d;
        }
    }

    private static void distances(int n, float dy, float[] x, int xo, float[] dx, int dxo, boolean accumulate,
            float[] scratch) {
        double mean = SoftmaxTerms.sum(n, x, xo, scratch) / n;
        double factor = 2.0 * dy / n;
        for (int j = 0; j < n; j++) {
            float d = (float) ((x[xo + j] - mean) * factor);
            dx[dxo + j] = accumulate ? d + dx[dxo + j] : d;
        }
    }

    private static int index(int n, float[] x, int xo, float y) {
        int j = 0;
        while (j < n - 1 && x[xo + j] != y && !(Float.isNaN(y) && Float.isNaN(x[xo + j]))) {
            j++;
        }
        return j;
    }

    private void at(int index, float dy, float[] dx, int dxo) {
        float old = dx[dxo + index];
        if (!accumulate) {
            constant(n, 0, dx, dxo, false);
        }
        dx[dxo + index] = accumulate ? old + dy : dy;
    }

    /**
     * The product of the others is the product divided by an element, unless that, or one of the others, is 0. With infinities or NaN
     * each is multiplied anew.
     */
    private static void others(int n, float dy, float[] x, int xo, float[] dx, int dxo, boolean accumulate) {
        int zeros = 0;
        double product = dy;
        for (int j = xo; j < xo + n; j++) {
            if (x[j] == 0) {
                zeros++;
            } else {
                product *= x[j];
            }
        }
        // From the end, so that dx may be x: those before an element are not yet written.
        double after = 1;
        for (int j = n - 1; j >= 0; j--) {
            float v = x[xo + j];
            float d = !Double.isFinite(product)
                    ? (float) (dy * ReductionRows.product(j, x, xo) * after)
                    : zeros == 0 ? (float) (product / v) : zeros == 1 && v == 0 ? (float) product : 0;
            after *= v;
            dx[dxo + j] = accumulate ? d + dx[dxo + j] : d;
        }
    }
}
