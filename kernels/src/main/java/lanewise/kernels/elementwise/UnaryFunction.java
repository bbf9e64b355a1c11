package lanewise.kernels.elementwise;

/** A function of one number: what {@link Unary} computes, with its error and its derivative. */
public enum UnaryFunction {

    /** |x|, exact; derivative the sign of x, 0 at 0. */
    ABS,
    /** −x, exact. */
    NEGATE,
    /** x², correctly rounded. */
    SQUARE,
    /** √x, correctly rounded; NaN below 0. */
    SQRT,
    /** 1 / √x, within 1.5 ULP; NaN below 0. */
    RSQRT,
    /** 1 / x, correctly rounded. */
    RECIPROCAL,
    /** eˣ, within 0.9 ULP. */
    EXP,
    /** eˣ − 1, within 1.25 ULP. */
    EXPM1,
    /** log x, within 0.9 ULP; −∞ at 0, NaN below. */
    LOG,
    /** log(1 + x), within 3 ULP; −∞ at −1, NaN below. */
    LOG1P,
    /** The error function, within 1.4 ULP. */
    ERF,
    /** sin x, within 0.51 ULP; NaN of infinities. */
    SIN,
    /** cos x, within 0.51 ULP; NaN of infinities. */
    COS,
    /** The greatest integer not above x; derivative 0. */
    FLOOR,
    /** The least integer not below x; derivative 0. */
    CEIL,
    /** The nearest integer, the even one of two; derivative 0. */
    ROUND
}
