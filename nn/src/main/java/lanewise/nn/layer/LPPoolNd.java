package lanewise.nn.layer;

import lanewise.nn.Tensor;
import lanewise.nn.autograd.LpPoolingOperation;

/**
 * Pooling by a power in any dimension.
 *
 * @param <L> the layer
 */
abstract class LPPoolNd<L extends LPPoolNd<L>> extends PoolNd<L> {

    private final float p;

    LPPoolNd(float p, int... kernel) {
        super(kernel);
        if (!(p >= 1 && p <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    getClass().getSimpleName() + ": p = " + p + ", need a finite number >= 1");
        }
        this.p = p;
    }

    @Override
    final Tensor apply(PoolWindow.Plan plan, Tensor x) {
        return LpPoolingOperation.apply(plan.geometry(), plan.output(), p, x);
    }
}
