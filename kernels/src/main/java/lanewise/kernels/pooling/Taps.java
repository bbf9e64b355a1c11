package lanewise.kernels.pooling;

import lanewise.kernels.Window;

/** Which elements of a dimension lie in which windows. */
final class Taps {

    private Taps() {}

    /** The first element of a window that is not in the padding before the input. */
    static int firstTap(Window window, int output) {
        int start = output * window.stride() - window.padBegin();
        return start >= 0 ? 0 : Math.min(window.kernel(), Math.ceilDiv(-start, window.dilation()));
    }

    /** The element of a window after the last that is not behind the input; not before {@link #firstTap}. */
    static int endTap(Window window, int output) {
        int start = output * window.stride() - window.padBegin();
        int end = Math.clamp(Math.ceilDiv(window.input() - start, window.dilation()), 0, window.kernel());
        return Math.max(firstTap(window, output), end);
    }

    /** The first output whose window reaches an element, or the first behind. */
    static int firstOutput(Window window, int element) {
        return Math.max(0, Math.ceilDiv(element + window.padBegin() - window.span() + 1, window.stride()));
    }

    /** The output after the last whose window reaches an element. */
    static int endOutput(Window window, int element) {
        return Math.min(window.output(), (element + window.padBegin()) / window.stride() + 1);
    }

    /** Whether an element between the ends of an output's window is one of it, and not between two because of dilation. */
    static boolean covers(Window window, int output, int element) {
        return (element + window.padBegin() - output * window.stride()) % window.dilation() == 0;
    }

    /**
     * How many elements a mean is over, along one dimension. Padding is counted or not, but what lies behind the padding
     * (where rounding up lets a window run over the end) never is. A mean over nothing is the sum 0 divided by 1.
     */
    static int count(Window window, int output, boolean includePad) {
        int end = endTap(window, output);
        if (!includePad) {
            return Math.max(1, end - firstTap(window, output));
        }
        int behind = window.input() + window.padEnd() - (output * window.stride() - window.padBegin());
        return Math.clamp(Math.ceilDiv(behind, window.dilation()), 1, window.kernel());
    }
}
