package lanewise.kernels.convolution;

import java.util.Objects;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.internal.Checks;

/**
 * Convolution (cross-correlation) in one, two or three spatial dimensions, with bias and activation, and its three
 * gradients: y[n][o][p] = activation(bias[o] + Σ x[n][c][p · stride − padding + t · dilation] · filter[o][c][t]) over the
 * channels c of o's group and the elements t of the filter; elements outside x are zeros.
 */
public final class Convolution {

    private Convolution() {}

    /**
     * y ← activation(x ∗ filter + bias), by the algorithm that suits the shape best.
     *
     * @shape x: [n, c, d, h, w]; filter: [outC, c / groups, kernelD, kernelH, kernelW]; bias: [outC] or null; y: [n, outC,
     *        outD, outH, outW]
     * @writes overwrites y
     * @aliasing y must not overlap x, filter or bias (not detected)
     * @workspace copies of filter and images, of at most 16 MiB and 8 MiB (or one padded image), and 1 MiB of each worker; or
     *            with {@link ConvolutionAlgorithm#WINOGRAD} at most 48 MiB, and 4 MiB of each worker or 10 KiB for each
     *            channel; or a copy of the filter and 16 MiB of each worker
     * @error before the activation, per element at most γ(k+2) · (Σ|x||filter| + |bias|), where k is the number of terms,
     *        proved, for all algorithms but {@link ConvolutionAlgorithm#WINOGRAD}, which has its own bound; then the
     *        activation's own
     * @special NaN and infinities propagate as in the sum, with {@link ConvolutionAlgorithm#WINOGRAD} also to neighbours
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add
     * @source ONNX Conv; Chellapilla, Puri and Simard 2006 (as a matrix product); Lavin and Gray 2016 (Winograd)
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
     * @throws IllegalArgumentException if the geometry has no result, since the filter is longer than the padded x
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, ConvolutionGeometry geometry, float[] x, int xOffset, float[] filter,
            int filterOffset, float[] bias, int biasOffset, Activation activation, float[] y, int yOffset) {
        forward(workers, geometry, ConvolutionAlgorithm.AUTO, x, xOffset, filter, filterOffset, bias, biasOffset,
                activation, y, yOffset);
    }

    /**
     * y ← activation(x ∗ filter + bias), by a named algorithm.
     *
     * @shape x: [n, c, d, h, w]; filter: [outC, c / groups, kernelD, kernelH, kernelW]; bias: [outC] or null; y: [n, outC,
     *        outD, outH, outW]
     * @writes overwrites y
     * @aliasing y must not overlap x, filter or bias (not detected)
     * @workspace IMPLICIT_GEMM: copies of filter and images, of at most 16 MiB and 8 MiB (or one padded image), and 1 MiB of
     *            each worker; WINOGRAD: at most 48 MiB, and 4 MiB of each worker or 10 KiB for each channel;
     *            DIRECT, DEPTHWISE: a copy of the filter, and of each worker one of a padded image's group or less, or
     *            16 MiB; IM2COL: the matrix of windows of one image, and what the product needs
     * @error before the activation, per element at most γ(k+2) · (Σ|x||filter| + |bias|), where k is the number of terms,
     *        proved, for all algorithms but {@link ConvolutionAlgorithm#WINOGRAD}, which has its own bound; then the
     *        activation's own
     * @special NaN and infinities propagate as in the sum, with {@link ConvolutionAlgorithm#WINOGRAD} also to neighbours
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add
     * @source ONNX Conv; Chellapilla, Puri and Simard 2006 (as a matrix product); Lavin and Gray 2016 (Winograd)
     *
     * @param workers the team that computes
     * @param geometry the shapes
     * @param algorithm how
     * @param x the images
     * @param xOffset index of the first element
     * @param filter the filters
     * @param filterOffset index of the first element
     * @param bias one number for each channel of y, or null for none
     * @param biasOffset index of the first element
     * @param activation applied last
     * @param y the result
     * @param yOffset index of the first element
     * @throws IllegalArgumentException if the geometry has no result, since the filter is longer than the padded x, or the
     *             algorithm cannot do it
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, ConvolutionGeometry geometry, ConvolutionAlgorithm algorithm, float[] x,
            int xOffset, float[] filter, int filterOffset, float[] bias, int biasOffset, Activation activation,
            float[] y, int yOffset) {
        String op = "Convolution.forward";
        Objects.requireNonNull(workers, "Convolution.forward: workers is null");
        Objects.requireNonNull(geometry, "Convolution.forward: geometry is null");
        Objects.requireNonNull(algorithm, "Convolution.forward: algorithm is null");
        Objects.requireNonNull(activation, "Convolution.forward: activation is null");
        int outputs = geometry.outputLength();
        Checks.vector(op, "x", x, xOffset, geometry.imageLength());
        Checks.vector(op, "filter", filter, filterOffset, geometry.filterLength());
        if (bias != null) {
            Checks.vector(op, "bias", bias, biasOffset, geometry.outC());
        }
        Checks.vector(op, "y", y, yOffset, outputs);
        switch (AlgorithmChoice.ofOutput(op, geometry, algorithm)) {
            case WINOGRAD -> workers.reusable(WinogradConvolution.class, WinogradConvolution::new).forward(workers,
                    geometry, x, xOffset, filter, filterOffset, bias, biasOffset, activation, y, yOffset);
            case IMPLICIT_GEMM -> workers.reusable(ImplicitGemm.class, ImplicitGemm::new).forward(workers, geometry, x,
                    xOffset, filter, filterOffset, bias, biasOffset, activation, y, yOffset);
            case IM2COL -> workers.reusable(Im2colConvolution.class, Im2colConvolution::new).forward(workers, geometry,
                    x, xOffset, filter, filterOffset, bias, biasOffset, activation, y, yOffset);
            case DEPTHWISE -> DepthwiseConvolution.forward(workers, geometry, x, xOffset, filter, filterOffset, bias,
                    biasOffset, activation, y, yOffset);
            case DIRECT -> DirectConvolution.forward(workers, geometry, x, xOffset, filter, filterOffset, bias,
                    biasOffset, activation, y, yOffset);
            default -> throw new AssertionError(algorithm);
        }
    }

    /**
     * dx ← the gradient with respect to x, by the algorithm that suits the shape best.
     *
     * @shape dy: [n, outC, outD, outH, outW]; filter: [outC, c / groups, kernelD, kernelH, kernelW]; dx: [n, c, d, h, w]
     * @writes overwrites dx, or adds to it if accumulate
     * @aliasing dx must not overlap dy or filter (not detected)
     * @workspace copies of filter and images, of at most 16 MiB and 8 MiB (or one padded image), and 1 MiB of each worker; or
     *            with {@link ConvolutionAlgorithm#WINOGRAD} at most 48 MiB, and 4 MiB of each worker or 10 KiB for each
     *            channel; or a copy of the filter and 16 MiB of each worker
     * @error per element at most γ(k+2) · (Σ|dy||filter| + |dx|), where k is the number of terms, proved, for all
     *        algorithms but {@link ConvolutionAlgorithm#WINOGRAD}, which has its own bound
     * @special NaN and infinities propagate as in the sum, with {@link ConvolutionAlgorithm#WINOGRAD} also to neighbours;
     *          elements of x that no window covers get 0
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add
     * @source ONNX ConvTranspose; PyTorch torch.nn.grad.conv2d_input
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
     * @throws IllegalArgumentException if the geometry has no result, since the filter is longer than the padded x
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backwardData(Workers workers, ConvolutionGeometry geometry, float[] dy, int dyOffset,
            float[] filter, int filterOffset, float[] dx, int dxOffset, boolean accumulate) {
        backwardData(workers, geometry, ConvolutionAlgorithm.AUTO, dy, dyOffset, filter, filterOffset, dx, dxOffset,
                accumulate);
    }

    /**
     * dx ← the gradient with respect to x, by a named algorithm.
     *
     * @shape dy: [n, outC, outD, outH, outW]; filter: [outC, c / groups, kernelD, kernelH, kernelW]; dx: [n, c, d, h, w]
     * @writes overwrites dx, or adds to it if accumulate
     * @aliasing dx must not overlap dy or filter (not detected)
     * @workspace IMPLICIT_GEMM: copies of filter and images, of at most 16 MiB and 8 MiB (or one padded image), and 1 MiB of
     *            each worker; WINOGRAD: at most 48 MiB, and 4 MiB of each worker or 10 KiB for each channel;
     *            DIRECT, DEPTHWISE: a copy of the filter, and of each worker one of a padded image's group or less, or
     *            16 MiB; IM2COL: the matrix of windows of one image, and what the product needs
     * @error per element at most γ(k+2) · (Σ|dy||filter| + |dx|), where k is the number of terms, proved, for all
     *        algorithms but {@link ConvolutionAlgorithm#WINOGRAD}, which has its own bound
     * @special NaN and infinities propagate as in the sum, with {@link ConvolutionAlgorithm#WINOGRAD} also to neighbours;
     *          elements of x that no window covers get 0
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add
     * @source ONNX ConvTranspose; PyTorch torch.nn.grad.conv2d_input
     *
     * @param workers the team that computes
     * @param geometry the shapes
     * @param algorithm how
     * @param dy the gradient with respect to y
     * @param dyOffset index of the first element
     * @param filter the filters
     * @param filterOffset index of the first element
     * @param dx the gradient with respect to x
     * @param dxOffset index of the first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if the geometry has no result, since the filter is longer than the padded x, or the
     *             algorithm cannot do it
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backwardData(Workers workers, ConvolutionGeometry geometry, ConvolutionAlgorithm algorithm,
            float[] dy, int dyOffset, float[] filter, int filterOffset, float[] dx, int dxOffset, boolean accumulate) {
        String op = "Convolution.backwardData";
        Objects.requireNonNull(workers, "Convolution.backwardData: workers is null");
        Objects.requireNonNull(geometry, "Convolution.backwardData: geometry is null");
        Objects.requireNonNull(algorithm, "Convolution.backwardData: algorithm is null");
        Checks.vector(op, "dy", dy, dyOffset, geometry.outputLength());
        Checks.vector(op, "filter", filter, filterOffset, geometry.filterLength());
        Checks.vector(op, "dx", dx, dxOffset, geometry.imageLength());
        switch (AlgorithmChoice.ofImage(op, geometry, algorithm)) {
            case WINOGRAD -> workers.reusable(WinogradConvolution.class, WinogradConvolution::new).backwardData(workers,
                    geometry, dy, dyOffset, filter, filterOffset, dx, dxOffset, accumulate);
            case IMPLICIT_GEMM ->
                workers.reusable(ImplicitGemm.class, ImplicitGemm::new).backwardData(workers, geometry,
                        dy, dyOffset, filter, filterOffset, dx, dxOffset, accumulate);
            case IM2COL -> workers.reusable(Im2colConvolution.class, Im2colConvolution::new).backwardData(workers,
                    geometry, dy, dyOffset, filter, filterOffset, dx, dxOffset, accumulate);
            case DEPTHWISE -> DepthwiseConvolution.backwardData(workers, geometry, dy, dyOffset, filter, filterOffset,
                    dx, dxOffset, accumulate);
            case DIRECT -> DirectConvolution.backwardData(workers, geometry, dy, dyOffset, filter, filterOffset, dx,
                    dxOffset, accumulate);
            default -> throw new AssertionError(algorithm);
        }
    }

    /**
     * dFilter ← the gradient with respect to the filter, by the algorithm that suits the shape best.
     *
     * @shape x: [n, c, d, h, w]; dy: [n, outC, outD, outH, outW]; dFilter: [outC, c / groups, kernelD, kernelH, kernelW]
     * @writes overwrites dFilter, or adds to it if accumulate
     * @aliasing dFilter must not overlap x or dy (not detected)
     * @workspace copies of filter and images, of at most 16 MiB and 8 MiB (or one padded image), and 1 MiB of each worker; or
     *            4 MiB, and 16 MiB of each worker
     * @error per element at most γ(k+2) · (Σ|x||dy| + |dFilter|), where k is the number of terms, proved
     * @special NaN and infinities propagate as in the sum; without images the gradient is 0
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add
     * @source PyTorch torch.nn.grad.conv2d_weight
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
     * @throws IllegalArgumentException if the geometry has no result, since the filter is longer than the padded x
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backwardFilter(Workers workers, ConvolutionGeometry geometry, float[] x, int xOffset, float[] dy,
            int dyOffset, float[] dFilter, int dFilterOffset, boolean accumulate) {
        backwardFilter(workers, geometry, ConvolutionAlgorithm.AUTO, x, xOffset, dy, dyOffset, dFilter, dFilterOffset,
                accumulate);
    }

    /**
     * dFilter ← the gradient with respect to the filter, by a named algorithm.
     *
     * @shape x: [n, c, d, h, w]; dy: [n, outC, outD, outH, outW]; dFilter: [outC, c / groups, kernelD, kernelH, kernelW]
     * @writes overwrites dFilter, or adds to it if accumulate
     * @aliasing dFilter must not overlap x or dy (not detected)
     * @workspace IMPLICIT_GEMM: copies of filter and images, of at most 16 MiB and 8 MiB (or one padded image), and 1 MiB of
     *            each worker; DIRECT, DEPTHWISE: 4 MiB or a copy of the filter, and of each worker one of a padded image's
     *            group, with as much of dy, or less; IM2COL: the matrix of windows of one image, and what the product needs
     * @error per element at most γ(k+2) · (Σ|x||dy| + |dFilter|), where k is the number of terms, proved
     * @special NaN and infinities propagate as in the sum; without images the gradient is 0
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add
     * @source PyTorch torch.nn.grad.conv2d_weight
     *
     * @param workers the team that computes
     * @param geometry the shapes
     * @param algorithm how
     * @param x the images
     * @param xOffset index of the first element
     * @param dy the gradient with respect to y
     * @param dyOffset index of the first element
     * @param dFilter the gradient with respect to the filter
     * @param dFilterOffset index of the first element
     * @param accumulate whether to add to dFilter
     * @throws IllegalArgumentException if the geometry has no result, since the filter is longer than the padded x, or the
     *             algorithm cannot do it
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backwardFilter(Workers workers, ConvolutionGeometry geometry, ConvolutionAlgorithm algorithm,
            float[] x, int xOffset, float[] dy, int dyOffset, float[] dFilter, int dFilterOffset, boolean accumulate) {
        String op = "Convolution.backwardFilter";
        Objects.requireNonNull(workers, "Convolution.backwardFilter: workers is null");
        Objects.requireNonNull(geometry, "Convolution.backwardFilter: geometry is null");
        Objects.requireNonNull(algorithm, "Convolution.backwardFilter: algorithm is null");
        Checks.vector(op, "dy", dy, dyOffset, geometry.outputLength());
        Checks.vector(op, "x", x, xOffset, geometry.imageLength());
        Checks.vector(op, "dFilter", dFilter, dFilterOffset, geometry.filterLength());
        switch (AlgorithmChoice.ofFilter(op, geometry, algorithm)) {
            case IMPLICIT_GEMM -> workers.reusable(ImplicitGemmFilter.class, ImplicitGemmFilter::new).run(workers,
                    geometry, x, xOffset, dy, dyOffset, dFilter, dFilterOffset, accumulate);
            case IM2COL -> workers.reusable(Im2colConvolution.class, Im2colConvolution::new).backwardFilter(workers,
                    geometry, x, xOffset, dy, dyOffset, dFilter, dFilterOffset, accumulate);
            case DEPTHWISE -> DepthwiseConvolution.backwardFilter(workers, geometry, x, xOffset, dy, dyOffset, dFilter,
                    dFilterOffset, accumulate);
            case DIRECT -> DirectFilterGradient.run(workers, geometry, x, xOffset, dy, dyOffset, dFilter,
                    dFilterOffset, accumulate);
            default -> throw new AssertionError(algorithm);
        }
    }

    /**
     * dBias ← the gradient with respect to the bias: the sum of dy over images and positions.
     *
     * @shape dy: [n, outC, outD, outH, outW]; dBias: [outC]
     * @writes overwrites dBias, or adds to it if accumulate
     * @aliasing dBias must not overlap dy (not detected)
     * @workspace 32 elements of each worker
     * @error per element at most γ(135) · Σ|dy| + u · |dBias|, proved: blocks of 4096 elements are summed in float32 by 32
     *        running sums, the blocks in double precision
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
     * @throws IllegalArgumentException if the geometry has no result, since the filter is longer than the padded x
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backwardBias(Workers workers, ConvolutionGeometry geometry, float[] dy, int dyOffset,
            float[] dBias, int dBiasOffset, boolean accumulate) {
        String op = "Convolution.backwardBias";
        Objects.requireNonNull(workers, "Convolution.backwardBias: workers is null");
        Objects.requireNonNull(geometry, "Convolution.backwardBias: geometry is null");
        Checks.vector(op, "dy", dy, dyOffset, geometry.outputLength());
        Checks.vector(op, "dBias", dBias, dBiasOffset, geometry.outC());
        workers.reusable(BiasGradient.class, BiasGradient::new).run(workers, geometry.n(), geometry.outC(),
                geometry.outD() * geometry.outH() * geometry.outW(), dy, dyOffset, dBias, dBiasOffset, accumulate);
    }
}
