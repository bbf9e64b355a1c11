package lanewise.nn.layer;

import lanewise.nn.Tensor;
import lanewise.nn.autograd.AveragePoolingOperation;

/**
 * Average pooling in any dimension.
 *
 * @param <L> the layer
 */
abstract class AvgPoolNd<L extends AvgPoolNd<L>> extends PoolNd<L> {

    private boolean countIncludePad = true;

    AvgPoolNd(int... kernel) {
        super(kernel);
    }

    /**
     * Sets how many zeros are put around the input, on each side.
     *
     * @param padding one for all dimensions, or one for each; not negative
     * @return this
     */
    public final L padding(int... padding) {
        window.padding(padding);
        return self();
    }

    /**
     * Sets whether a mean counts the zeros of the padding, as it does at first.
     *
     * @param include false to divide by the number of elements of the input in a window
     * @return this
     */
    public final L countIncludePad(boolean include) {
        countIncludePad = include;
        return self();
    }

    @Override
    final Tensor apply(PoolWindow.Plan plan, Tensor x) {
        return AveragePoolingOperation.apply(plan.geometry(), plan.output(), countIncludePad, x);
    }
}
