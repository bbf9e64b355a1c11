package lanewise.properties.optimizer;

import lanewise.kernels.Workers;
import lanewise.kernels.optimizer.Momentum;
import lanewise.testing.GuardedArray;
import lanewise.testing.Rounded;
import lanewise.testing.contract.UpdateContract;
import lanewise.testing.reference.MomentumReference;

/** Properties of Nesterov's momentum. */
class NesterovMomentumProperties implements UpdateContract {

    private static final float LEARNING_RATE = 0.3f;
    private static final float MOMENTUM = 0.8f;
    private static final float WEIGHT_DECAY = 0.01f;

    @Override
    public int memories() {
        return 1;
    }

    @Override
    public void run(Workers workers, int n, int step, GuardedArray dw, GuardedArray[] state) {
        Momentum.update(workers, n, LEARNING_RATE, MOMENTUM, 0f, true, WEIGHT_DECAY, dw.array(), dw.offset(),
                state[0].array(), state[0].offset(), state[1].array(), state[1].offset());
    }

    @Override
    public void update(int step, double dw, Rounded[] state) {
        MomentumReference.update(LEARNING_RATE, MOMENTUM, 0f, true, WEIGHT_DECAY, dw, state);
    }
}
