package lanewise.properties.activation;

import lanewise.kernels.Workers;
import lanewise.kernels.activation.Clip;
import lanewise.testing.GuardedArray;
import lanewise.testing.reference.ClipReference;
import net.jqwik.api.Group;

/** Properties of {@link Clip}. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class ClipProperties {

    private static final float MIN = -1f;
    private static final float MAX = 1.5f;

    /** y = f(x). */
    @Group
    class Forward extends ActivationForward {

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray y) {
            Clip.forward(workers, n, MIN, MAX, x[0].array(), x[0].offset(), y.array(), y.offset());
        }

        @Override
        public double value(double[] x) {
            return ClipReference.value(MIN, MAX, x[0]);
        }

        @Override
        public double bound(double[] x) {
            return ClipReference.bound(MIN, MAX, x[0]);
        }
    }

    /** dx = dy · f'(x), overwriting. */
    @Group
    class Backward extends ActivationBackward {

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray dx) {
            Clip.backward(workers, n, MIN, MAX, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(), dx.array(),
                    dx.offset(), accumulate());
        }

        @Override
        double gradient(double x, double dy) {
            return ClipReference.backward(MIN, MAX, x, dy);
        }

        @Override
        double gradientBound(double x, double dy, double dx) {
            return ClipReference.backwardBound(MIN, MAX, x, dy, dx);
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
