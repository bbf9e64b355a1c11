package lanewise.properties.activation;

import lanewise.kernels.Workers;
import lanewise.kernels.activation.GeluTanh;
import lanewise.testing.GuardedArray;
import lanewise.testing.reference.GeluTanhReference;
import net.jqwik.api.Group;

/** Properties of {@link GeluTanh}. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class GeluTanhProperties {

    /** y = f(x). */
    @Group
    class Forward extends ActivationForward {

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray y) {
            GeluTanh.forward(workers, n, x[0].array(), x[0].offset(), y.array(), y.offset());
        }

        @Override
        public double value(double[] x) {
            return GeluTanhReference.value(x[0]);
        }

        @Override
        public double bound(double[] x) {
            return GeluTanhReference.bound(x[0]);
        }
    }

    /** dx = dy · f'(x), overwriting. */
    @Group
    class Backward extends ActivationBackward {

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray dx) {
            GeluTanh.backward(workers, n, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(), dx.array(),
                    dx.offset(), accumulate());
        }

        @Override
        double gradient(double x, double dy) {
            return GeluTanhReference.backward(x, dy);
        }

        @Override
        double gradientBound(double x, double dy, double dx) {
            return GeluTanhReference.backwardBound(x, dy, dx);
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
