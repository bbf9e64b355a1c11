package lanewise.properties.activation;

import lanewise.kernels.Workers;
import lanewise.kernels.activation.Relu;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.Filling.Kind;
import lanewise.testing.contract.ElementwiseContract;
import lanewise.testing.reference.ReluReference;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Group;

/** Properties of the rectifier. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class ReluProperties {

    /** y = max(x, 0). */
    @Group
    class Forward implements ElementwiseContract {

        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray y) {
            Relu.forward(workers, n, x[0].array(), x[0].offset(), y.array(), y.offset());
        }

        @Override
        public double value(double[] x) {
            return ReluReference.value(x[0]);
        }

        @Override
        public float[] specials() {
            return Filling.specialsAndExtremes();
        }

        @Override
        public double bound(double[] x) {
            return 0;
        }

        @Override
        public Arbitrary<Filling> fillings() {
            return Filling.of(Kind.INTEGERS, Kind.UNIT, Kind.FINITE, Kind.SPECIAL);
        }
    }

    /** dx = dy where y is positive, overwriting. */
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
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray dx) {
            Relu.backward(workers, n, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(), dx.array(), dx.offset(),
                    accumulate());
        }

        @Override
        public double value(double[] x) {
            return ReluReference.backward(x[0], x[1]) + (accumulate() ? x[2] : 0);
        }

        @Override
        public double bound(double[] x) {
            return ReluReference.backwardBound(x[0], x[1], accumulate() ? x[2] : 0);
        }
    }

    /** dx = dx + dy where y is positive. */
    @Group
    class AccumulatingBackward extends Backward {

        @Override
        boolean accumulate() {
            return true;
        }
    }
}
