package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.MaxPoolingOperation;

/**
 * Max pooling in any dimension.
 *
 * @param <L> the layer
 */
abstract class MaxPoolNd<L extends MaxPoolNd<L>> extends Module {

    private final PoolWindow window;

    MaxPoolNd(int... kernel) {
        window = new PoolWindow(getClass(), kernel);
    }

    abstract L self();

    /**
     * Sets how far the window moves from one element of the output to the next.
     *
     * @param stride one for all dimensions, or one for each; at least 1
     * @return this
     */
    public final L stride(int... stride) {
        window.stride(stride);
        return self();
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

    /**
     * Lets the last window reach beyond the padded input, if it begins inside.
     *
     * @return this
     */
    public final L ceilMode() {
        window.ceilMode();
        return self();
    }

    @Override
    public final Tensor forward(Tensor x) {
        PoolWindow.Plan plan = window.over(x.shape());
        return MaxPoolingOperation.apply(plan.geometry(), plan.output(), x);
    }
}
