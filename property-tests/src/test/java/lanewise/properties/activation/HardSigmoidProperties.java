package lanewise.properties.activation;

import lanewise.kernels.Workers;
import lanewise.kernels.activation.HardSigmoid;
import lanewise.testing.GuardedArray;
import lanewise.testing.reference.HardSigmoidReference;
import net.jqwik.api.Group;

/** Properties of {@link HardSigmoid}. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class HardSigmoidProperties {

    private static final float ALPHA = 0.25f;
    private static final float BETA = 0.5f;

    /** y = f(x). */
    @Group
    class Forward extends ActivationForward {

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray y) {
            HardSigmoid.forward(workers, n, ALPHA, BETA, x[0].array(), x[0].offset(), y.array(), y.offset());
        }

        @Override
        public double value(double[] x) {
            return HardSigmoidReference.value(ALPHA, BETA, x[0]);
        }

        @Override
        public double bound(double[] x) {
            return HardSigmoidReference.bound(ALPHA, BETA, x[0]);
        }
    }

    /** dx = dy · f'(x), overwriting. */
    @Group
    class Backward extends ActivationBackward {

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray dx) {
            HardSigmoid.backward(workers, n, ALPHA, BETA, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(),
                    dx.array(), dx.offset(), accumulate());
        }

        @Override
        double gradient(double x, double dy) {
            return HardSigmoidReference.backward(ALPHA, BETA, x, dy);
        }

        @Override
        double gradientBound(double x, double dy, double dx) {
            return HardSigmoidReference.backwardBound(ALPHA, BETA, x, dy, dx);
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
