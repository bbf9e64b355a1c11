package lanewise.properties.activation;

import lanewise.kernels.Workers;
import lanewise.kernels.activation.ThresholdedRelu;
import lanewise.testing.GuardedArray;
import lanewise.testing.reference.ThresholdedReluReference;
import net.jqwik.api.Group;

/** Properties of {@link ThresholdedRelu}. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class ThresholdedReluProperties {

    private static final float ALPHA = 0.5f;

    /** y = f(x). */
    @Group
    class Forward extends ActivationForward {

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray y) {
            ThresholdedRelu.forward(workers, n, ALPHA, x[0].array(), x[0].offset(), y.array(), y.offset());
        }

        @Override
        public double value(double[] x) {
            return ThresholdedReluReference.value(ALPHA, x[0]);
        }

        @Override
        public double bound(double[] x) {
            return ThresholdedReluReference.bound(ALPHA, x[0]);
        }
    }

    /** dx = dy · f'(x), overwriting. */
    @Group
    class Backward extends ActivationBackward {

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray dx) {
            ThresholdedRelu.backward(workers, n, ALPHA, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(),
                    dx.array(), dx.offset(), accumulate());
        }

        @Override
        double gradient(double x, double dy) {
            return ThresholdedReluReference.backward(ALPHA, x, dy);
        }

        @Override
        double gradientBound(double x, double dy, double dx) {
            return ThresholdedReluReference.backwardBound(ALPHA, x, dy, dx);
        }
    }

    /** dx = dx + dy · f'(x). */
    @Group
    class AccumulatingBackward extends Backward {

        @Override
        boolean accumulate() {
            return true;
        }
    }
}
