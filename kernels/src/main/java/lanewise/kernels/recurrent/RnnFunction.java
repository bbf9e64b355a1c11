package lanewise.kernels.recurrent;

/** What makes the state of a plain recurrent network of its sum. */
public enum RnnFunction {
    /** The hyperbolic tangent. */
    TANH,
    /** The greater of the sum and 0. */
    RELU
}
