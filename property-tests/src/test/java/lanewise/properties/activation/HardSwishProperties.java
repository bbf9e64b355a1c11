package lanewise.properties.activation;

import lanewise.kernels.Workers;
import lanewise.kernels.activation.HardSwish;
import lanewise.testing.GuardedArray;
import lanewise.testing.reference.HardSwishReference;
import net.jqwik.api.Group;

/** Properties of {@link HardSwish}. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class HardSwishProperties {

    /** y = f(x). */
    @Group
    class Forward extends ActivationForward {

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray y) {
            HardSwish.forward(workers, n, x[0].array(), x[0].offset(), y.array(), y.offset());
        }

        @Override
        public double value(double[] x) {
            return HardSwishReference.value(x[0]);
        }

        @Override
        public double bound(double[] x) {
            return HardSwishReference.bound(x[0]);
        }
    }

    /** dx = dy · f'(x), overwriting. */
    @Group
    class Backward extends ActivationBackward {

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray dx) {
            HardSwish.backward(workers, n, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(), dx.array(),
                    dx.offset(), accumulate());
        }

        @Override
        double gradient(double x, double dy) {
            return HardSwishReference.backward(x, dy);
        }

        @Override
        double gradientBound(double x, double dy, double dx) {
            return HardSwishReference.backwardBound(x, dy, dx);
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
