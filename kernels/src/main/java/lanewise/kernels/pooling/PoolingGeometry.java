package lanewise.kernels.pooling;

import lanewise.kernels.Window;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.Windows;

/**
 * The shapes of a pooling in one, two or three spatial dimensions: x is [n, c, d, h, w] and y [n, c, outD, outH, outW],
 * without the dimensions that are not there. A <em>plane</em> is what belongs to one image and one channel.
 *
 * <p>
 * Immutable: make it once and keep it. The stride is the size of the kernel, the dilation 1 and the padding 0 unless said
 * otherwise:
 *
 * <pre>
 * PoolingGeometry.of2d(n, 64, 112, 112, 3, 3).stride(2).padding(1)
 * </pre>
 */
public final class PoolingGeometry {

    private static final String NAME = "PoolingGeometry";

    private final int n;
    private final int c;
    private final Windows windows;
    private Tables tables;

    private PoolingGeometry(int n, int c, Windows windows) {
        Checks.size(NAME, "n", n);
        Checks.size(NAME, "c", c);
        this.n = n;
        this.c = c;
        this.windows = windows;
    }

    /**
     * A pooling with these windows.
     *
     * @param n images
     * @param c channels of an image
     * @param windows one for each of one to three spatial dimensions
     * @return the geometry
     * @throws IllegalArgumentException if n or c is negative, or windows are too few or too many
     */
    public static PoolingGeometry of(int n, int c, Window... windows) {
        return new PoolingGeometry(n, c, Windows.of(NAME, windows));
    }

    /**
     * A pooling over signals: x is [n, c, w].
     *
     * @param n images
     * @param c channels of an image
     * @param w width of an image
     * @param kernelW width of the kernel
     * @return the geometry
     * @throws IllegalArgumentException if n or c is negative or another size less than 1
     */
    public static PoolingGeometry of1d(int n, int c, int w, int kernelW) {
        return of(n, c, new int[]{w}, new int[]{kernelW});
    }

    /**
     * A pooling over images: x is [n, c, h, w].
     *
     * @param n images
     * @param c channels of an image
     * @param h height of an image
     * @param w its width
     * @param kernelH height of the kernel
     * @param kernelW width of the kernel
     * @return the geometry
     * @throws IllegalArgumentException if n or c is negative or another size less than 1
     */
    public static PoolingGeometry of2d(int n, int c, int h, int w, int kernelH, int kernelW) {
        return of(n, c, new int[]{h, w}, new int[]{kernelH, kernelW});
    }

    /**
     * A pooling over volumes: x is [n, c, d, h, w].
     *
     * @param n images
     * @param c channels of an image
     * @param d depth of an image
     * @param h its height
     * @param w its width
     * @param kernelD depth of the kernel
     * @param kernelH height of the kernel
     * @param kernelW width of the kernel
     * @return the geometry
     * @throws IllegalArgumentException if n or c is negative or another size less than 1
     */
    public static PoolingGeometry of3d(int n, int c, int d, int h, int w, int kernelD, int kernelH, int kernelW) {
        return of(n, c, new int[]{d, h, w}, new int[]{kernelD, kernelH, kernelW});
    }

    /**
     * Global pooling, one window over all, over signals: x is [n, c, w].
     *
     * @param n images
     * @param c channels of an image
     * @param w width of an image
     * @return the geometry
     * @throws IllegalArgumentException if n or c is negative or another size less than 1
     */
    public static PoolingGeometry global1d(int n, int c, int w) {
        return of1d(n, c, w, w);
    }

    /**
     * Global pooling, one window over all, over images: x is [n, c, h, w].
     *
     * @param n images
     * @param c channels of an image
     * @param h height of an image
     * @param w its width
     * @return the geometry
     * @throws IllegalArgumentException if n or c is negative or another size less than 1
     */
    public static PoolingGeometry global2d(int n, int c, int h, int w) {
        return of2d(n, c, h, w, h, w);
    }

    /**
     * Global pooling, one window over all, over volumes: x is [n, c, d, h, w].
     *
     * @param n images
     * @param c channels of an image
     * @param d depth of an image
     * @param h its height
     * @param w its width
     * @return the geometry
     * @throws IllegalArgumentException if n or c is negative or another size less than 1
     */
    public static PoolingGeometry global3d(int n, int c, int d, int h, int w) {
        return of3d(n, c, d, h, w, d, h, w);
    }

    private static PoolingGeometry of(int n, int c, int[] input, int[] kernel) {
        return new PoolingGeometry(n, c, Windows.of(input, kernel)).stride(kernel);
    }

    /**
     * This geometry with other strides.
     *
     * @param strides one for all spatial dimensions, or one for each; at least 1
     * @return a new geometry
     * @throws IllegalArgumentException if there are too many or too few, or one is less than 1
     */
    public PoolingGeometry stride(int... strides) {
        return with(windows.stride(NAME, strides));
    }

    /**
     * This geometry with padding around x, as much after as before.
     *
     * @param paddings one for all spatial dimensions, or one for each; not negative
     * @return a new geometry
     * @throws IllegalArgumentException if there are too many or too few, or one is negative
     */
    public PoolingGeometry padding(int... paddings) {
        return with(windows.padding(NAME, paddings, paddings));
    }

    /**
     * This geometry with padding around x.
     *
     * @param begin how much before the first element: one for all spatial dimensions, or one for each; not negative
     * @param end how much after the last element, in the same form
     * @return a new geometry
     * @throws IllegalArgumentException if there are too many or too few, or one is negative
     */
    public PoolingGeometry padding(int[] begin, int[] end) {
        return with(windows.padding(NAME, begin, end));
    }

    /**
     * This geometry with the padding that makes every size of y the size of x divided by the stride, rounded up; an odd
     * element goes to the end (ONNX's SAME_UPPER). Set stride and dilation before.
     *
     * @return a new geometry
     */
    public PoolingGeometry samePadding() {
        return with(windows.samePadding());
    }

    /**
     * This geometry with other distances between neighbouring elements of a window.
     *
     * @param dilations one for all spatial dimensions, or one for each; at least 1
     * @return a new geometry
     * @throws IllegalArgumentException if there are too many or too few, or one is less than 1
     */
    public PoolingGeometry dilation(int... dilations) {
        return with(windows.dilation(NAME, dilations));
    }

    /**
     * This geometry with the sizes of y rounded up: a last window may run over the end, provided it starts within x or the
     * padding before it (PyTorch's rule).
     *
     * @return a new geometry
     */
    public PoolingGeometry ceilMode() {
        return with(windows.ceil(true));
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
     * The number of channels.
     *
     * @return the number
     */
    public int c() {
        return c;
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
     * @throws IllegalArgumentException if the kernel is longer than the padded x
     */
    public int outD() {
        return depth().output();
    }

    /**
     * The height of y.
     *
     * @return the height; 1 with less than two spatial dimensions
     * @throws IllegalArgumentException if the kernel is longer than the padded x
     */
    public int outH() {
        return height().output();
    }

    /**
     * The width of y.
     *
     * @return the width
     * @throws IllegalArgumentException if the kernel is longer than the padded x
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
     * The number of elements of y.
     *
     * @return the number
     * @throws IllegalArgumentException if there are more than an array can hold, or the kernel is longer than the padded
     *             x
     */
    public int outputLength() {
        return length("y", (double) n * c * windows.output());
    }

    /** What kernels look up. Two threads may make it at once; they make the same, and all in it is final. */
    Tables tables() {
        Tables known = tables;
        if (known == null) {
            known = new Tables(this);
            tables = known;
        }
        return known;
    }

    /** The number of planes. */
    int planes() {
        return n * c;
    }

    /** The number of elements of a plane of x. */
    int planeLength() {
        return (int) windows.input();
    }

    /** The number of elements of a plane of y. */
    int outputPlaneLength() {
        return (int) windows.output();
    }

    /** A sentence for error messages. */
    @Override
    public String toString() {
        return NAME + "[n = " + n + ", c = " + c + ", " + windows + "]";
    }

    private PoolingGeometry with(Windows other) {
        return new PoolingGeometry(n, c, other);
    }

    private static int length(String name, double elements) {
        if (elements > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(String.format("%s: %s would have %.0f elements, need at most %d", NAME,
                    name, elements, Integer.MAX_VALUE));
        }
        return (int) elements;
    }
}
