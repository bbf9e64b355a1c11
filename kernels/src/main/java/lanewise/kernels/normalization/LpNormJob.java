package lanewise.kernels.normalization;

import lanewise.kernels.internal.RowJob;
import lanewise.kernels.internal.SumJob;

/** The forward body of {@link LpNorm}. */
final class LpNormJob extends RowJob {

    private int p;
    private float epsilon;

    LpNormJob of(int wantedP, float least) {
        p = wantedP;
        epsilon = least;
        return this;
    }

    @Override
    protected void rows(int first, int count, float[] x, int xo, float[] none, int no, float[] y, int yo,
            float[] scratch) {
        for (int i = 0; i < count; i++) {
            double norm = p == 1
                    ? SumJob.magnitudes(n, x, xo + i * n, scratch)
                    : Math.sqrt(SumJob.squares(n, x, xo + i * n, scratch));
            float held = Math.max((float) norm, epsilon);
            perRow[perRowOffset + first + i] = held;
            divide(n, held, x, xo + i * n, y, yo + i * n);
        }
    }

    private static void divide(int n, float norm, float[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + i] / norm;
        }
    }
}
