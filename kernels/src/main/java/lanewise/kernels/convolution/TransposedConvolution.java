package lanewise.kernels.convolution;

import java.util.Objects;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.elementwise.Elementwise;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.gemm.Finish;

/**
 * Transposed convolution: every element of x adds the filter, times itself, to y. It is the backward-data of a convolution
 * from y to x, the {@link TransposedConvolutionGeometry#adjoint}, and its gradients are the other passes of that
 * convolution, by the same algorithms.
 */
public final class TransposedConvolution {

    private TransposedConvolution() {}

    /**
     * y ← activation(Σ x · filter + bias): y[n][o][p · stride − padding + t · dilation] gets x[n][c][p] · filter[c][o][t] for
     * all channels c of o's group, positions p and elements t of the filter.
     *
     * @shape x: [n, c, d, h, w]; filter: [c, outC / groups, kernelD, kernelH, kernelW]; bias: [outC] or null; y: [n, outC,
     *        outD, outH, outW]
     * @writes overwrites y
     * @aliasing y must not overlap x, filter or bias (not detected)
     * @workspace as {@link Convolution#backwardData} of the adjoint
     * @error before the activation, per element at most γ(k+2) · (Σ|x||filter| + |bias|), where k is the number of terms,
     *        proved, unless {@link ConvolutionAlgorithm#WINOGRAD} computes it, which has its own bound; then the
     *        activation's own
     * @special NaN and infinities propagate as in the sum; elements of y that no filter meets get activation(bias)
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add
     * @source ONNX ConvTranspose-11; PyTorch torch.nn.ConvTranspose2d
     *
     * @param workers the team that computes
     * @param geometry the shapes
     * @param x the images
     * @param xOffset index of the first element
     * @param filter the filters
     * @param filterOffset index of the first element
     * @param bias one number for each channel of y, or null for none
     * @param biasOffset index of the first element
     * @param activation applied last
     * @param y the result
     * @param yOffset index of the first element
     * @throws IllegalArgumentException if the geometry has no result, or its output padding is not less than the stride
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, TransposedConvolutionGeometry geometry, float[] x, int xOffset,
            float[] filter,
            int filterOffset, float[] bias, int biasOffset, Activation activation, float[] y, int yOffset) {
        String op = "TransposedConvolution.forward";
        ConvolutionGeometry adjoint = check(op, workers, geometry);
        Objects.requireNonNull(activation, "TransposedConvolution.forward: activation is null");
        Checks.vector(op, "x", x, xOffset, adjoint.outputLength());
        Checks.vector(op, "filter", filter, filterOffset, adjoint.filterLength());
        if (bias != null) {
            Checks.vector(op, "bias", bias, biasOffset, adjoint.c());
        }
        Checks.vector(op, "y", y, yOffset, adjoint.imageLength());
        Convolution.backwardData(workers, adjoint, x, xOffset, filter, filterOffset, y, yOffset, false);
        if (bias != null || activation != Activation.IDENTITY) {
            workers.reusable(Rest.class, Rest::new).finish(workers, adjoint, bias, biasOffset, activation, y,
                    yOffset);
        }
    }

    /**
     * dx ← the gradient with respect to x: the adjoint convolution of dy.
     *
     * @shape dy: [n, outC, outD, outH, outW]; filter: [c, outC / groups, kernelD, kernelH, kernelW]; dx: [n, c, d, h, w]
     * @writes overwrites dx, or adds to it if accumulate
     * @aliasing dx must not overlap dy or filter (not detected)
     * @workspace as {@link Convolution#forward} of the adjoint, and as many elements as dx if accumulate
     * @error per element at most γ(k+2) · (Σ|dy||filter| + |dx|), where k is the number of terms, proved, unless
     *        {@link ConvolutionAlgorithm#WINOGRAD} computes it, which has its own bound
     * @special NaN and infinities propagate as in the sum
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add
     * @source PyTorch torch.nn.ConvTranspose2d
     *
     * @param workers the team that computes
     * @param geometry the shapes
     * @param dy the gradient with respect to y
     * @param dyOffset index of the first element
     * @param filter the filters
     * @param filterOffset index of the first element
     * @param dx the gradient with respect to x
     * @param dxOffset index of the first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if the geometry has no result, or its output padding is not less than the stride
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backwardData(Workers workers, TransposedConvolutionGeometry geometry, float[] dy, int dyOffset,
            float[] filter, int filterOffset, float[] dx, int dxOffset, boolean accumulate) {
        String op = "TransposedConvolution.backwardData";
        ConvolutionGeometry adjoint = check(op, workers, geometry);
        Checks.vector(op, "dy", dy, dyOffset, adjoint.imageLength());
        Checks.vector(op, "filter", filter, filterOffset, adjoint.filterLength());
        Checks.vector(op, "dx", dx, dxOffset, adjoint.outputLength());
        if (accumulate) {
            workers.reusable(Rest.class, Rest::new).addForward(workers, adjoint, dy, dyOffset, filter,
                    filterOffset, dx, dxOffset);
        } else {
            Convolution.forward(workers, adjoint, dy, dyOffset, filter, filterOffset, null, 0, Activation.IDENTITY, dx,
                    dxOffset);
        }
    }

    /**
     * dFilter ← the gradient with respect to the filter.
     *
     * @shape x: [n, c, d, h, w]; dy: [n, outC, outD, outH, outW]; dFilter: [c, outC / groups, kernelD, kernelH, kernelW]
     * @writes overwrites dFilter, or adds to it if accumulate
     * @aliasing dFilter must not overlap x or dy (not detected)
     * @workspace as {@link Convolution#backwardFilter} of the adjoint
     * @error per element at most γ(k+2) · (Σ|x||dy| + |dFilter|), where k is the number of terms, proved
     * @special NaN and infinities propagate as in the sum; without images the gradient is 0
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add
     * @source PyTorch torch.nn.ConvTranspose2d
     *
     * @param workers the team that computes
     * @param geometry the shapes
     * @param x the images
     * @param xOffset index of the first element
     * @param dy the gradient with respect to y
     * @param dyOffset index of the first element
     * @param dFilter the gradient with respect to the filter
     * @param dFilterOffset index of the first element
     * @param accumulate whether to add to dFilter
     * @throws IllegalArgumentException if the geometry has no result, or its output padding is not less than the stride
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backwardFilter(Workers workers, TransposedConvolutionGeometry geometry, float[] x, int xOffset,
            float[] dy,
            int dyOffset, float[] dFilter, int dFilterOffset, boolean accumulate) {
        String op = "TransposedConvolution.backwardFilter";
        ConvolutionGeometry adjoint = check(op, workers, geometry);
        Checks.vector(op, "x", x, xOffset, adjoint.outputLength());
        Checks.vector(op, "dy", dy, dyOffset, adjoint.imageLength());
        Checks.vector(op, "dFilter", dFilter, dFilterOffset, adjoint.filterLength());
        Convolution.backwardFilter(workers, adjoint, dy, dyOffset, x, xOffset, dFilter, dFilterOffset, accumulate);
    }

    /**
     * dBias ← the gradient with respect to the bias: the sum of dy over images and positions.
     *
     * @shape dy: [n, outC, outD, outH, outW]; dBias: [outC]
     * @writes overwrites dBias, or adds to it if accumulate
     * @aliasing dBias must not overlap dy (not detected)
     * @workspace as {@link Convolution#backwardBias}
     * @error as {@link Convolution#backwardBias}
     * @special NaN and infinities propagate as in the sum; without images the gradient is 0
     * @deterministic the same bits for every width, thread count and JIT state
     * @source the derivative of y with respect to a number that is added to a whole channel
     *
     * @param workers the team that computes
     * @param geometry the shapes
     * @param dy the gradient with respect to y
     * @param dyOffset index of the first element
     * @param dBias the gradient with respect to the bias
     * @param dBiasOffset index of the first element
     * @param accumulate whether to add to dBias
     * @throws IllegalArgumentException if the geometry has no result, or its output padding is not less than the stride
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backwardBias(Workers workers, TransposedConvolutionGeometry geometry, float[] dy, int dyOffset,
            float[] dBias, int dBiasOffset, boolean accumulate) {
        String op = "TransposedConvolution.backwardBias";
        ConvolutionGeometry adjoint = check(op, workers, geometry);
        Checks.vector(op, "dy", dy, dyOffset, adjoint.imageLength());
        Checks.vector(op, "dBias", dBias, dBiasOffset, adjoint.c());
        int plane = adjoint.depth().input() * adjoint.height().input() * adjoint.width().input();
        workers.reusable(BiasGradient.class, BiasGradient::new).run(workers, adjoint.n(), adjoint.c(), plane, dy,
                dyOffset, dBias, dBiasOffset, accumulate);
    }

    private static ConvolutionGeometry check(String op, Workers workers, TransposedConvolutionGeometry geometry) {
        if (workers == null) {
            throw new NullPointerException(op + ": workers is null");
        }
        if (geometry == null) {
            throw new NullPointerException(op + ": geometry is null");
        }
        return geometry.adjoint();
    }

    /** What the adjoint's passes do not do: bias and activation after backward-data, adding after forward. */
    private static final class Rest implements Workers.Job {

        private float[] sum = new float[0];
        private int channels;
        private int plane;
        private float[] bias;
        private int biasOffset;
        private Activation activation;
        private float[] y;
        private int yOffset;

        void finish(Workers workers, ConvolutionGeometry adjoint, float[] bias, int biasOffset, Activation activation,
                float[] y, int yOffset) {
            channels = adjoint.c();
            plane = adjoint.depth().input() * adjoint.height().input() * adjoint.width().input();
            this.bias = bias;
            this.biasOffset = biasOffset;
            this.activation = activation;
            this.y = y;
            this.yOffset = yOffset;
            try {
                workers.run(this, adjoint.n() * channels);
            } finally {
                this.bias = null;
                this.y = null;
            }
        }

        @Override
        public void run(int task, int worker) {
            int at = yOffset + task * plane;
            if (bias != null) {
                Finish.add(plane, bias[biasOffset + task % channels], y, at);
            }
            Finish.activate(activation, plane, y, at);
        }

        void addForward(Workers workers, ConvolutionGeometry adjoint, float[] dy, int dyOffset, float[] filter,
                int filterOffset, float[] dx, int dxOffset) {
            int length = adjoint.outputLength();
            if (sum.length < length) {
                sum = new float[length];
            }
            Convolution.forward(workers, adjoint, dy, dyOffset, filter, filterOffset, null, 0, Activation.IDENTITY, sum,
                    0);
            Elementwise.add(workers, length, sum, 0, dx, dxOffset, dx, dxOffset);
        }
    }
}
