package lanewise.kernels.convolution;

import lanewise.kernels.Window;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.Windows;

/**
 * The shapes of a transposed convolution in one, two or three spatial dimensions, as in ONNX and PyTorch: x is [n, c, d, h,
 * w], the filter [c, outC / groups, kernelD, kernelH, kernelW], y [n, outC, outD, outH, outW], without the dimensions that
 * are not there. A size of y is (input − 1) · stride + dilation · (kernel − 1) + 1 − padBegin − padEnd + outputPadding.
 *
 * <p>
 * Immutable: make it once and keep it. Stride and dilation are 1, paddings are 0 and there is one group unless said
 * otherwise.
 */
public final class TransposedConvolutionGeometry {

    private static final String NAME = "TransposedConvolutionGeometry";

    private final int n;
    private final int c;
    private final int outC;
    private final int groups;
    // Of x, with the padding of y.
    private final Windows windows;
    private final int[] outputPadding;
    private ConvolutionGeometry adjoint;

    private TransposedConvolutionGeometry(int n, int c, int outC, int groups, Windows windows, int... outputPadding) {
        Checks.size(NAME, "n", n);
        require("c", c);
        require("outC", outC);
        require("groups", groups);
        if (c % groups != 0 || outC % groups != 0) {
            throw new IllegalArgumentException(NAME + ": groups = " + groups + ", need a divisor of c = " + c
                    + " and of outC = " + outC);
        }
        this.n = n;
        this.c = c;
        this.outC = outC;
        this.groups = groups;
        this.windows = windows;
        this.outputPadding = outputPadding;
    }

    /**
     * A transposed convolution over signals: x is [n, c, w].
     *
     * @param n images
     * @param c channels of an image
     * @param w its width
     * @param outC channels of the result
     * @param kernelW width of the filter
     * @return the geometry
     * @throws IllegalArgumentException if n is negative or another size less than 1
     */
    public static TransposedConvolutionGeometry of1d(int n, int c, int w, int outC, int kernelW) {
        return new TransposedConvolutionGeometry(n, c, outC, 1, Windows.of(new int[]{w}, new int[]{kernelW}), 0);
    }

    /**
     * A transposed convolution over images: x is [n, c, h, w].
     *
     * @param n images
     * @param c channels of an image
     * @param h its height
     * @param w its width
     * @param outC channels of the result
     * @param kernelH height of the filter
     * @param kernelW width of the filter
     * @return the geometry
     * @throws IllegalArgumentException if n is negative or another size less than 1
     */
    public static TransposedConvolutionGeometry of2d(int n, int c, int h, int w, int outC, int kernelH, int kernelW) {
        return new TransposedConvolutionGeometry(n, c, outC, 1,
                Windows.of(new int[]{h, w}, new int[]{kernelH, kernelW}), 0, 0);
    }

    /**
     * A transposed convolution over volumes: x is [n, c, d, h, w].
     *
     * @param n images
     * @param c channels of an image
     * @param d its depth
     * @param h its height
     * @param w its width
     * @param outC channels of the result
     * @param kernelD depth of the filter
     * @param kernelH height of the filter
     * @param kernelW width of the filter
     * @return the geometry
     * @throws IllegalArgumentException if n is negative or another size less than 1
     */
    public static TransposedConvolutionGeometry of3d(int n, int c, int d, int h, int w, int outC, int kernelD,
            int kernelH, int kernelW) {
        return new TransposedConvolutionGeometry(n, c, outC, 1,
                Windows.of(new int[]{d, h, w}, new int[]{kernelD, kernelH, kernelW}), 0, 0, 0);
    }

    /**
     * This geometry with other strides: steps in y from one element of x to the next.
     *
     * @param strides one for all spatial dimensions, or one for each; at least 1
     * @return a new geometry
     * @throws IllegalArgumentException if there are too many or too few, or one is less than 1
     */
    public TransposedConvolutionGeometry stride(int... strides) {
        return with(windows.stride(NAME, strides));
    }

    /**
     * This geometry with elements left out around y, as many after as before.
     *
     * @param paddings one for all spatial dimensions, or one for each; not negative
     * @return a new geometry
     * @throws IllegalArgumentException if there are too many or too few, or one is negative
     */
    public TransposedConvolutionGeometry padding(int... paddings) {
        return with(windows.padding(NAME, paddings, paddings));
    }

    /**
     * This geometry with elements left out around y.
     *
     * @param begin how many before the first element: one for all spatial dimensions, or one for each; not negative
     * @param end how many after the last element, in the same form
     * @return a new geometry
     * @throws IllegalArgumentException if there are too many or too few, or one is negative
     */
    public TransposedConvolutionGeometry padding(int[] begin, int[] end) {
        return with(windows.padding(NAME, begin, end));
    }

    /**
     * This geometry with elements added at the end of y.
     *
     * @param paddings one for all spatial dimensions, or one for each; not negative, and less than the stride (which
     *            {@link #adjoint} checks)
     * @return a new geometry
     * @throws IllegalArgumentException if there are too many or too few, or one is negative
     */
    public TransposedConvolutionGeometry outputPadding(int... paddings) {
        // The same form, and the same message, as the other settings.
        Windows checked = windows.padding(NAME, paddings, paddings);
        int[] all = new int[windows.rank()];
        for (int i = 0; i < all.length; i++) {
            all[i] = checked.window(i).padEnd();
        }
        return new TransposedConvolutionGeometry(n, c, outC, groups, windows, all);
    }

    /**
     * This geometry with other distances between neighbouring elements of the filter.
     *
     * @param dilations one for all spatial dimensions, or one for each; at least 1
     * @return a new geometry
     * @throws IllegalArgumentException if there are too many or too few, or one is less than 1
     */
    public TransposedConvolutionGeometry dilation(int... dilations) {
        return with(windows.dilation(NAME, dilations));
    }

    /**
     * This geometry with channels in groups: each group of c / groups channels of x gives its outC / groups channels of y.
     *
     * @param count how many groups; a divisor of c and of outC
     * @return a new geometry
     * @throws IllegalArgumentException if it is no divisor
     */
    public TransposedConvolutionGeometry groups(int count) {
        return new TransposedConvolutionGeometry(n, c, outC, count, windows, outputPadding);
    }

    /**
     * The convolution whose backward-data this is: from y to x, with the same filter. Made at the first call.
     *
     * @return its geometry
     * @throws IllegalArgumentException if a size of y is less than 1, or an output padding is not less than the stride
     */
    public ConvolutionGeometry adjoint() {
        // Two threads may both make it: the two are equal.
        ConvolutionGeometry known = adjoint;
        if (known == null) {
            known = makeAdjoint();
            adjoint = known;
        }
        return known;
    }

    private ConvolutionGeometry makeAdjoint() {
        int[] sizes = new int[windows.rank()];
        int[] kernels = new int[sizes.length];
        int[] strides = new int[sizes.length];
        int[] begins = new int[sizes.length];
        int[] ends = new int[sizes.length];
        int[] dilations = new int[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            Window window = windows.window(i);
            sizes[i] = size(window, outputPadding[i]);
            kernels[i] = window.kernel();
            strides[i] = window.stride();
            begins[i] = window.padBegin();
            ends[i] = window.padEnd();
            dilations[i] = window.dilation();
        }
        ConvolutionGeometry plain = switch (sizes.length) {
            case 1 -> ConvolutionGeometry.of1d(n, outC, sizes[0], c, kernels[0]);
            case 2 -> ConvolutionGeometry.of2d(n, outC, sizes[0], sizes[1], c, kernels[0], kernels[1]);
            default -> ConvolutionGeometry.of3d(n, outC, sizes[0], sizes[1], sizes[2], c, kernels[0], kernels[1],
                    kernels[2]);
        };
        return plain.stride(strides).padding(begins, ends).dilation(dilations).groups(groups);
    }

    private static int size(Window window, int outputPadding) {
        if (outputPadding >= window.stride()) {
            throw new IllegalArgumentException(NAME + ": outputPadding = " + outputPadding
                    + ", need less than stride = " + window.stride());
        }
        long size = (window.input() - 1L) * window.stride() + window.span() - window.padBegin() - window.padEnd()
                + outputPadding;
        if (size < 1 || size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(NAME + ": a size of y would be " + size + ", need 1 to "
                    + Integer.MAX_VALUE);
        }
        return (int) size;
    }

    private TransposedConvolutionGeometry with(Windows other) {
        return new TransposedConvolutionGeometry(n, c, outC, groups, other, outputPadding);
    }

    private static void require(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(NAME + ": " + name + " = " + value + ", need " + name + " >= 1");
        }
    }
}
