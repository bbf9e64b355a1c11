package lanewise.kernels.normalization;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.RowJob;

/** Local response normalization: each element by the squares of the elements at its place in neighbouring channels, as in AlexNet. */
public final class LocalResponseNorm {

    private LocalResponseNorm() {}

    /**
     * scale[i][c] ← k + alpha / size · Σ x[i][c']² over the channels c' from c − ⌊(size − 1) / 2⌋ to c + ⌈(size − 1) / 2⌉ that exist, and
     * y ← x · scale<sup>−beta</sup>, at each place.
     *
     * @shape x, y, scale: n × c × spatial, contiguous
     * @writes overwrites y and scale
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace 1024 elements per worker
     * @error scale at most γ(size + 3)·scale; y at most (γ(8 + beta · (size + 3)) + γ(3)·beta·|log scale|)·|y|, from the measured bounds of exp
     *        and log; but for underflow
     * @special NaN and infinities propagate as in the formula; n = 0 or spatial = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source Krizhevsky, Sutskever, Hinton 2012, section 3.3, where alpha is not divided by size; ONNX LRN-13; PyTorch LocalResponseNorm,
     *         whose windows of even size begin one channel earlier
     *
     * @param workers the team that computes
     * @param n number of images
     * @param c number of channels
     * @param spatial elements of a plane
     * @param size channels of a window
     * @param alpha factor of the mean of squares
     * @param beta the exponent
     * @param k what is added, positive
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @param scale what is raised to −beta, for {@link #backward}
     * @param scaleOffset index of the first
     * @throws IllegalArgumentException if n, c or spatial is negative, size is less than 1, k is not positive, or alpha or beta is
     *             negative or not finite
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int n, int c, int spatial, int size, float alpha, float beta, float k,
            float[] x, int xOffset, float[] y, int yOffset, float[] scale, int scaleOffset) {
        String op = "LocalResponseNorm.forward";
        check(op, workers, n, c, spatial, size, alpha, beta, x, xOffset);
        if (!(k > 0)) {
            throw new IllegalArgumentException(op + ": k = " + k + ", need k > 0");
        }
        Checks.vector(op, "y", y, yOffset, RowJob.length(n, c, spatial));
        Checks.vector(op, "scale", scale, scaleOffset, RowJob.length(n, c, spatial));
        workers.reusable(LocalResponseNormJob.class, LocalResponseNormJob::new).shape(n, c, spatial, size, alpha, beta)
                .forward(workers, k, x, xOffset, y, yOffset, scale, scaleOffset);
    }

    /**
     * dx ← dy · scale<sup>−beta</sup> − 2 · alpha · beta / size · x · Σ dy[i][c'] · y[i][c'] / scale[i][c'] over the channels c' whose windows have c, or
     * dx plus that.
     *
     * @shape x, y, scale, dy, dx: n × c × spatial, contiguous
     * @writes overwrites dx, or accumulates into it
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace 1024 elements per worker
     * @error that of {@code LocalResponseNormReference}, and one rounding of the sum when accumulating
     * @special NaN and infinities propagate as in the formula; n = 0 or spatial = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of {@link #forward}
     *
     * @param workers the team that computes
     * @param n number of images
     * @param c number of channels
     * @param spatial elements of a plane
     * @param size channels of a window
     * @param alpha factor of the mean of squares
     * @param beta the exponent
     * @param x arguments of the forward pass
     * @param xOffset index of the first
     * @param y its results
     * @param yOffset index of the first
     * @param scale what it wrote beside
     * @param scaleOffset index of the first
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param dx gradient with respect to x
     * @param dxOffset index of its first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if n, c or spatial is negative, size is less than 1, or alpha or beta is negative or not finite
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int n, int c, int spatial, int size, float alpha, float beta,
            float[] x, int xOffset, float[] y, int yOffset, float[] scale, int scaleOffset, float[] dy, int dyOffset,
            float[] dx, int dxOffset, boolean accumulate) {
        String op = "LocalResponseNorm.backward";
        check(op, workers, n, c, spatial, size, alpha, beta, x, xOffset);
        Checks.vector(op, "y", y, yOffset, RowJob.length(n, c, spatial));
        Checks.vector(op, "scale", scale, scaleOffset, RowJob.length(n, c, spatial));
        Checks.vector(op, "dy", dy, dyOffset, RowJob.length(n, c, spatial));
        Checks.vector(op, "dx", dx, dxOffset, RowJob.length(n, c, spatial));
        workers.reusable(LocalResponseNormJob.class, LocalResponseNormJob::new).shape(n, c, spatial, size, alpha, beta)
                .backward(workers, x, xOffset, y, yOffset, scale, scaleOffset, dy, dyOffset, dx, dxOffset, accumulate);
    }

    private static void check(String op, Workers workers, int n, int c, int spatial, int size, float alpha, float beta,
            float[] x, int xOffset) {
        Checks.workers(op, workers);
        Checks.size(op, "n", n);
        Checks.size(op, "c", c);
        Checks.size(op, "spatial", spatial);
        if (size < 1) {
            throw new IllegalArgumentException(op + ": size = " + size + ", need size >= 1");
        }
        notNegative(op, "alpha", alpha);
        notNegative(op, "beta", beta);
        Checks.vector(op, "x", x, xOffset, RowJob.length(n, c, spatial));
    }

    private static void notNegative(String op, String name, float value) {
        if (!(value >= 0 && value <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException(op + ": " + name + " = " + value + ", need a finite number >= 0");
        }
    }
}
