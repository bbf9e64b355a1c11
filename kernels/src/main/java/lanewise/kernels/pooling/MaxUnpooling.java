package lanewise.kernels.pooling;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;

/** The partial inverse of max pooling: what was the greatest element of a window goes back to its place, and 0 elsewhere.
 * The geometry is that of the pooling, so x is as small as its result and y as large as its image. */
public final class MaxUnpooling {

    private MaxUnpooling() {}

    /**
     * y[argmax[o]] ← x[o], and 0 where no argmax points.
     *
     * @shape x: [n, c, outD, outH, outW]; argmax: as x, places as from {@link MaxPooling#forward}; y: [n, c, d, h, w]
     * @writes overwrites y
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace none
     * @error exact
     * @special where several places are the same the last x counts; argmax = −1 drops x; n = 0 or c = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX MaxUnpool-11 (whose indices count through the whole tensor), PyTorch MaxUnpool1d to 3d
     *
     * @param workers the team that computes
     * @param geometry the shapes
     * @param x what is put in its place
     * @param xOffset index of the first element
     * @param argmax places of the results within their planes
     * @param argmaxOffset index of the first
     * @param y the images
     * @param yOffset index of the first element
     * @throws IllegalArgumentException if the shapes do not fit an array, or the kernel is longer than the padded x
     * @throws IndexOutOfBoundsException if an array is too short, or an element of argmax is neither −1 nor a place in a
     *             plane; in the latter case some of y may have been written
     */
    public static void forward(Workers workers, PoolingGeometry geometry, float[] x, int xOffset, int[] argmax,
            int argmaxOffset, float[] y, int yOffset) {
        String op = "MaxUnpooling.forward";
        PlaneJob.requireArguments(op, workers, geometry);
        Checks.vector(op, "x", x, xOffset, geometry.outputLength());
        Checks.vector(op, "argmax", argmax, argmaxOffset, geometry.outputLength());
        Checks.vector(op, "y", y, yOffset, geometry.imageLength());
        workers.reusable(PlacesJob.class, PlacesJob::new).put(op, workers, geometry.planes(), x, xOffset,
                geometry.outputPlaneLength(), argmax, argmaxOffset, y, yOffset, geometry.planeLength());
    }

    /**
     * dx[o] ← dy[argmax[o]], or dx[o] plus that.
     *
     * @shape dy: [n, c, d, h, w]; argmax, dx: [n, c, outD, outH, outW]
     * @writes overwrites dx, or accumulates into it
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace none
     * @error exact; one rounding of the sum when accumulating
     * @special argmax = −1 gives 0; places must differ, as they do after pooling without overlap; n = 0 or c = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of ONNX MaxUnpool-11
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
        String op = "MaxUnpooling.backward";
        PlaneJob.requireArguments(op, workers, geometry);
        Checks.vector(op, "dy", dy, dyOffset, geometry.imageLength());
        Checks.vector(op, "argmax", argmax, argmaxOffset, geometry.outputLength());
        Checks.vector(op, "dx", dx, dxOffset, geometry.outputLength());
        workers.reusable(PlacesJob.class, PlacesJob::new).get(op, workers, geometry.planes(), dy, dyOffset,
                geometry.planeLength(), argmax, argmaxOffset, dx, dxOffset, geometry.outputPlaneLength(), accumulate);
    }
}
