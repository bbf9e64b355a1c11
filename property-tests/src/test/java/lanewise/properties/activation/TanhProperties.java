package lanewise.properties.activation;

import lanewise.kernels.Workers;
import lanewise.kernels.activation.Tanh;
import lanewise.testing.GuardedArray;
import lanewise.testing.reference.TanhReference;
import net.jqwik.api.Group;

/** Properties of {@link Tanh}. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class TanhProperties {

    /** y = f(x). */
    @Group
    class Forward extends ActivationForward {

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray y) {
            Tanh.forward(workers, n, x[0].array(), x[0].offset(), y.array(), y.offset());
        }

        @Override
        public double value(double[] x) {
            return TanhReference.value(x[0]);
        }

        @Override
        public double bound(double[] x) {
            return TanhReference.bound(x[0]);
        }
    }

    /** dx = dy · f'(x), overwriting. */
    @Group
    class Backward extends ActivationBackward {

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray dx) {
            Tanh.backward(workers, n, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(), dx.array(), dx.offset(),
                    accumulate());
        }

        @Override
        public float domain(int operand, float x) {
            return operand == 0 && Float.isFinite(x) ? (float) TanhReference.value(x) : super.domain(operand, x);
        }

        @Override
        double gradient(double y, double dy) {
            return TanhReference.backward(y, dy);
        }

        @Override
        double gradientBound(double y, double dy, double dx) {
            return TanhReference.backwardBound(y, dy, dx);
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
