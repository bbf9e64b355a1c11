package lanewise.properties.activation;

import lanewise.kernels.Workers;
import lanewise.kernels.activation.Mish;
import lanewise.testing.GuardedArray;
import lanewise.testing.reference.MishReference;
import net.jqwik.api.Group;

/** Properties of {@link Mish}. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class MishProperties {

    /** y = f(x). */
    @Group
    class Forward extends ActivationForward {

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray y) {
            Mish.forward(workers, n, x[0].array(), x[0].offset(), y.array(), y.offset());
        }

        @Override
        public double value(double[] x) {
            return MishReference.value(x[0]);
        }

        @Override
        public double bound(double[] x) {
            return MishReference.bound(x[0]);
        }
    }

    /** dx = dy · f'(x), overwriting. */
    @Group
    class Backward extends ActivationBackward {

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray dx) {
            Mish.backward(workers, n, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(), dx.array(), dx.offset(),
                    accumulate());
        }

        @Override
        double gradient(double x, double dy) {
            return MishReference.backward(x, dy);
        }

        @Override
        double gradientBound(double x, double dy, double dx) {
            return MishReference.backwardBound(x, dy, dx);
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
