package lanewise.properties.loss;

import lanewise.kernels.Workers;
import lanewise.kernels.loss.SigmoidCrossEntropy;
import lanewise.testing.GuardedArray;
import lanewise.testing.contract.ElementwiseContract;
import lanewise.testing.contract.ReductionContract;
import lanewise.testing.reference.SigmoidCrossEntropyReference;
import net.jqwik.api.Group;

/** Properties of the cross-entropy of sigmoid outputs. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class SigmoidCrossEntropyProperties {

    private static final float SCALE = 0.125f;
    private static final float D_LOSS = -1.7f;

    /** loss = scale · Σ (max(z, 0) − z·t + log(1 + e^−|z|)). */
    @Group
    class Forward implements ReductionContract {

        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray loss) {
            SigmoidCrossEntropy.forward(workers, n, SCALE, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(),
                    loss.array(),
                    loss.offset());
        }

        @Override
        public double value(double[][] x) {
            return SigmoidCrossEntropyReference.value(SCALE, x[0], x[1]);
        }

        @Override
        public double bound(double[][] x) {
            return SigmoidCrossEntropyReference.bound(SCALE, x[0], x[1]);
        }

        @Override
        public boolean isExactOnIntegers() {
            return false;
        }
    }

    /** dz = dLoss · scale · (σ(z) − t), overwriting. */
    @Group
    class Backward implements ElementwiseContract {

        boolean accumulate() {
            return false;
        }

        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public boolean readsOutput() {
            return accumulate();
        }

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray dz) {
            SigmoidCrossEntropy.backward(workers, n, SCALE, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(),
                    new float[]{0, D_LOSS}, 1, dz.array(), dz.offset(), accumulate());
        }

        @Override
        public double value(double[] x) {
            return SigmoidCrossEntropyReference.backward(D_LOSS, SCALE, x[0], x[1]) + (accumulate() ? x[2] : 0);
        }

        @Override
        public double bound(double[] x) {
            return SigmoidCrossEntropyReference.backwardBound(D_LOSS, SCALE, x[0], x[1], accumulate() ? x[2] : 0);
        }
    }

    /** dz = dz + dLoss · scale · (σ(z) − t). */
    @Group
    class AccumulatingBackward extends Backward {

        @Override
        boolean accumulate() {
            return true;
        }
    }
}
