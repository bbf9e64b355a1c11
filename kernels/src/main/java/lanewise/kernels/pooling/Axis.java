package lanewise.kernels.pooling;

import lanewise.kernels.Window;

/**
 * One dimension of a pooling, with tables of what would otherwise cost a division for each row: which elements of each
 * window lie inside, and which windows reach an element. Immutable.
 */
final class Axis {

    final int input;
    final int output;
    final int kernel;
    final int stride;
    final int padBegin;
    final int dilation;
    /** From the first element of a window to the last, both included. */
    final int span;
    /** For each output the first element of its window that is inside. */
    final int[] firstTap;
    /** For each output the element after the last that is inside. */
    final int[] endTap;
    /** For each element the first output whose window reaches it. */
    final int[] firstOutput;
    /** For each element the output after the last such. */
    final int[] endOutput;
    /** The first output whose window lies wholly inside. */
    final int interior;
    /** The output after the last such. */
    final int interiorEnd;

    Axis(Window window) {
        input = window.input();
        output = window.output();
        kernel = window.kernel();
        stride = window.stride();
        padBegin = window.padBegin();
        dilation = window.dilation();
        span = window.span();
        firstTap = new int[output];
        endTap = new int[output];
        for (int o = 0; o < output; o++) {
            firstTap[o] = Taps.firstTap(window, o);
            endTap[o] = Taps.endTap(window, o);
        }
        firstOutput = new int[input];
        endOutput = new int[input];
        for (int i = 0; i < input; i++) {
            firstOutput[i] = Taps.firstOutput(window, i);
            endOutput[i] = Taps.endOutput(window, i);
        }
        interior = Math.min(output, Math.ceilDiv(padBegin, stride));
        interiorEnd = Math.max(interior, Math.min(output, Math.floorDiv(input + padBegin - span, stride) + 1));
    }

    /** The element of the input with which an output's window starts; before the first if in padding. */
    int start(int o) {
        return o * stride - padBegin;
    }

    /** Whether the dimension might as well not be there: one element, which is the one window. */
    boolean isNone() {
        return input == 1 && output == 1 && kernel == 1 && padBegin == 0;
    }

    /** Whether an element between the ends of an output's window is one of it, and not between two because of dilation. */
    boolean covers(int o, int element) {
        return dilation == 1 || (element - start(o)) % dilation == 0;
    }
}
