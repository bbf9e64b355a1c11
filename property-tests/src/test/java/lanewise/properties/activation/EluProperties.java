package lanewise.properties.activation;

import lanewise.kernels.Workers;
import lanewise.kernels.activation.Elu;
import lanewise.testing.GuardedArray;
import lanewise.testing.reference.EluReference;
import net.jqwik.api.Group;

/** Properties of {@link Elu}. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class EluProperties {

    private static final float ALPHA = 1.5f;

    /** y = f(x). */
    @Group
    class Forward extends ActivationForward {

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray y) {
            Elu.forward(workers, n, ALPHA, x[0].array(), x[0].offset(), y.array(), y.offset());
        }

        @Override
        public double value(double[] x) {
            return EluReference.value(ALPHA, x[0]);
        }

        @Override
        public double bound(double[] x) {
            return EluReference.bound(ALPHA, x[0]);
        }
    }

    /** dx = dy · f'(x), overwriting. */
    @Group
    class Backward extends ActivationBackward {

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray dx) {
            Elu.backward(workers, n, ALPHA, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(), dx.array(),
                    dx.offset(), accumulate());
        }

        @Override
        double gradient(double x, double dy) {
            return EluReference.backward(ALPHA, x, dy);
        }

        @Override
        double gradientBound(double x, double dy, double dx) {
            return EluReference.backwardBound(ALPHA, x, dy, dx);
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
