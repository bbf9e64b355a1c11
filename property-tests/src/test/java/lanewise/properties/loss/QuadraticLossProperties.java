package lanewise.properties.loss;

import lanewise.kernels.Workers;
import lanewise.kernels.loss.QuadraticLoss;
import lanewise.testing.GuardedArray;
import lanewise.testing.contract.ElementwiseContract;
import lanewise.testing.contract.ReductionContract;
import lanewise.testing.reference.QuadraticLossReference;
import net.jqwik.api.Group;

/** Properties of the quadratic loss. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class QuadraticLossProperties {

    private static final float SCALE = 0.125f;
    private static final float D_LOSS = -1.7f;

    /** loss = scale · ½ · Σ (y − t)². */
    @Group
    class Forward implements ReductionContract {

        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray loss) {
            QuadraticLoss.forward(workers, n, SCALE, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(),
                    loss.array(),
                    loss.offset());
        }

        @Override
        public double value(double[][] x) {
            return QuadraticLossReference.value(SCALE, x[0], x[1]);
        }

        @Override
        public double bound(double[][] x) {
            return QuadraticLossReference.bound(SCALE, x[0], x[1]);
        }
    }

    /** dy = dLoss · scale · (y − t), overwriting. */
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
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray dy) {
            QuadraticLoss.backward(workers, n, SCALE, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(),
                    new float[]{0, D_LOSS}, 1, dy.array(), dy.offset(), accumulate());
        }

        @Override
        public double value(double[] x) {
            return QuadraticLossReference.backward(D_LOSS, SCALE, x[0], x[1]) + (accumulate() ? x[2] : 0);
        }

        @Override
        public double bound(double[] x) {
            return QuadraticLossReference.backwardBound(D_LOSS, SCALE, x[0], x[1], accumulate() ? x[2] : 0);
        }
    }

    /** dy = dy + dLoss · scale · (y − t). */
    @Group
    class AccumulatingBackward extends Backward {

        @Override
        boolean accumulate() {
            return true;
        }
    }
}
