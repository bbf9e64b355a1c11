package lanewise.kernels.convolution;

import lanewise.kernels.Window;

/**
 * One spatial dimension of a {@link Walk}: position j meets the source's elements {@code j * step + offset(i)}, one for each
 * element {@code tap(i)} of the filter that takes part; those outside {@code [0, source)} are zeros. Its results are the
 * target's elements {@code targetBegin + j * targetStep}.
 *
 * @param source elements of the source
 * @param positions how many positions
 * @param step source elements from one position to the next
 * @param kernel elements of the filter
 * @param taps how many of them take part
 * @param firstTap the first of them
 * @param tapStep from one to the next
 * @param firstOffset where position 0 meets the first
 * @param offsetStep from there to where it meets the next
 * @param target elements of the target
 * @param targetBegin the first of them that is written
 * @param targetStep from one to the next
 * @param zerosBefore zeros before the source
 * @param padded elements of the source with the zeros that positions meet before and after it
 */
record Axis(int source, int positions, int step, int kernel, int taps, int firstTap, int tapStep, int firstOffset,
        int offsetStep,
        int target, int targetBegin, int targetStep, int zerosBefore, int padded) {

    /** y from x: position by position of the window. */
    static Axis forward(Window window) {
        return new Axis(window.input(), window.output(), window.stride(), window.kernel(), window.kernel(), 0,
                1, -window.padBegin(),
                window.dilation(), window.output(), 0, 1, window.padBegin(),
                (window.output() - 1) * window.stride() + window.span());
    }

    /**
     * dx from dy: those elements of x that are {@code phase} more than a multiple of the stride. They all meet the same
     * elements of the filter, those that lie a multiple of the stride away. All phases have the same zeros around dy.
     */
    static Axis backward(Window window, int phase) {
        int stride = window.stride();
        int tapStep = stride / gcd(stride, window.dilation());
        int first = 0;
        while (first < tapStep && distance(window, phase, first) % stride != 0) {
            first++;
        }
        int taps = first == tapStep ? 0 : Math.max(0, Math.ceilDiv(window.kernel() - first, tapStep));
        int positions = Math.ceilDiv(window.input() - phase, stride);
        // The farthest elements of dy that any phase meets.
        int before = Math.max(0, -Math.floorDiv(distance(window, 0, window.kernel() - 1), stride));
        int after = Math.floorDiv(distance(window, window.input() - 1, 0), stride);
        return new Axis(window.output(), positions, 1, window.kernel(), taps, first, tapStep,
                Math.floorDiv(distance(window, phase, first), stride), -window.dilation() * tapStep / stride,
                window.input(), phase, stride, before, before + Math.max(0, after) + 1);
    }

    private static int distance(Window window, int phase, int tap) {
        return phase + window.padBegin() - tap * window.dilation();
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** An element of the filter that takes part. */
    int tap(int i) {
        return firstTap + i * tapStep;
    }

    /** Where position 0 meets it. */
    int offset(int i) {
        return firstOffset + i * offsetStep;
    }

    /** Whether no position meets a zero outside the source. */
    boolean isInside() {
        return zerosBefore == 0 && padded <= source;
    }

    /** Whether every position meets just the element of its own number. */
    boolean isIdentity() {
        return step == 1 && positions == source && taps == 1 && firstOffset == 0;
    }
}
