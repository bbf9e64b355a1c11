package lanewise.kernels.elementwise;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.VectorMath;

/** A choice between two numbers, element by element. Conditions come from comparisons ({@link Binary}): 0 is false, all else true. */
public final class Where {

    private Where() {}

    /**
     * y[i] ← condition[i] ≠ 0 ? a[i] : b[i].
     *
     * @shape condition, a, b, y: n elements
     * @writes overwrites y
     * @aliasing y may be condition, a or b at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error exact
     * @special NaN is a true condition; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX Where-16, without broadcasting; PyTorch where
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param condition which to take
     * @param conditionOffset index of the first
     * @param a what is taken where the condition is true
     * @param aOffset index of the first
     * @param b what is taken elsewhere
     * @param bOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int n, float[] condition, int conditionOffset, float[] a, int aOffset,
            float[] b, int bOffset, float[] y, int yOffset) {
        String op = "Where.forward";
        Checks.workers(op, workers);
        Checks.size(op, "n", n);
        Checks.vector(op, "condition", condition, conditionOffset, n);
        Checks.vector(op, "a", a, aOffset, n);
        Checks.vector(op, "b", b, bOffset, n);
        Checks.vector(op, "y", y, yOffset, n);
        workers.reusable(Forward.class, Forward::new).operands(condition, conditionOffset, a, aOffset, b, bOffset)
                .fourth(y, yOffset).run(workers, n);
    }

    /**
     * da[i] ← condition[i] ≠ 0 ? dy[i] : 0, and db[i] ← condition[i] ≠ 0 ? 0 : dy[i], or what was there plus that.
     *
     * @shape condition, dy, da, db: n elements
     * @writes overwrites da and db, or accumulates into them
     * @aliasing one of da and db may be condition or dy at the same offset; other overlap is forbidden (not detected)
     * @workspace 1024 elements per worker
     * @error exact, and one rounding of the sum when accumulating
     * @special NaN is a true condition; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of {@link #forward}
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param condition which was taken
     * @param conditionOffset index of the first
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param da gradient with respect to a
     * @param daOffset index of its first element
     * @param accumulateA whether to add to da
     * @param db gradient with respect to b
     * @param dbOffset index of its first element
     * @param accumulateB whether to add to db
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int n, float[] condition, int conditionOffset, float[] dy,
            int dyOffset, float[] da, int daOffset, boolean accumulateA, float[] db, int dbOffset,
            boolean accumulateB) {
        String op = "Where.backward";
        Checks.workers(op, workers);
        Checks.size(op, "n", n);
        Checks.vector(op, "condition", condition, conditionOffset, n);
        Checks.vector(op, "dy", dy, dyOffset, n);
        Checks.vector(op, "da", da, daOffset, n);
        Checks.vector(op, "db", db, dbOffset, n);
        Backward job = workers.reusable(Backward.class, Backward::new);
        job.accumulateB = accumulateB;
        job.operands(condition, conditionOffset, dy, dyOffset, da, daOffset).fourth(db, dbOffset)
                .scalars(0, 0, accumulateA).run(workers, n);
    }

    private static final class Forward extends ElementwiseJob {

        @Override
        protected void range(int from, int n, float[] scratch) {
            select(n, a, aOffset + from, b, bOffset + from, c, cOffset + from, d, dOffset + from);
        }

        private static void select(int n, float[] condition, int co, float[] a, int ao, float[] b, int bo, float[] y,
                int yo) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = condition[co + i] != 0 ? a[ao + i] : b[bo + i];
            }
        }
    }

    private static final class Backward extends ElementwiseJob {

        private boolean accumulateB;

        @Override
        protected void range(int from, int n, float[] scratch) {
            // Parts, so that dy is still there where da or db replaces it.
            for (int i = from; i < from + n; i += VectorMath.BLOCK) {
                int length = Math.min(VectorMath.BLOCK, from + n - i);
                others(length, a, aOffset + i, b, bOffset + i, scratch);
                put(length, a, aOffset + i, b, bOffset + i, c, cOffset + i, accumulate);
                copy(length, scratch, d, dOffset + i, accumulateB);
            }
        }

        private static void others(int n, float[] condition, int co, float[] dy, int dyo, float[] to) {
            for (int i = 0; i < n; i++) {
                to[i] = condition[co + i] != 0 ? 0f : dy[dyo + i];
            }
        }

        private static void put(int n, float[] condition, int co, float[] dy, int dyo, float[] da, int dao,
                boolean accumulate) {
            for (int i = 0; i < n; i++) {
                float g = condition[co + i] != 0 ? dy[dyo + i] : 0f;
                da[dao + i] = accumulate ? g + da[dao + i] : g;
            }
        }

        private static void copy(int n, float[] from, float[] db, int dbo, boolean accumulate) {
            for (int i = 0; i < n; i++) {
                db[dbo + i] = accumulate ? from[i] + db[dbo + i] : from[i];
            }
        }
    }
}
