package lanewise.kernels.pooling;

import lanewise.kernels.Window;

/**
 * One dimension of a pooling, with tables of what would otherwise cost a division for each row: which elements of each
 * window lie inside, how many its mean is over, and which windows reach an element. Made anew for each call, in arrays that
 * are kept.
 */
final class Axis {

    private static final int[] NONE = {};

    int input;
    int output;
    int kernel;
    int stride;
    int padBegin;
    int dilation;
    /** For each output the first element of its window that is inside. */
    int[] firstTap = NONE;
    /** For each output the element after the last that is inside. */
    int[] endTap = NONE;
    /** For each output the number of elements that its mean is over. */
    float[] count = {};
    /** For each element the first output whose window reaches it. */
    int[] firstOutput = NONE;
    /** For each element the output after the last such. */
    int[] endOutput = NONE;
    /** The first output whose window lies wholly inside. */
    int interior;
    /** The output after the last such. */
    int interiorEnd;

    /** Describes a dimension from the side of the outputs. */
    void ofOutputs(Window window, boolean includePad) {
        set(window);
        if (firstTap.length < output) {
            firstTap = new int[output];
            endTap = new int[output];
            count = new float[output];
        }
        for (int o = 0; o < output; o++) {
            firstTap[o] = Taps.firstTap(window, o);
            endTap[o] = Taps.endTap(window, o);
            count[o] = Taps.count(window, o, includePad);
        }
        interior = Math.min(output, Math.ceilDiv(padBegin, stride));
        interiorEnd = Math.max(interior,
                Math.min(output, Math.floorDiv(input + padBegin - window.span(), stride) + 1));
    }

    /** Describes a dimension from both sides. */
    void ofOutputsAndElements(Window window, boolean includePad) {
        ofOutputs(window, includePad);
        if (firstOutput.length < input) {
            firstOutput = new int[input];
            endOutput = new int[input];
        }
        for (int i = 0; i < input; i++) {
            firstOutput[i] = Taps.firstOutput(window, i);
            endOutput[i] = Taps.endOutput(window, i);
        }
    }

    /** The element of the input with which an output's window starts; before the first if in padding. */
    int start(int o) {
        return o * stride - padBegin;
    }

    /** Whether an element between the ends of an output's window is one of it, and not between two because of dilation. */
    boolean covers(int o, int element) {
        return dilation == 1 || (element - start(o)) % dilation == 0;
    }

    private void set(Window window) {
        input = window.input();
        output = window.output();
        kernel = window.kernel();
        stride = window.stride();
        padBegin = window.padBegin();
        dilation = window.dilation();
    }
}
