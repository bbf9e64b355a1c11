package lanewise.properties.optimizer;

import lanewise.kernels.Workers;
import lanewise.kernels.optimizer.AdaDelta;
import lanewise.testing.GuardedArray;
import lanewise.testing.Rounded;
import lanewise.testing.contract.UpdateContract;
import lanewise.testing.reference.AdaDeltaReference;

/** Properties of AdaDelta. */
class AdaDeltaProperties implements UpdateContract {

    private static final float LEARNING_RATE = 0.7f;
    private static final float SMOOTHING = 0.9f;
    private static final float EPSILON = 1e-3f;
    private static final float WEIGHT_DECAY = 0.01f;

    @Override
    public int memories() {
        return 2;
    }

    @Override
    public void run(Workers workers, int n, int step, GuardedArray dw, GuardedArray[] state) {
        AdaDelta.update(workers, n, LEARNING_RATE, SMOOTHING, EPSILON, WEIGHT_DECAY, dw.array(), dw.offset(),
                state[0].array(), state[0].offset(), state[1].array(), state[1].offset(), state[2].array(),
                state[2].offset());
    }

    @Override
    public void update(int step, double dw, Rounded[] state) {
        AdaDeltaReference.update(LEARNING_RATE, SMOOTHING, EPSILON, WEIGHT_DECAY, dw, state);
    }
}
