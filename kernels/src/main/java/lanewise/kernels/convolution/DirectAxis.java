package lanewise.kernels.convolution;

import lanewise.kernels.Window;

/**
 * One spatial dimension of a sum over a window, brought to stride 1.
 *
 * <p>
 * Forward with stride s, x is dealt out to s phases: phase p holds every s-th element from p on. Position j with element k
 * of the filter then reads element j + offset(k) of phase k · dilation mod s.
 *
 * <p>
 * Backward, the elements of dx are dealt out instead: those of phase p are met by the elements k of the filter with
 * k · dilation mod s = p, so each phase is a sum with stride 1 over dy, without a multiplication by the zeros that a stride
 * would put between its elements.
 */
final class DirectAxis {

    private int kernel;
    private int dilation;
    private int stride;
    private boolean backward;
    private int count;
    private int reach;
    private int shift;
    private int sourceLength;
    private int targetShift;
    private int targetLength;
    private int[] meetings = new int[0];

    /** From x to y. */
    void forward(Window window) {
        set(window, false);
        count = window.output();
        shift = -window.padBegin();
        sourceLength = window.input();
        targetShift = 0;
        targetLength = count;
        listMeetings();
    }

    /** From dy to dx. */
    void backward(Window window) {
        set(window, true);
        int least = window.padBegin() / stride;
        count = (window.padBegin() + window.input() - 1) / stride - least + 1;
        shift = least - reach;
        sourceLength = window.output();
        targetShift = least * stride - window.padBegin();
        targetLength = window.input();
        listMeetings();
    }

    private void set(Window window, boolean isBackward) {
        kernel = window.kernel();
        dilation = window.dilation();
        stride = window.stride();
        reach = (window.span() - 1) / stride;
        backward = isBackward;
    }

    /** Number of elements of the filter. */
    int kernel() {
        return kernel;
    }

    /** Number of positions in each phase of the target. */
    int count() {
        return count;
    }

    /** The greatest offset. */
    int reach() {
        return reach;
    }

    /** How many phases the source is dealt out to, of those that the filter meets. */
    int sourcePhases() {
        return backward ? 1 : Math.min(stride, (kernel - 1) * dilation + 1);
    }

    /** How many phases the target is dealt out to. */
    int targetPhases() {
        return backward ? stride : 1;
    }

    int sourcePhase(int k) {
        return backward ? 0 : k * dilation % stride;
    }

    int targetPhase(int k) {
        return backward ? k * dilation % stride : 0;
    }

    /** From a position to the element of the source's phase that this element of the filter meets there. */
    int offset(int k) {
        return backward ? reach - k * dilation / stride : k * dilation / stride;
    }

    /** The index in the source of the first element of a phase; the next are {@link #sourceStep} apart. */
    int sourceShift(int phase) {
        return shift + phase;
    }

    int sourceStep() {
        return backward ? 1 : stride;
    }

    int sourceLength() {
        return sourceLength;
    }

    /** The index in the target of a phase's first position; the next are {@link #targetStep} apart. */
    int targetShift(int phase) {
        return targetShift + phase;
    }

    int targetStep() {
        return backward ? stride : 1;
    }

    int targetLength() {
        return targetLength;
    }

    /** The index in the source of an element of a phase, or -1 if that is padding. */
    int source(int phase, int element) {
        int index = sourceShift(phase) + element * sourceStep();
        return index < sourceLength ? Math.max(-1, index) : -1;
    }

    /** The index in the target of a position, or -1 if it is none of the target's. */
    int target(int phase, int position) {
        int index = targetShift(phase) + position * targetStep();
        return index < targetLength ? Math.max(-1, index) : -1;
    }

    /** How many elements of the filter belong to a phase of the target. */
    int taps(int phase) {
        int taps = 0;
        for (int k = 0; k < kernel; k++) {
            taps += targetPhase(k) == phase ? 1 : 0;
        }
        return taps;
    }

    /** The first of a phase's taps that meets the source at a position, and not its padding. */
    int firstTap(int phase, int position) {
        return meetings[2 * (phase * count + position)];
    }

    /** One past the last of a phase's taps that meets the source at a position; 0 if none does. */
    int endTap(int phase, int position) {
        return meetings[2 * (phase * count + position) + 1];
    }

    private void listMeetings() {
        if (meetings.length < 2 * targetPhases() * count) {
            meetings = new int[2 * targetPhases() * count];
        }
        int at = 0;
        for (int phase = 0; phase < targetPhases(); phase++) {
            for (int position = 0; position < count; position++) {
                int first = 0;
                int end = 0;
                int tap = 0;
                for (int k = 0; k < kernel; k++) {
                    if (targetPhase(k) == phase) {
                        tap++;
                        if (source(sourcePhase(k), position + offset(k)) >= 0) {
                            first = end == 0 ? tap - 1 : first;
                            end = tap;
                        }
                    }
                }
                meetings[at++] = first;
                meetings[at++] = end;
            }
        }
    }
}
