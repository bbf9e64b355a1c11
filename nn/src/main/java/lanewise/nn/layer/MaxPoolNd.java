package lanewise.nn.layer;

import lanewise.nn.Tensor;
import lanewise.nn.autograd.MaxPoolingOperation;

/**
 * Max pooling in any dimension.
 *
 * @param <L> the layer
 */
abstract class MaxPoolNd<L extends MaxPoolNd<L>> extends PoolNd<L> {

    MaxPoolNd(int... kernel) {
        super(kernel);
    }

    /**
     * Sets how many elements, smaller than any number, are put around the input, on each side.
     *
     * @param padding one for all dimensions, or one for each; not negative
     * @return this
     */
    public final L padding(int... padding) {
        window.padding(padding);
        return self();
    }

    /**
     * Sets the distance between neighbouring elements of a window.
     *
     * @param dilation one for all dimensions, or one for each; at least 1
     * @return this
     */
    public final L dilation(int... dilation) {
        window.dilation(dilation);
        return self();
    }

    @Override
    final Tensor apply(PoolWindow.Plan plan, Tensor x) {
        return MaxPoolingOperation.apply(plan.geometry(), plan.output(), x);
    }
}
