package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;

/**
 * Pooling in any dimension.
 *
 * @param <L> the layer
 */
abstract class PoolNd<L extends PoolNd<L>> extends Module {

    final PoolWindow window;

    PoolNd(int... kernel) {
        window = new PoolWindow(getClass(), kernel);
    }

    abstract L self();

    abstract Tensor apply(PoolWindow.Plan plan, Tensor x);

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
        return apply(window.over(x.shape()), x);
    }
}
