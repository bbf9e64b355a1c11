package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.AveragePoolingOperation;

/**
 * Average pooling in any dimension.
 *
 * @param <L> the layer
 */
abstract class AvgPoolNd<L extends AvgPoolNd<L>> extends Module {

    private final PoolWindow window;
    private boolean countIncludePad = true;

    AvgPoolNd(int... kernel) {
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
        return AveragePoolingOperation.apply(plan.geometry(), plan.output(), countIncludePad, x);
    }
}
