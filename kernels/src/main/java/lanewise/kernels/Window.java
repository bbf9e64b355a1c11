package lanewise.kernels;

/**
 * A window that slides along one spatial dimension: the filter of a convolution, or what a pooling looks at. Of the
 * {@link #output()} positions, number o covers the elements {@code o * stride - padBegin + i * dilation} for i from 0 to
 * {@code kernel - 1}; those outside {@code [0, input)} are padding.
 *
 * @param input elements of the dimension
 * @param kernel elements of the window
 * @param stride steps from one position to the next
 * @param padBegin elements of padding before the first
 * @param padEnd elements of padding after the last
 * @param dilation steps from one element of the window to the next
 * @param ceil whether a last position that runs over the end counts, provided it starts within the input or the padding
 *        before it (PyTorch's rule)
 */
public record Window(int input, int kernel, int stride, int padBegin, int padEnd, int dilation, boolean ceil) {

    /** A dimension that is not there: one element, one position. */
    public static final Window NONE = new Window(1, 1, 1, 0, 0, 1, false);

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if input, kernel, stride or dilation is less than 1, a padding is negative, or a
     *             length with them is beyond 2<sup>30</sup>
     */
    public Window {
        require("input", input, 1);
        require("kernel", kernel, 1);
        require("stride", stride, 1);
        require("padBegin", padBegin, 0);
        require("padEnd", padEnd, 0);
        require("dilation", dilation, 1);
        atMost("input + padding", (long) input + padBegin + padEnd);
        atMost("dilation * (kernel - 1)", (kernel - 1L) * dilation);
    }

    /**
     * A window without padding or dilation that moves by one.
     *
     * @param input elements of the dimension
     * @param kernel elements of the window
     * @return the window
     */
    public static Window of(int input, int kernel) {
        return new Window(input, kernel, 1, 0, 0, 1, false);
    }

    /**
     * The number of positions: {@code (input + padBegin + padEnd - dilation * (kernel - 1) - 1) / stride + 1}, rounded as
     * {@code ceil} says.
     *
     * @return the number, at least 1
     * @throws IllegalArgumentException if the window is longer than the padded input
     */
    public int output() {
        int steps = input + padBegin + padEnd - span();
        if (steps < 0) {
            throw new IllegalArgumentException("Window: kernel = " + kernel + " with dilation " + dilation + " covers "
                    + span() + " elements, need at most " + (steps + span()) + " (input " + input + " + padding "
                    + padBegin + " + " + padEnd + ")");
        }
        return ceil
                ? Math.min(Math.ceilDiv(steps, stride) + 1, Math.ceilDiv(input + padBegin, stride))
                : steps / stride + 1;
    }

    /**
     * How many elements lie between the first and the last one that a position covers, both included.
     *
     * @return the number
     */
    public int span() {
        return (kernel - 1) * dilation + 1;
    }

    /**
     * This window with another stride.
     *
     * @param steps the stride
     * @return a new window
     */
    public Window withStride(int steps) {
        return new Window(input, kernel, steps, padBegin, padEnd, dilation, ceil);
    }

    /**
     * This window with another padding.
     *
     * @param begin elements of padding before the first
     * @param end elements of padding after the last
     * @return a new window
     */
    public Window withPadding(int begin, int end) {
        return new Window(input, kernel, stride, begin, end, dilation, ceil);
    }

    /**
     * This window with the padding that gives {@code ceil(input / stride)} positions, evenly on both sides; an odd element
     * goes to the end (ONNX's SAME_UPPER).
     *
     * @return a new window
     */
    public Window withSamePadding() {
        int missing = Math.max(0, (Math.ceilDiv(input, stride) - 1) * stride + span() - input);
        return withPadding(missing / 2, missing - missing / 2);
    }

    /**
     * This window with another dilation.
     *
     * @param steps the dilation
     * @return a new window
     */
    public Window withDilation(int steps) {
        return new Window(input, kernel, stride, padBegin, padEnd, steps, ceil);
    }

    /**
     * This window with a rounded-up number of positions, or not.
     *
     * @param up whether to round up
     * @return a new window
     */
    public Window withCeil(boolean up) {
        return new Window(input, kernel, stride, padBegin, padEnd, dilation, up);
    }

    private static void require(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("Window: " + name + " = " + value + ", need " + name + " >= " + least);
        }
    }

    private static void atMost(String name, long value) {
        if (value > 1 << 30) {
            throw new IllegalArgumentException("Window: " + name + " = " + value + ", need at most " + (1 << 30));
        }
    }
}
