package lanewise.properties.optimizer;

import lanewise.kernels.Workers;
import lanewise.kernels.optimizer.Adam;
import lanewise.testing.GuardedArray;
import lanewise.testing.Rounded;
import lanewise.testing.contract.UpdateContract;
import lanewise.testing.reference.AdamReference;

/** Properties of Adam, whose weight decay is a part of the gradient. */
class AdamProperties implements UpdateContract {

    private static final float LEARNING_RATE = 0.3f;
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.99f;
    private static final float EPSILON = 1e-3f;
    private static final float WEIGHT_DECAY = 0.01f;

    @Override
    public int memories() {
        return 2;
    }

    @Override
    public void run(Workers workers, int n, int step, GuardedArray dw, GuardedArray[] state) {
        Adam.update(workers, n, LEARNING_RATE, BETA1, BETA2, EPSILON, WEIGHT_DECAY, false, step, dw.array(),
                dw.offset(), state[0].array(), state[0].offset(), state[1].array(), state[1].offset(), state[2].array(),
                state[2].offset());
    }

    @Override
    public void update(int step, double dw, Rounded[] state) {
        AdamReference.update(LEARNING_RATE, BETA1, BETA2, EPSILON, WEIGHT_DECAY, false, step, dw, state);
    }
}
