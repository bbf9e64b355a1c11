package lanewise.properties.elementwise;

import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.elementwise.Where;
import lanewise.testing.Bounds;
import lanewise.testing.GradientCheck;
import lanewise.testing.GuardedArray;
import lanewise.testing.contract.ElementwiseContract;
import lanewise.testing.reference.WhereReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Group;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Properties of the choice between two numbers. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class WhereProperties {

    /** y = condition ? a : b. */
    @Group
    class Forward implements ElementwiseContract {

        @Override
        public int inputs() {
            return 3;
        }

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray y) {
            Where.forward(workers, n, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(), x[2].array(),
                    x[2].offset(), y.array(), y.offset());
        }

        @Override
        public double value(double[] x) {
            return WhereReference.value(x[0], x[1], x[2]);
        }

        @Override
        public double bound(double[] x) {
            return 0;
        }
    }

    /** One of the gradients, added to what is there; the other goes beside. */
    private abstract static class Backward implements ElementwiseContract {

        private final boolean ofFirst;

        Backward(boolean ofFirst) {
            this.ofFirst = ofFirst;
        }

        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public boolean readsOutput() {
            return true;
        }

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray d) {
            float[] other = new float[n];
            Where.backward(workers, n, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(),
                    ofFirst ? d.array() : other, ofFirst ? d.offset() : 0, true, ofFirst ? other : d.array(),
                    ofFirst ? 0 : d.offset(), true);
        }

        @Override
        public double value(double[] x) {
            return WhereReference.gradient(x[0], x[1], ofFirst) + x[2];
        }

        @Override
        public double bound(double[] x) {
            return Bounds.accumulated(0, WhereReference.gradient(x[0], x[1], ofFirst), x[2]);
        }
    }

    /** Gradient of what is taken where the condition is true. */
    @Group
    class GradientA extends Backward {
        GradientA() {
            super(true);
        }
    }

    /** Gradient of what is taken elsewhere. */
    @Group
    class GradientB extends Backward {
        GradientB() {
            super(false);
        }
    }

    @Property(tries = 60)
    void gradientsAreThoseOfTheReference(@ForAll @IntRange(min = 1, max = 6) int n, @ForAll long seed) {
        GradientCheck.of(
                v -> IntStream.range(0, n).mapToDouble(i -> v[2][i] * WhereReference.value(i % 2, v[0][i], v[1][i]))
                        .sum(),
                v -> {
                    float[] condition = new float[n];
                    for (int i = 1; i < n; i += 2) {
                        condition[i] = 1;
                    }
                    float[] y = new float[n];
                    float[] da = new float[n];
                    float[] db = new float[n];
                    try (Workers workers = Workers.single()) {
                        Where.forward(workers, n, condition, 0, v[0], 0, v[1], 0, y, 0);
                        Where.backward(workers, n, condition, 0, v[2], 0, da, 0, false, db, 0, false);
                    }
                    return new float[][]{da, db, y};
                }).variable("a", n).variable("b", n).variable("dy", n).seed(seed).assertCorrect();
    }
}
