package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.LpPoolingOperation;

/**
 * Pooling by a power in any dimension.
 *
 * @param <L> the layer
 */
abstract class LPPoolNd<L extends LPPoolNd<L>> extends Module {

    private final PoolWindow window;
    private final float p;

    LPPoolNd(float p, int... kernel) {
        window = new PoolWindow(getClass(), kernel);
        if (!(p >= 1 && p <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    getClass().getSimpleName() + ": p = " + p + ", need a finite number >= 1");
        }
        this.p = p;
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
        return LpPoolingOperation.apply(plan.geometry(), plan.output(), p, x);
    }
}
