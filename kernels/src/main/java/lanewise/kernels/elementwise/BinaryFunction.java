package lanewise.kernels.elementwise;

/** A function of two numbers: what {@link Binary} computes. Sums and products are in {@link Elementwise}. */
public enum BinaryFunction {

    /** a − b, correctly rounded. */
    SUBTRACT,
    /** a / b, correctly rounded. */
    DIVIDE,
    /** The greater of both, exact; NaN if one is; +0 is greater than −0. The gradient goes to a where they are equal. */
    MAX,
    /** The lesser of both, exact; NaN if one is; −0 is less than +0. The gradient goes to a where they are equal. */
    MIN,
    /** aᵇ, within 0.51 ULP, with the special cases of {@code Math.pow}; one element after the other, far slower than exp. */
    POW,
    /** 1 where a &lt; b, else 0, also where one is NaN; the derivatives are 0. Exchange a and b for "greater". */
    LESS,
    /** 1 where a ≤ b, else 0, also where one is NaN; the derivatives are 0. */
    LESS_OR_EQUAL,
    /** 1 where a = b, else 0, also where one is NaN; the derivatives are 0. */
    EQUAL;

    /**
     * Whether the function says yes or no, and so has derivatives of 0.
     *
     * @return true for LESS, LESS_OR_EQUAL and EQUAL
     */
    public boolean isComparison() {
        return this == LESS || this == LESS_OR_EQUAL || this == EQUAL;
    }
}
