package lanewise.properties.loss;

import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.loss.LossFunction;
import lanewise.kernels.loss.PointwiseLoss;
import lanewise.testing.GradientCheck;
import lanewise.testing.GuardedArray;
import lanewise.testing.contract.ElementwiseContract;
import lanewise.testing.reference.PointwiseLossReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Group;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Properties of losses of single outputs. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class PointwiseLossProperties {

    private static final float DELTA = 0.75f;

    /** loss = f(y, target). */
    private abstract static class Forward implements ElementwiseContract {

        private final LossFunction function;

        Forward(LossFunction function) {
            this.function = function;
        }

        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray loss) {
            PointwiseLoss.forward(workers, function, n, DELTA, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(),
                    loss.array(), loss.offset());
        }

        @Override
        public double value(double[] x) {
            return PointwiseLossReference.value(function, DELTA, x[0], x[1]);
        }

        @Override
        public double bound(double[] x) {
            return PointwiseLossReference.bound(function, DELTA, x[0], x[1]);
        }
    }

    /** dy = dy + dLoss · f'(y). */
    private abstract static class Backward implements ElementwiseContract {

        private final LossFunction function;

        Backward(LossFunction function) {
            this.function = function;
        }

        @Override
        public int inputs() {
            return 3;
        }

        @Override
        public boolean readsOutput() {
            return true;
        }

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray dy) {
            PointwiseLoss.backward(workers, function, n, DELTA, x[0].array(), x[0].offset(), x[1].array(),
                    x[1].offset(),
                    x[2].array(), x[2].offset(), dy.array(), dy.offset(), true);
        }

        @Override
        public double value(double[] x) {
            return PointwiseLossReference.backward(function, DELTA, x[0], x[1], x[2]) + x[3];
        }

        @Override
        public double bound(double[] x) {
            return PointwiseLossReference
                    .backwardBound(function, PointwiseLossReference.backward(function, DELTA, x[0], x[1], x[2]), x[2],
                            x[3]);
        }
    }

    /** ABSOLUTE. */
    @Group
    class Absolute extends Forward {
        Absolute() {
            super(LossFunction.ABSOLUTE);
        }
    }

    /** Gradient of ABSOLUTE. */
    @Group
    class AbsoluteGradient extends Backward {
        AbsoluteGradient() {
            super(LossFunction.ABSOLUTE);
        }
    }

    /** SQUARED. */
    @Group
    class Squared extends Forward {
        Squared() {
            super(LossFunction.SQUARED);
        }
    }

    /** Gradient of SQUARED. */
    @Group
    class SquaredGradient extends Backward {
        SquaredGradient() {
            super(LossFunction.SQUARED);
        }
    }

    /** HUBER. */
    @Group
    class Huber extends Forward {
        Huber() {
            super(LossFunction.HUBER);
        }
    }

    /** Gradient of HUBER. */
    @Group
    class HuberGradient extends Backward {
        HuberGradient() {
            super(LossFunction.HUBER);
        }
    }

    /** HINGE. */
    @Group
    class Hinge extends Forward {
        Hinge() {
            super(LossFunction.HINGE);
        }
    }

    /** Gradient of HINGE. */
    @Group
    class HingeGradient extends Backward {
        HingeGradient() {
            super(LossFunction.HINGE);
        }
    }

    /** KL_DIVERGENCE. */
    @Group
    class KlDivergence extends Forward {
        KlDivergence() {
            super(LossFunction.KL_DIVERGENCE);
        }
    }

    /** Gradient of KL_DIVERGENCE. */
    @Group
    class KlDivergenceGradient extends Backward {
        KlDivergenceGradient() {
            super(LossFunction.KL_DIVERGENCE);
        }
    }

    /** BINARY_CROSS_ENTROPY. */
    @Group
    class BinaryCrossEntropy extends Forward {
        BinaryCrossEntropy() {
            super(LossFunction.BINARY_CROSS_ENTROPY);
        }

        @Override
        public float domain(int operand, float x) {
            return probability(x);
        }
    }

    /** Gradient of BINARY_CROSS_ENTROPY. */
    @Group
    class BinaryCrossEntropyGradient extends Backward {
        BinaryCrossEntropyGradient() {
            super(LossFunction.BINARY_CROSS_ENTROPY);
        }

        @Override
        public float domain(int operand, float x) {
            return operand < 2 ? probability(x) : x;
        }
    }

    private static float probability(float x) {
        return Math.abs(x) > 1 ? 1 / Math.abs(x) : Math.abs(x);
    }

    /** Outputs are away from the kinks: of ABSOLUTE at 0, of HINGE at t · y = 1. */
    @Property(tries = 60)
    void gradientsAreThoseOfTheReference(@ForAll LossFunction function, @ForAll @IntRange(min = 1, max = 5) int n,
            @ForAll long seed) {
        float[] target = new float[n];
        for (int i = 0; i < n; i++) {
            target[i] = switch (function) {
                case KL_DIVERGENCE, BINARY_CROSS_ENTROPY -> 0.5f;
                default -> i % 2 == 0 ? 3 : -3;
            };
        }
        boolean isProbability = function == LossFunction.BINARY_CROSS_ENTROPY;
        double scale = isProbability ? 0.375 : 1;
        double shift = isProbability ? 0.5 : -1.5;
        GradientCheck.of(
                v -> IntStream.range(0, n).mapToDouble(i -> v[1][i]
                        * PointwiseLossReference.value(function, DELTA, scale * Math.tanh(v[0][i]) + shift, target[i]))
                        .sum(),
                v -> {
                    float[] y = new float[n];
                    float[] loss = new float[n];
                    float[] dy = new float[n];
                    float[] slope = new float[n];
                    for (int i = 0; i < n; i++) {
                        double t = Math.tanh(v[0][i]);
                        y[i] = (float) (scale * t + shift);
                        slope[i] = (float) (scale * (1 - t * t));
                    }
                    try (Workers workers = Workers.single()) {
                        PointwiseLoss.forward(workers, function, n, DELTA, y, 0, target, 0, loss, 0);
                        PointwiseLoss.backward(workers, function, n, DELTA, y, 0, target, 0, v[1], 0, dy, 0, false);
                    }
                    for (int i = 0; i < n; i++) {
                        dy[i] *= slope[i];
                    }
                    return new float[][]{dy, loss};
                }).variable("y", n).variable("dLoss", n).seed(seed).assertCorrect();
    }
}
