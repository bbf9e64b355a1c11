package lanewise.kernels.gemm;

/** Whether an operand of a product is used as stored or transposed. */
public enum Transpose {

    /** As stored. */
    NO_TRANS,

    /** Transposed. */
    TRANS
}
