package lanewise.kernels.reduction;

/** From a row of numbers to one: what {@link AxisReduction} computes. */
public enum ReductionOperator {

    /** Σ x; of an empty row 0. */
    SUM,
    /** Σ x / n; an empty row has none. */
    MEAN,
    /** The mean of the squared distances to the mean, without Bessel's correction; an empty row has none. */
    VARIANCE,
    /** The greatest element, NaN if there is one; an empty row has none. */
    MAX,
    /** The least element, NaN if there is one; an empty row has none. */
    MIN,
    /** Π x; of an empty row 1. */
    PRODUCT,
    /** Σ |x|; of an empty row 0. */
    L1,
    /** √Σ x²; of an empty row 0. */
    L2,
    /** Σ x²; of an empty row 0. */
    SQUARES;

    boolean isOfEmptyRow() {
        return this != MEAN && this != VARIANCE && this != MAX && this != MIN;
    }
}
