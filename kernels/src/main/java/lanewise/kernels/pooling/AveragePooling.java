package lanewise.kernels.pooling;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;

/** The mean of each window. */
public final class AveragePooling {

    private AveragePooling() {}

    /**
     * y[o] ← Σ x over window o / number of its elements.
     *
     * @shape x: [n, c, d, h, w]; y: [n, c, outD, outH, outW]
     * @writes overwrites y
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace per worker max(1024, r) elements, where r is a row of x with its padding;
     *            two planes of y are kept with the geometry
     * @error γ(k)·Σ|x|/count for a window of k elements; proved
     * @special NaN and infinities propagate as in the sum; a window without elements gives 0; n = 0 or c = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX AveragePool-19, PyTorch AvgPool1d to 3d
     *
     * @param workers the team that computes
     * @param geometry the shapes
     * @param countIncludePad whether padding counts as elements that are 0 (what runs over the end in ceil mode never does)
     * @param x the images
     * @param xOffset index of the first element
     * @param y the results
     * @param yOffset index of the first element
     * @throws IllegalArgumentException if the shapes do not fit an array, or the kernel is longer than the padded x
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, PoolingGeometry geometry, boolean countIncludePad, float[] x,
            int xOffset, float[] y, int yOffset) {
        String op = "AveragePooling.forward";
        PlaneJob.requireArguments(op, workers, geometry);
        Checks.vector(op, "x", x, xOffset, geometry.imageLength());
        Checks.vector(op, "y", y, yOffset, geometry.outputLength());
        workers.reusable(SumRows.class, SumRows::new).means(workers, geometry, countIncludePad, x, xOffset, y, yOffset);
    }

    /**
     * dx[i] ← Σ dy[o] / number of elements of window o, over the windows that cover i, or dx[i] plus that.
     *
     * @shape dy: [n, c, outD, outH, outW]; dx: [n, c, d, h, w]
     * @writes overwrites dx, or accumulates into it
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace per worker m rows of x and m rows of y with their padding, where m is the number of windows over an
     *            element along depth and height, or as many as fit into 512 elements, and a row; two planes of y
     *            are kept with the geometry
     * @error γ(m + 1)·Σ|dy/count| for an element that m windows cover, plus one rounding when accumulating; proved
     * @special NaN and infinities propagate as in the sum; n = 0 or c = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of ONNX AveragePool-19
     *
     * @param workers the team that computes
     * @param geometry the shapes
     * @param countIncludePad whether padding counts as elements that are 0 (what runs over the end in ceil mode never does)
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param dx gradient with respect to x
     * @param dxOffset index of its first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if the shapes do not fit an array, or the kernel is longer than the padded x
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, PoolingGeometry geometry, boolean countIncludePad, float[] dy,
            int dyOffset, float[] dx, int dxOffset, boolean accumulate) {
        String op = "AveragePooling.backward";
        PlaneJob.requireArguments(op, workers, geometry);
        Checks.vector(op, "dy", dy, dyOffset, geometry.outputLength());
        Checks.vector(op, "dx", dx, dxOffset, geometry.imageLength());
        workers.reusable(RowSpreading.class, RowSpreading::new).means(workers, geometry, countIncludePad, dy, dyOffset,
                dx,
                dxOffset, accumulate);
    }
}
