package lanewise.properties.optimizer;

import lanewise.kernels.Workers;
import lanewise.kernels.optimizer.Sgd;
import lanewise.testing.GuardedArray;
import lanewise.testing.contract.ElementwiseContract;
import lanewise.testing.reference.SgdReference;

/** Properties of plain gradient descent: w = w − learningRate · (dw + weightDecay · w). */
class SgdProperties implements ElementwiseContract {

    private static final float LEARNING_RATE = 0.3f;
    private static final float WEIGHT_DECAY = 0.01f;

    @Override
    public int inputs() {
        return 1;
    }

    @Override
    public boolean readsOutput() {
        return true;
    }

    @Override
    public boolean mayBeInPlace(int input) {
        return false;
    }

    @Override
    public void run(Workers workers, int n, GuardedArray[] x, GuardedArray w) {
        Sgd.update(workers, n, LEARNING_RATE, WEIGHT_DECAY, x[0].array(), x[0].offset(), w.array(), w.offset());
    }

    @Override
    public double value(double[] x) {
        return SgdReference.value(LEARNING_RATE, WEIGHT_DECAY, x[0], x[1]);
    }

    @Override
    public double bound(double[] x) {
        return SgdReference.bound(LEARNING_RATE, WEIGHT_DECAY, x[0], x[1]);
    }
}
