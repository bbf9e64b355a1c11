package lanewise.kernels.softmax;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.RowJob;
import lanewise.kernels.internal.SoftmaxTerms;
import lanewise.kernels.internal.SumJob;

/** Numbers in proportion to their exponentials, which add up to 1. */
public final class Softmax {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    private Softmax() {}

    /**
     * y[j] ← exp(x[j] − max) / Σ exp(x − max) for every row of [outer][n][inner] along the middle axis.
     *
     * @shape x, y: outer × n × inner
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 8224 elements, or 32 + 4096 + n where that is more; where inner is not 1, four times max(4096, n, min(16 n, 65536)) and 4128
     * @error at most γ(350)·y for any n, but for underflow of exp: 104 for the rounding of x − max, 2 of exp (measured), 134 of the sum
     *        and as much for its other terms, 2 of the product; proved but for exp
     * @special a row with NaN or +∞, or of −∞ alone, gives NaN; a row of one finite element gives 1; no elements: nothing is done
     * @deterministic the same bits for every width, thread count and JIT state; a row's depend on that row alone
     * @source ONNX Softmax-13, PyTorch Softmax
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
        String op = "Softmax.forward";
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
     * dx[j] ← y[j] · (dy[j] − Σ dy·y), or dx[j] plus that, for every row.
     *
     * @shape y, dy, dx: outer × n × inner
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy or y at the same offset; other overlap is forbidden (not detected)
     * @workspace per worker 8224 elements, or 32 + 4096 + n where that is more; where inner is not 1, four times max(4096, n, min(16 n, 65536)) and 4128
     * @error at most |y[j]|·(γ(3)·|dy[j]| + γ(136)·Σ|dy·y|), and one rounding of the sum when accumulating; proved
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
        String op = "Softmax.backward";
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
            // Straight to y: while exp computes, memory has time to take what it stores.
            SoftmaxTerms.exponentials(count, n, x, xo, y, yo, scratch, SUMS);
            for (int i = 0; i < count; i++) {
                int row = yo + i * n;
                float factor = (float) (1 / SoftmaxTerms.sum(n, y, row, scratch));
                SoftmaxTerms.scale(n, y, row, factor, y, row, false);
            }
        }
    }

    private static final class Backward extends RowJob {

        @Override
        protected void rows(int first, int count, float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo,
                float[] scratch) {
            for (int i = 0; i < count; i++) {
                int row = i * n;
                float mean = (float) SumJob.products(n, y, yo + row, dy, dyo + row, scratch);
                gradient(n, mean, y, yo + row, dy, dyo + row, dx, dxo + row, accumulate);
            }
        }
    }

    private static void gradient(int n, float mean, float[] y, int yo, float[] dy, int dyo, float[] dx, int dxo,
            boolean accumulate) {
        int main = FLOATS.loopBound(n);
        for (int j = 0; j < main; j += LANES) {
            FloatVector d = FloatVector.fromArray(FLOATS, dy, dyo + j).sub(mean)
                    .mul(FloatVector.fromArray(FLOATS, y, yo + j));
            if (accumulate) {
                d = d.add(FloatVector.fromArray(FLOATS, dx, dxo + j));
            }
            d.intoArray(dx, dxo + j);
        }
        for (int j = main; j < n; j++) {
            float d = (dy[dyo + j] - mean) * y[yo + j];
            dx[dxo + j] = accumulate ? d + dx[dxo + j] : d;
        }
    }
}
