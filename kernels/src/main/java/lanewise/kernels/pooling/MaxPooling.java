package lanewise.kernels.pooling;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;

/** The greatest element of each window. */
public final class MaxPooling {

    private MaxPooling() {}

    /**
     * y[o] ← max of x over window o.
     *
     * @shape x: [n, c, d, h, w]; y: [n, c, outD, outH, outW]
     * @writes overwrites y
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace per worker max(1024, r) elements, where r is a row of x with its padding
     * @error exact
     * @special NaN in a window gives NaN; +0 is greater than −0; a window that lies in padding altogether gives −∞; n = 0 or
     *          c = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX MaxPool-12, PyTorch MaxPool1d to 3d
     *
     * @param workers the team that computes
     * @param geometry the shapes
     * @param x the images
     * @param xOffset index of the first element
     * @param y the results
     * @param yOffset index of the first element
     * @throws IllegalArgumentException if the shapes do not fit an array, or the kernel is longer than the padded x
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, PoolingGeometry geometry, float[] x, int xOffset, float[] y,
            int yOffset) {
        String op = "MaxPooling.forward";
        PlaneJob.requireArguments(op, workers, geometry);
        Checks.vector(op, "x", x, xOffset, geometry.imageLength());
        Checks.vector(op, "y", y, yOffset, geometry.outputLength());
        workers.reusable(MaxRows.class, MaxRows::new).run(workers, geometry, x, xOffset, y, yOffset);
    }

    /**
     * y[o] ← max of x over window o, and argmax[o] ← where in its plane that stands.
     *
     * @shape x: [n, c, d, h, w]; y: [n, c, outD, outH, outW]; argmax: as y. A place is
     *        (d · h + row) · w + column in the plane of its image and channel
     * @writes overwrites y and argmax
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace per worker max(1024, kernelD · min(spanH, h) · outW) elements and as many integers, where spanH =
     *            dilationH · (kernelH − 1) + 1
     * @error exact
     * @special of equal elements the first counts, −0 and +0 being equal, and of NaNs the first; a window that lies in
     *          padding altogether gives −∞ and −1; n = 0 or c = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX MaxPool-12, PyTorch MaxPool1d to 3d (whose indices are PyTorch's)
     *
     * @param workers the team that computes
     * @param geometry the shapes
     * @param x the images
     * @param xOffset index of the first element
     * @param y the results
     * @param yOffset index of the first element
     * @param argmax places of the results within their planes
     * @param argmaxOffset index of the first
     * @throws IllegalArgumentException if the shapes do not fit an array, or the kernel is longer than the padded x
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, PoolingGeometry geometry, float[] x, int xOffset, float[] y,
            int yOffset, int[] argmax, int argmaxOffset) {
        String op = "MaxPooling.forward";
        PlaneJob.requireArguments(op, workers, geometry);
        Checks.vector(op, "x", x, xOffset, geometry.imageLength());
        Checks.vector(op, "y", y, yOffset, geometry.outputLength());
        Checks.vector(op, "argmax", argmax, argmaxOffset, geometry.outputLength());
        workers.reusable(ArgmaxRows.class, ArgmaxRows::new).run(workers, geometry, x, xOffset, y, yOffset, argmax,
                argmaxOffset);
    }

    /**
     * dx[i] ← Σ dy[o] over the windows o whose maximum stood at i, or dx[i] plus that.
     *
     * @shape dy: [n, c, outD, outH, outW]; argmax: as dy, as {@link #forward} wrote it for this geometry; dx: [n, c, d, h,
     *        w]
     * @writes overwrites dx, or accumulates into it
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace none
     * @error γ(m)·Σ|dy| for an element that is the maximum of m windows (exact for m = 1); when accumulating the sum
     *        starts with the old dx: γ(m)·(|dx| + Σ|dy|); proved
     * @special NaN in dy reaches the place of the maximum; argmax = −1 drops dy; a place in the plane
     *          but not in its window gets dy or does not; n = 0 or c = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of ONNX MaxPool-12, PyTorch MaxPool1d to 3d
     *
     * @param workers the team that computes
     * @param geometry the shapes
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param argmax places of the results within their planes
     * @param argmaxOffset index of the first
     * @param dx gradient with respect to x
     * @param dxOffset index of its first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if the shapes do not fit an array, or the kernel is longer than the padded x
     * @throws IndexOutOfBoundsException if an array is too short, or an element of argmax is neither −1 nor a place in a
     *             plane; in the latter case some of dx may have been written
     */
    public static void backward(Workers workers, PoolingGeometry geometry, float[] dy, int dyOffset, int[] argmax,
            int argmaxOffset, float[] dx, int dxOffset, boolean accumulate) {
        String op = "MaxPooling.backward";
        PlaneJob.requireArguments(op, workers, geometry);
        Checks.vector(op, "dy", dy, dyOffset, geometry.outputLength());
        Checks.vector(op, "argmax", argmax, argmaxOffset, geometry.outputLength());
        Checks.vector(op, "dx", dx, dxOffset, geometry.imageLength());
        workers.reusable(PlacesJob.class, PlacesJob::new).add(op, workers, geometry, dy, dyOffset, argmax, argmaxOffset,
                dx,
                dxOffset, accumulate);
    }
}
