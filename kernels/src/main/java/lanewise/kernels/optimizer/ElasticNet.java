package lanewise.kernels.optimizer;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.SumJob;

/** The penalty on large weights: the lasso's for l2 = 0, the ridge's for l1 = 0, the elastic net's for both. */
public final class ElasticNet {

    private ElasticNet() {}

    /**
     * The penalty l1 · Σ|w| + l2 / 2 · Σ w².
     *
     * @shape w: n elements
     * @writes nothing
     * @aliasing none
     * @workspace per worker 4128 elements; shared one per 4096 elements
     * @error γ(140) of the result, where no square leaves the range of float; proved
     * @special NaN and infinities propagate as in the formula; n = 0 gives 0
     * @deterministic the same bits for every width, thread count and JIT state
     * @source Zou and Hastie 2005
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param l1 factor of the magnitudes
     * @param l2 twice the factor of the squares
     * @param w the weights
     * @param wOffset index of the first
     * @return the penalty
     * @throws IllegalArgumentException if n, l1 or l2 is negative
     * @throws IndexOutOfBoundsException if the array is too short
     */
    public static double forward(Workers workers, int n, float l1, float l2, float[] w, int wOffset) {
        check("ElasticNet.forward", workers, n, l1, l2, w, wOffset);
        Penalty job = workers.reusable(Penalty.class, Penalty::new);
        job.l1 = l1;
        job.l2 = l2;
        return job.total(workers, n, w, wOffset, null, 0);
    }

    /**
     * dw[i] ← l1 · sign(w[i]) + l2 · w[i], or dw[i] plus that; the sign of 0 is 0.
     *
     * @shape w, dw: n elements
     * @writes overwrites dw, or accumulates into it
     * @aliasing dw may be w at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error γ(2)·(l1 + l2 · |w|), and one rounding of the sum when accumulating; proved
     * @special NaN and infinities propagate as in the formula; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of {@link #forward}
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param l1 factor of the magnitudes
     * @param l2 twice the factor of the squares
     * @param w the weights
     * @param wOffset index of the first
     * @param dw gradient with respect to w
     * @param dwOffset index of its first element
     * @param accumulate whether to add to dw
     * @throws IllegalArgumentException if n, l1 or l2 is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int n, float l1, float l2, float[] w, int wOffset, float[] dw,
            int dwOffset, boolean accumulate) {
        String op = "ElasticNet.backward";
        check(op, workers, n, l1, l2, w, wOffset);
        Checks.vector(op, "dw", dw, dwOffset, n);
        workers.reusable(Gradient.class, Gradient::new).operands(w, wOffset, dw, dwOffset, null, 0)
                .scalars(l1, l2, accumulate).run(workers, n);
    }

    private static void check(String op, Workers workers, int n, float l1, float l2, float[] w, int wOffset) {
        Checks.workers(op, workers);
        Checks.size(op, "n", n);
        if (!(l1 >= 0)) {
            throw new IllegalArgumentException(op + ": l1 = " + l1 + ", need l1 >= 0");
        }
        if (!(l2 >= 0)) {
            throw new IllegalArgumentException(op + ": l2 = " + l2 + ", need l2 >= 0");
        }
        Checks.vector(op, "w", w, wOffset, n);
    }

    private static final class Penalty extends SumJob {

        private float l1;
        private float l2;

        @Override
        protected float block(int from, int length, float[] scratch) {
            terms(length, l1, l2 / 2, a, aOffset + from, scratch);
            return sum(length, scratch, Lanes.SUM_LANES, scratch);
        }

        private static void terms(int n, float l1, float half, float[] w, int wo, float[] terms) {
            for (int i = 0; i < n; i++) {
                float v = w[wo + i];
                terms[Lanes.SUM_LANES + i] = l1 * Math.abs(v) + half * (v * v);
            }
        }
    }

    private static final class Gradient extends ElementwiseJob {

        @Override
        protected void range(int from, int n, float[] scratch) {
            gradient(n, alpha, beta, a, aOffset + from, b, bOffset + from, accumulate);
        }

        private static void gradient(int n, float l1, float l2, float[] w, int wo, float[] dw, int dwo,
                boolean accumulate) {
            for (int i = 0; i < n; i++) {
                float v = w[wo + i];
                float d = l1 * Math.signum(v) + l2 * v;
                dw[dwo + i] = accumulate ? d + dw[dwo + i] : d;
            }
        }
    }
}
