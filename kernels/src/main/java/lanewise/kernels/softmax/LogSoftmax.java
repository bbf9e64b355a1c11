package lanewise.kernels.softmax;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.RowJob;
import lanewise.kernels.internal.SoftmaxTerms;
import lanewise.kernels.internal.VectorMath;

/** Logarithms of softmax, computed without it, so that small probabilities keep their digits. */
public final class LogSoftmax {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    private LogSoftmax() {}

    /**
     * y[j] ← (x[j] − max) − log Σ exp(x − max) for every row of [outer][n][inner] along the middle axis.
     *
     * @shape x, y: outer × n × inner
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 8224 elements, or 32 + 4096 + n where that is more; where inner is not 1, four times max(4096, n, min(16 n, 65536)) and 4128
     * @error at most γ(2)·|x[j] − max| + γ(2)·|y[j]| + γ(250) for any n; proved but for exp (measured)
     * @special a row with NaN or +∞, or of −∞ alone, gives NaN; else −∞ gives −∞; finite for all rows whose differences are finite; no
     *          elements: nothing is done
     * @deterministic the same bits for every width, thread count and JIT state; a row's depend on that row alone
     * @source ONNX LogSoftmax-13, PyTorch LogSoftmax
     *
     * @param workers the team that computes
     * @param outer number of blocks
     * @param n elements of a row
     * @param inner rows of a block; 1 for rows along the last axis
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if outer, n or inner is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int outer, int n, int inner, float[] x, int xOffset, float[] y,
            int yOffset) {
        String op = "LogSoftmax.forward";
        Checks.workers(op, workers);
        Checks.size(op, "outer", outer);
        Checks.size(op, "n", n);
        Checks.size(op, "inner", inner);
        Checks.vector(op, "x", x, xOffset, RowJob.length(outer, n, inner));
        Checks.vector(op, "y", y, yOffset, RowJob.length(outer, n, inner));
        if (RowJob.length(outer, n, inner) > 0) {
            workers.reusable(Forward.class, Forward::new).run(workers, outer, n, inner, x, xOffset, null, 0, y, yOffset,
                    false);
        }
    }

    /**
     * dx[j] ← dy[j] − exp(y[j]) · Σ dy, or dx[j] plus that, for every row.
     *
     * @shape y, dy, dx: outer × n × inner
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy or y at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 8224 elements, or 32 + 4096 + n where that is more; where inner is not 1, four times max(4096, n, min(16 n, 65536)) and 4128
     * @error at most γ(2)·|dy[j]| + γ(140)·exp(y[j])·Σ|dy|, and one rounding of the sum when accumulating; proved but for exp (measured)
     * @special NaN and infinities propagate as in the formula; no elements: nothing is done
     * @deterministic the same bits for every width, thread count and JIT state; a row's depend on that row alone
     * @source derivative of {@link #forward}
     *
     * @param workers the team that computes
     * @param outer number of blocks
     * @param n elements of a row
     * @param inner rows of a block; 1 for rows along the last axis
     * @param y results of the forward pass
     * @param yOffset index of the first
     * @param dy gradient with respect to y
     * @param dyOffset index of the first
     * @param dx gradient with respect to x
     * @param dxOffset index of the first
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if outer, n or inner is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int outer, int n, int inner, float[] y, int yOffset, float[] dy,
            int dyOffset, float[] dx, int dxOffset, boolean accumulate) {
        String op = "LogSoftmax.backward";
        Checks.workers(op, workers);
        Checks.size(op, "outer", outer);
        Checks.size(op, "n", n);
        Checks.size(op, "inner", inner);
        Checks.vector(op, "y", y, yOffset, RowJob.length(outer, n, inner));
        Checks.vector(op, "dy", dy, dyOffset, RowJob.length(outer, n, inner));
        Checks.vector(op, "dx", dx, dxOffset, RowJob.length(outer, n, inner));
        if (RowJob.length(outer, n, inner) > 0) {
            workers.reusable(Backward.class, Backward::new).run(workers, outer, n, inner, y, yOffset, dy, dyOffset, dx,
                    dxOffset, accumulate);
        }
    }

    private static final class Forward extends RowJob {

        @Override
        protected void rows(int first, int count, float[] x, int xo, float[] none, int no, float[] y, int yo,
                float[] scratch) {
            // To y, if x need not stay there: while exp computes, memory has time to take what it stores.
            float[] e = y == x ? scratch : y;
            int eo = y == x ? SUMS + count : yo;
            int max = SUMS;
            SoftmaxTerms.exponentials(count, n, x, xo, e, eo, scratch, max);
            for (int i = 0; i < count; i++) {
                // Not Math.log, whose bits may depend on the JIT.
                float log = (float) StrictMath.log(SoftmaxTerms.sum(n, e, eo + i * n, scratch));
                subtract(n, x, xo + i * n, scratch[max + i], log, y, yo + i * n);
            }
        }
    }

    private static final class Backward extends RowJob {

        @Override
        protected void rows(int first, int count, float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo,
                float[] scratch) {
            boolean isFree = dx != y && dx != dy && !accumulate;
            float[] p = isFree ? dx : scratch;
            int po = isFree ? dxo : SUMS;
            VectorMath.exp(count * n, y, yo, p, po);
            for (int i = 0; i < count; i++) {
                int row = i * n;
                float sum = (float) SoftmaxTerms.sum(n, dy, dyo + row, scratch);
                gradient(n, sum, p, po + row, dy, dyo + row, dx, dxo + row, accumulate);
            }
        }
    }

    private static void subtract(int n, float[] x, int xo, float max, float log, float[] y, int yo) {
        int main = FLOATS.loopBound(n);
        for (int j = 0; j < main; j += LANES) {
            FloatVector.fromArray(FLOATS, x, xo + j).sub(max).sub(log).intoArray(y, yo + j);
        }
        for (int j = main; j < n; j++) {
            y[yo + j] = x[xo + j] - max - log;
        }
    }

    private static void gradient(int n, float sum, float[] p, int po, float[] dy, int dyo, float[] dx, int dxo,
            boolean accumulate) {
        int main = FLOATS.loopBound(n);
        for (int j = 0; j < main; j += LANES) {
            FloatVector d = FloatVector.fromArray(FLOATS, dy, dyo + j)
                    .sub(FloatVector.fromArray(FLOATS, p, po + j).mul(sum));
            if (accumulate) {
                d = d.add(FloatVector.fromArray(FLOATS, dx, dxo + j));
            }
            d.intoArray(dx, dxo + j);
        }
        for (int j = main; j < n; j++) {
            float d = dy[dyo + j] - p[po + j] * sum;
            dx[dxo + j] = accumulate ? d + dx[dxo + j] : d;
        }
    }
}
