package lanewise.kernels.activation;

/** An activation function that a kernel may apply to its result while that is still in cache. */
public enum Activation {

    /** y = x. */
    IDENTITY,

    /** y = max(x, 0); see {@link Relu}. */
    RELU,

    /** y = 1 / (1 + exp(-x)); see {@link Sigmoid}. */
    SIGMOID
}
