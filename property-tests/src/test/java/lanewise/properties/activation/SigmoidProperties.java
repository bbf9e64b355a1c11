package lanewise.properties.activation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import lanewise.kernels.Workers;
import lanewise.kernels.activation.Sigmoid;
import lanewise.testing.Bounds;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.Filling.Kind;
import lanewise.testing.contract.ElementwiseContract;
import lanewise.testing.reference.SigmoidReference;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.Group;

/** Properties of the logistic function. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class SigmoidProperties {

    /** y = 1 / (1 + e⁻ˣ). */
    @Group
    class Forward implements ElementwiseContract {

        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray y) {
            Sigmoid.forward(workers, n, x[0].array(), x[0].offset(), y.array(), y.offset());
        }

        @Override
        public double value(double[] x) {
            return SigmoidReference.value(x[0]);
        }

        @Override
        public float[] specials() {
            return Filling.specialsAndExtremes();
        }

        @Override
        public double bound(double[] x) {
            return SigmoidReference.bound(x[0]);
        }

        @Override
        public Arbitrary<Filling> fillings() {
            return Filling.of(Kind.INTEGERS, Kind.UNIT, Kind.MIXED_MAGNITUDE, Kind.FINITE, Kind.SPECIAL);
        }

        /** One float in 1021 of all there are, so every exponent with two thousand mantissas. */
        @Example
        void isWithinItsBoundOverTheWholeRange() {
            int step = 1021;
            int n = 1 << 16;
            float[] x = new float[n];
            float[] y = new float[n];
            long bits = Integer.MIN_VALUE;
            try (Workers workers = Workers.single()) {
                while (bits <= Integer.MAX_VALUE) {
                    for (int i = 0; i < n; i++, bits += step) {
                        x[i] = Float.intBitsToFloat((int) bits);
                    }
                    Sigmoid.forward(workers, n, x, 0, y, 0);
                    for (int i = 0; i < n; i++) {
                        Bounds.check("sigmoid(" + x[i] + ")", SigmoidReference.value(x[i]),
                                SigmoidReference.bound(x[i]),
                                y[i]);
                    }
                }
            }
        }

        @Example
        void neverLeavesTheUnitInterval() {
            float[] x = Filling.specialsAndExtremes();
            float[] y = new float[x.length];
            try (Workers workers = Workers.single()) {
                Sigmoid.forward(workers, x.length, x, 0, y, 0);
            }
            for (int i = 0; i < x.length; i++) {
                assertTrue(Float.isNaN(x[i]) || (y[i] >= 0 && y[i] <= 1), "sigmoid(" + x[i] + ") = " + y[i]);
            }
        }
    }

    /** dx = dy · y · (1 − y), overwriting. */
    @Group
    class Backward implements ElementwiseContract {

        boolean accumulate() {
            return false;
        }

        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public boolean readsOutput() {
            return accumulate();
        }

        @Override
        public float domain(int operand, float x) {
            return operand == 0 && Float.isFinite(x) ? (float) SigmoidReference.value(x) : x;
        }

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray dx) {
            Sigmoid.backward(workers, n, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(), dx.array(),
                    dx.offset(),
                    accumulate());
        }

        @Override
        public double value(double[] x) {
            return SigmoidReference.backward(x[0], x[1]) + (accumulate() ? x[2] : 0);
        }

        @Override
        public double bound(double[] x) {
            return SigmoidReference.backwardBound(x[0], x[1], accumulate() ? x[2] : 0);
        }
    }

    /** dx = dx + dy · y · (1 − y). */
    @Group
    class AccumulatingBackward extends Backward {

        @Override
        boolean accumulate() {
            return true;
        }
    }
}
