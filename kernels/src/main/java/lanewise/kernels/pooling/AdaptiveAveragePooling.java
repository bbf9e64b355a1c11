package lanewise.kernels.pooling;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;

/** The mean of each of a given number of windows that share the image out among them. */
public final class AdaptiveAveragePooling {

    private AdaptiveAveragePooling() {}

    /**
     * y[o] ← Σ x over window o / number of its elements.
     *
     * @shape x: [n, c, d, h, w]; y: [n, c, outD, outH, outW]
     * @writes overwrites y
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace none, or that of {@link AveragePooling} where every output size divides its input
     * @error γ(k)·Σ|x|/k for a window of k elements; proved
     * @special NaN and infinities propagate as in the sum; n = 0 or c = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source PyTorch AdaptiveAvgPool1d to 3d: window o covers the elements from ⌊o · in / out⌋ to before ⌈(o + 1) · in / out⌉
     *
     * @param workers the team that computes
     * @param geometry the shapes
     * @param x the images
     * @param xOffset index of the first element
     * @param y the results
     * @param yOffset index of the first element
     * @throws IllegalArgumentException if the shapes do not fit an array
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, AdaptivePoolingGeometry geometry, float[] x, int xOffset, float[] y,
            int yOffset) {
        String op = "AdaptiveAveragePooling.forward";
        PlaneJob.requireArguments(op, workers, geometry);
        Checks.vector(op, "x", x, xOffset, geometry.imageLength());
        Checks.vector(op, "y", y, yOffset, geometry.outputLength());
        if (geometry.uniform() != null) {
            AveragePooling.forward(workers, geometry.uniform(), false, x, xOffset, y, yOffset);
        } else {
            workers.reusable(AdaptiveJob.class, AdaptiveJob::new).mean(workers, geometry, x, xOffset, y, yOffset);
        }
    }

    /**
     * dx[i] ← Σ dy[o] / number of elements of window o, over the windows that cover i, or dx[i] plus that.
     *
     * @shape dy: [n, c, outD, outH, outW]; dx: [n, c, d, h, w]
     * @writes overwrites dx, or accumulates into it
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace none, or that of {@link AveragePooling} where every output size divides its input
     * @error γ(m + 1)·Σ|dy/k| for an element that m windows cover, plus one rounding when accumulating; proved
     * @special NaN and infinities propagate as in the sum; n = 0 or c = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of PyTorch AdaptiveAvgPool1d to 3d
     *
     * @param workers the team that computes
     * @param geometry the shapes
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param dx gradient with respect to x
     * @param dxOffset index of its first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if the shapes do not fit an array
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, AdaptivePoolingGeometry geometry, float[] dy, int dyOffset, float[] dx,
            int dxOffset, boolean accumulate) {
        String op = "AdaptiveAveragePooling.backward";
        PlaneJob.requireArguments(op, workers, geometry);
        Checks.vector(op, "dy", dy, dyOffset, geometry.outputLength());
        Checks.vector(op, "dx", dx, dxOffset, geometry.imageLength());
        if (geometry.uniform() != null) {
            AveragePooling.backward(workers, geometry.uniform(), false, dy, dyOffset, dx, dxOffset, accumulate);
        } else {
            workers.reusable(AdaptiveJob.class, AdaptiveJob::new).meanBackward(workers, geometry, dy, dyOffset, dx,
                    dxOffset,
                    accumulate);
        }
    }
}
