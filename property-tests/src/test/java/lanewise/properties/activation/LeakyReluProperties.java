package lanewise.properties.activation;

import lanewise.kernels.Workers;
import lanewise.kernels.activation.LeakyRelu;
import lanewise.testing.GuardedArray;
import lanewise.testing.reference.LeakyReluReference;
import net.jqwik.api.Group;

/** Properties of {@link LeakyRelu}. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class LeakyReluProperties {

    private static final float ALPHA = 0.1f;

    /** y = f(x). */
    @Group
    class Forward extends ActivationForward {

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray y) {
            LeakyRelu.forward(workers, n, ALPHA, x[0].array(), x[0].offset(), y.array(), y.offset());
        }

        @Override
        public double value(double[] x) {
            return LeakyReluReference.value(ALPHA, x[0]);
        }

        @Override
        public double bound(double[] x) {
            return LeakyReluReference.bound(ALPHA, x[0]);
        }
    }

    /** dx = dy · f'(x), overwriting. */
    @Group
    class Backward extends ActivationBackward {

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray dx) {
            LeakyRelu.backward(workers, n, ALPHA, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(), dx.array(),
                    dx.offset(), accumulate());
        }

        @Override
        double gradient(double x, double dy) {
            return LeakyReluReference.backward(ALPHA, x, dy);
        }

        @Override
        double gradientBound(double x, double dy, double dx) {
            return LeakyReluReference.backwardBound(ALPHA, x, dy, dx);
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
