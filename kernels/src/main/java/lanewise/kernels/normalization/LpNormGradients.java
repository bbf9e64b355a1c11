package lanewise.kernels.normalization;

import lanewise.kernels.internal.RowJob;
import lanewise.kernels.internal.SumJob;

/** The backward body of {@link LpNorm}. */
final class LpNormGradients extends RowJob {

    private int p;
    private float epsilon;

    LpNormGradients of(int usedP, float least) {
        p = usedP;
        epsilon = least;
        return this;
    }

    @Override
    protected void rows(int first, int count, float[] x, int xo, float[] dy, int dyo, float[] dx, int dxo,
            float[] scratch) {
        for (int i = 0; i < count; i++) {
            int row = i * n;
            float norm = perRow[perRowOffset + first + i];
            // As 1 / norm, its cube may leave the range of float where their product with the rest does not.
            double inverse = 1.0 / norm;
            double along = norm <= epsilon ? 0 : SumJob.products(n, x, xo + row, dy, dyo + row, scratch) * inverse;
            if (p == 1) {
                l1(n, (float) inverse, (float) (along * inverse), x, xo + row, dy, dyo + row, dx, dxo + row,
                        accumulate);
            } else {
                l2(n, (float) inverse, (float) (along * inverse * inverse), x, xo + row, dy, dyo + row, dx, dxo + row,
                        accumulate);
            }
        }
    }

    private static void l1(int n, float inverse, float along, float[] x, int xo, float[] dy, int dyo, float[] dx,
            int dxo, boolean accumulate) {
        for (int i = 0; i < n; i++) {
            float d = dy[dyo + i] * inverse - Math.signum(x[xo + i]) * along;
            dx[dxo + i] = accumulate ? d + dx[dxo + i] : d;
        }
    }

    private static void l2(int n, float inverse, float along, float[] x, int xo, float[] dy, int dyo, float[] dx,
            int dxo, boolean accumulate) {
        for (int i = 0; i < n; i++) {
            float d = dy[dyo + i] * inverse - x[xo + i] * along;
            dx[dxo + i] = accumulate ? d + dx[dxo + i] : d;
        }
    }
}
