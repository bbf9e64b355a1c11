package lanewise.testing.reference;

import lanewise.kernels.diagnostics.Machine;

/**
 * What the elementary functions err by, as measured over all floats, in units in the last place. Where this machine has no fused
 * multiply-add it is more, because each product of a polynomial is rounded.
 */
public final class ElementaryErrors {

    /** Of eˣ; 1.164 was the most without fused multiply-add. */
    public static final double EXP = Machine.hasFma() ? 0.9 : 1.2;

    /** Of eˣ, in units of roundoff, of which a unit in the last place is two at most. */
    public static final int EXP_ROUNDINGS = (int) Math.ceil(2 * EXP);

    /** Of log x; 0.912 was the most without. */
    public static final double LOG = Machine.hasFma() ? 0.9 : 0.92;

    /** Of the logistic function; 1.976 was the most without. */
    public static final double SIGMOID = Machine.hasFma() ? 1.65 : 2;

    /** Of the error function; 1.553 was the most without. */
    public static final double ERF = Machine.hasFma() ? 1.4 : 1.6;

    private ElementaryErrors() {}
}
