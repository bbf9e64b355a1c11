package lanewise.kernels.convolution;

import java.util.ArrayList;
import java.util.List;
import lanewise.kernels.Window;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.Windows;

/**
 * The shapes of a convolution in one, two or three spatial dimensions, as in ONNX and PyTorch: x is [n, c, d, h, w], the
 * filter [outC, c / groups, kernelD, kernelH, kernelW], y [n, outC, outD, outH, outW], without the dimensions that are not
 * there. Filters are not flipped (cross-correlation).
 *
 * <p>
 * Immutable: make it once and keep it. Stride and dilation are 1, padding is 0 and there is one group unless said
 * otherwise:
 *
 * <pre>
 * ConvolutionGeometry.of2d(n, 3, 224, 224, 64, 7, 7).stride(2).padding(3)
 * </pre>
 */
public final class ConvolutionGeometry {

    private static final String NAME = "ConvolutionGeometry";

    private final int n;
    private final int c;
    private final int outC;
    private final int groups;
    private final Windows windows;
    // Made at the first use, since most geometries are steps on the way to one that is used. Any thread makes the same.
    private Walk[] forwardWalks;
    private Walk[] backwardWalks;

    private ConvolutionGeometry(int n, int c, int outC, int groups, Windows windows) {
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
    }

    /**
     * A convolution over signals: x is [n, c, w].
     *
     * @param n images
     * @param c channels of an image
     * @param w its width
     * @param outC channels of the result
     * @param kernelW width of the filter
     * @return the geometry
     * @throws IllegalArgumentException if n is negative or another size less than 1
     */
    public static ConvolutionGeometry of1d(int n, int c, int w, int outC, int kernelW) {
        return new ConvolutionGeometry(n, c, outC, 1, Windows.of(new int[]{w}, new int[]{kernelW}));
    }

    /**
     * A convolution over images: x is [n, c, h, w].
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
    public static ConvolutionGeometry of2d(int n, int c, int h, int w, int outC, int kernelH, int kernelW) {
        return new ConvolutionGeometry(n, c, outC, 1, Windows.of(new int[]{h, w}, new int[]{kernelH, kernelW}));
    }

    /**
     * A convolution over volumes: x is [n, c, d, h, w].
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
    public static ConvolutionGeometry of3d(int n, int c, int d, int h, int w, int outC, int kernelD, int kernelH,
            int kernelW) {
        return new ConvolutionGeometry(n, c, outC, 1,
                Windows.of(new int[]{d, h, w}, new int[]{kernelD, kernelH, kernelW}));
    }

    /**
     * A convolution whose filter moves as these windows do; {@link Window#ceil} is not heeded.
     *
     * @param n images
     * @param c channels of an image
     * @param outC channels of the result
     * @param groups a divisor of c and of outC
     * @param windows one for each of one to three spatial dimensions
     * @return the geometry
     * @throws IllegalArgumentException if n is negative, another size less than 1, groups no divisor, or windows too few or too many
     */
    public static ConvolutionGeometry of(int n, int c, int outC, int groups, Window... windows) {
        return new ConvolutionGeometry(n, c, outC, groups, Windows.of(NAME, windows).ceil(false));
    }

    /**
     * This geometry with other strides.
     *
     * @param strides one for all spatial dimensions, or one for each; at least 1
     * @return a new geometry
     * @throws IllegalArgumentException if there are too many or too few, or one is less than 1
     */
    public ConvolutionGeometry stride(int... strides) {
        return with(windows.stride(NAME, strides));
    }

    /**
     * This geometry with zeros around x, as many after as before.
     *
     * @param paddings one for all spatial dimensions, or one for each; not negative
     * @return a new geometry
     * @throws IllegalArgumentException if there are too many or too few, or one is negative
     */
    public ConvolutionGeometry padding(int... paddings) {
        return with(windows.padding(NAME, paddings, paddings));
    }

    /**
     * This geometry with zeros around x.
     *
     * @param begin how many before the first element: one for all spatial dimensions, or one for each; not negative
     * @param end how many after the last element, in the same form
     * @return a new geometry
     * @throws IllegalArgumentException if there are too many or too few, or one is negative
     */
    public ConvolutionGeometry padding(int[] begin, int[] end) {
        return with(windows.padding(NAME, begin, end));
    }

    /**
     * This geometry with the padding that makes every size of y the size of x divided by the stride, rounded up; an odd
     * element goes to the end (ONNX's SAME_UPPER). Set stride and dilation before.
     *
     * @return a new geometry
     */
    public ConvolutionGeometry samePadding() {
        return with(windows.samePadding());
    }

    /**
     * This geometry without padding: windows lie wholly within x.
     *
     * @return a new geometry
     */
    public ConvolutionGeometry validPadding() {
        return padding(0);
    }

    /**
     * This geometry with other distances between neighbouring elements of the filter.
     *
     * @param dilations one for all spatial dimensions, or one for each; at least 1
     * @return a new geometry
     * @throws IllegalArgumentException if there are too many or too few, or one is less than 1
     */
    public ConvolutionGeometry dilation(int... dilations) {
        return with(windows.dilation(NAME, dilations));
    }

    /**
     * This geometry with channels in groups: each group of outC / groups channels of y sees its c / groups channels of x.
     *
     * @param count how many groups; a divisor of c and of outC
     * @return a new geometry
     * @throws IllegalArgumentException if it is no divisor
     */
    public ConvolutionGeometry groups(int count) {
        return new ConvolutionGeometry(n, c, outC, count, windows);
    }

    /**
     * The number of spatial dimensions.
     *
     * @return 1, 2 or 3
     */
    public int rank() {
        return windows.rank();
    }

    /**
     * The number of images.
     *
     * @return the number
     */
    public int n() {
        return n;
    }

    /**
     * The number of channels of x.
     *
     * @return the number
     */
    public int c() {
        return c;
    }

    /**
     * The number of channels of y.
     *
     * @return the number
     */
    public int outC() {
        return outC;
    }

    /**
     * The number of groups.
     *
     * @return the number
     */
    public int groups() {
        return groups;
    }

    /**
     * The window along the depth.
     *
     * @return the window; {@link Window#NONE} with less than three spatial dimensions
     */
    public Window depth() {
        return windows.depth();
    }

    /**
     * The window along the height.
     *
     * @return the window; {@link Window#NONE} with less than two spatial dimensions
     */
    public Window height() {
        return windows.height();
    }

    /**
     * The window along the width.
     *
     * @return the window
     */
    public Window width() {
        return windows.width();
    }

    /**
     * The depth of y.
     *
     * @return the depth; 1 with less than three spatial dimensions
     * @throws IllegalArgumentException if the filter is longer than the padded x
     */
    public int outD() {
        return depth().output();
    }

    /**
     * The height of y.
     *
     * @return the height; 1 with less than two spatial dimensions
     * @throws IllegalArgumentException if the filter is longer than the padded x
     */
    public int outH() {
        return height().output();
    }

    /**
     * The width of y.
     *
     * @return the width
     * @throws IllegalArgumentException if the filter is longer than the padded x
     */
    public int outW() {
        return width().output();
    }

    /**
     * The number of elements of x.
     *
     * @return the number
     * @throws IllegalArgumentException if there are more than an array can hold
     */
    public int imageLength() {
        return length("x", (double) n * c * windows.input());
    }

    /**
     * The number of elements of the filter.
     *
     * @return the number
     * @throws IllegalArgumentException if there are more than an array can hold
     */
    public int filterLength() {
        return length("the filter", (double) outC * c * windows.kernel() / groups);
    }

    /**
     * The number of elements of y.
     *
     * @return the number
     * @throws IllegalArgumentException if there are more than an array can hold, or the filter is longer than the padded
     *             x
     */
    public int outputLength() {
        return length("y", (double) n * outC * windows.output());
    }

    /** A sentence for error messages. */
    @Override
    public String toString() {
        return NAME + "[n = " + n + ", c = " + c + ", outC = " + outC + ", groups = " + groups + ", " + windows + "]";
    }

    /** How y is computed from x. */
    Walk forwardWalk() {
        return forwardWalks()[0];
    }

    /** The one way in which y is computed from x. */
    Walk[] forwardWalks() {
        Walk[] walks = forwardWalks;
        if (walks == null) {
            walks = new Walk[]{
                    new Walk(c / groups, Axis.forward(depth()), Axis.forward(height()), Axis.forward(width()))};
            forwardWalks = walks;
        }
        return walks;
    }

    /** How dx is computed from dy, one for each phase of the stride; all with the same zeros around dy. */
    Walk[] backwardWalks() {
        Walk[] walks = backwardWalks;
        if (walks == null) {
            List<Walk> phases = new ArrayList<>();
            for (int d = 0; d < Math.min(depth().stride(), depth().input()); d++) {
                for (int h = 0; h < Math.min(height().stride(), height().input()); h++) {
                    for (int w = 0; w < Math.min(width().stride(), width().input()); w++) {
                        phases.add(new Walk(outC / groups, Axis.backward(depth(), d), Axis.backward(height(), h),
                                Axis.backward(width(), w)));
                    }
                }
            }
            walks = phases.toArray(Walk[]::new);
            backwardWalks = walks;
        }
        return walks;
    }

    private ConvolutionGeometry with(Windows other) {
        return new ConvolutionGeometry(n, c, outC, groups, other);
    }

    private static int length(String name, double elements) {
        if (elements > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(String.format("%s: %s would have %.0f elements, need at most %d", NAME,
                    name, elements, Integer.MAX_VALUE));
        }
        return (int) elements;
    }

    private static void require(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(NAME + ": " + name + " = " + value + ", need " + name + " >= 1");
        }
    }
}
