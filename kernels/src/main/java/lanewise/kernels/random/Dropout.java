package lanewise.kernels.random;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.PhiloxWords;

/** Random zeros. No mask is stored: seed and stream give it again in the backward pass. */
public final class Dropout {

    private static final int SHIFT = 8;
    private static final float TO_UNIT = 0x1p-24f;

    private Dropout() {}

    /**
     * y[i] ← 0 if u[i] is less than the probability, else x[i] / (1 − probability), where u[i] in [0, 1) is the upper 24 bits of word i
     * of the stream, as in {@link Philox#uniform}.
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace 1024 elements per worker
     * @error at most γ(2)·|y|; proved
     * @special what is dropped is +0, NaN and infinities too; probability 0 copies, 1 gives zeros; n = 0 does nothing
     * @deterministic the same bits on every machine
     * @source Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov 2014, scaled in training; ONNX Dropout-13 and PyTorch Dropout with
     *         other random numbers
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param seed the key of the random numbers
     * @param stream which of the seed's streams; another one for every layer and step
     * @param probability of an element to be dropped
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative or probability is not in [0, 1]
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int n, long seed, long stream, float probability, float[] x,
            int xOffset, float[] y, int yOffset) {
        String op = "Dropout.forward";
        check(op, workers, n, probability);
        Checks.vector(op, "x", x, xOffset, n);
        Checks.vector(op, "y", y, yOffset, n);
        run(workers, n, seed, stream, probability, x, xOffset, y, yOffset, false);
    }

    /**
     * dx[i] ← 0 where {@link #forward} dropped, else dy[i] / (1 − probability), or dx[i] plus that.
     *
     * @shape dy, dx: n elements
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy at the same offset; other overlap is forbidden (not detected)
     * @workspace 1024 elements per worker
     * @error at most γ(2)·|dx|, and one rounding of the sum when accumulating; proved
     * @special what is dropped is +0, NaN and infinities too; n = 0 does nothing
     * @deterministic the same bits on every machine
     * @source derivative of {@link #forward}
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param seed the key of the random numbers
     * @param stream which of the seed's streams; another one for every layer and step
     * @param probability of an element to be dropped
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param dx gradient with respect to x
     * @param dxOffset index of its first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if n is negative or probability is not in [0, 1]
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int n, long seed, long stream, float probability, float[] dy,
            int dyOffset, float[] dx, int dxOffset, boolean accumulate) {
        String op = "Dropout.backward";
        check(op, workers, n, probability);
        Checks.vector(op, "dy", dy, dyOffset, n);
        Checks.vector(op, "dx", dx, dxOffset, n);
        run(workers, n, seed, stream, probability, dy, dyOffset, dx, dxOffset, accumulate);
    }

    private static void check(String op, Workers workers, int n, float probability) {
        Checks.workers(op, workers);
        Checks.size(op, "n", n);
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    op + ": probability = " + probability + ", need 0 <= probability <= 1");
        }
    }

    private static void run(Workers workers, int n, long seed, long stream, float probability, float[] x, int xOffset,
            float[] y, int yOffset, boolean accumulate) {
        Drop job = workers.reusable(Drop.class, Drop::new);
        job.seed = seed;
        job.stream = stream;
        job.operands(x, xOffset, y, yOffset, null, 0)
                .scalars(probability, (float) (1 / (1.0 - probability)), accumulate).run(workers, n);
    }

    private static final class Drop extends ElementwiseJob {

        private long seed;
        private long stream;

        @Override
        protected void range(int from, int n, float[] scratch) {
            // Ranges begin at even elements, as pairs of words do.
            for (int i = from; i < from + n; i += 2) {
                long pair = PhiloxWords.pair(seed, stream, i >> 1);
                put(i, (int) pair);
                if (i + 1 < from + n) {
                    put(i + 1, (int) (pair >>> 32));
                }
            }
        }

        private void put(int i, int word) {
            float v = (word >>> SHIFT) * TO_UNIT < alpha ? 0 : a[aOffset + i] * beta;
            b[bOffset + i] = accumulate ? v + b[bOffset + i] : v;
        }
    }
}
