package lanewise.properties.elementwise;

import lanewise.kernels.Workers;
import lanewise.kernels.elementwise.Elementwise;
import lanewise.kernels.internal.Lanes;
import lanewise.testing.Bounds;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.contract.ElementwiseContract;
import lanewise.testing.reference.ElementwiseReference;
import net.jqwik.api.Group;

/** Properties of arithmetic element by element. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class ElementwiseProperties {

    private static final float ALPHA = -0.7f;

    /** y = a + b. */
    @Group
    class Add implements ElementwiseContract {

        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray y) {
            Elementwise.add(workers, n, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(), y.array(),
                    y.offset());
        }

        @Override
        public double value(double[] x) {
            return ElementwiseReference.add(x[0], x[1]);
        }

        @Override
        public float[] specials() {
            return Filling.specialsAndExtremes();
        }

        @Override
        public double bound(double[] x) {
            return Bounds.rounding(value(x));
        }
    }

    /** y = a · b. */
    @Group
    class Multiply implements ElementwiseContract {

        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray y) {
            Elementwise.multiply(workers, n, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(), y.array(),
                    y.offset());
        }

        @Override
        public double value(double[] x) {
            return ElementwiseReference.multiply(x[0], x[1]);
        }

        @Override
        public float[] specials() {
            return Filling.specialsAndExtremes();
        }

        @Override
        public double bound(double[] x) {
            return Bounds.rounding(value(x));
        }
    }

    /** y = alpha · x. */
    @Group
    class Scale implements ElementwiseContract {

        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray y) {
            Elementwise.scale(workers, n, ALPHA, x[0].array(), x[0].offset(), y.array(), y.offset());
        }

        @Override
        public double value(double[] x) {
            return ElementwiseReference.scale(ALPHA, x[0]);
        }

        @Override
        public float[] specials() {
            return Filling.specialsAndExtremes();
        }

        @Override
        public double bound(double[] x) {
            return Bounds.rounding(value(x));
        }
    }

    /** y = alpha · x + y. */
    @Group
    class Axpy implements ElementwiseContract {

        @Override
        public int inputs() {
            return 1;
        }

        @Override
        public boolean readsOutput() {
            return true;
        }

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray y) {
            Elementwise.axpy(workers, n, ALPHA, x[0].array(), x[0].offset(), y.array(), y.offset());
        }

        @Override
        public double value(double[] x) {
            return ElementwiseReference.axpy(ALPHA, x[0], x[1]);
        }

        @Override
        public double bound(double[] x) {
            // The exact sum needs more than 53 bits where the magnitudes differ much: half a unit more of the double's own.
            return Lanes.FMA
                    ? Bounds.ulp(value(x)) * (0.5 + 0x1p-29)
                    : ElementwiseReference.axpyBound(ALPHA, x[0], x[1]);
        }
    }
}
