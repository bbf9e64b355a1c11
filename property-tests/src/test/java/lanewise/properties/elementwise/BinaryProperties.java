package lanewise.properties.elementwise;

import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.elementwise.Binary;
import lanewise.kernels.elementwise.BinaryFunction;
import lanewise.testing.GradientCheck;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.Filling.Kind;
import lanewise.testing.contract.ElementwiseContract;
import lanewise.testing.reference.BinaryReference;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Group;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Properties of functions of two numbers. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class BinaryProperties {

    /** y = f(a, b). */
    private abstract static class Forward implements ElementwiseContract {

        private final BinaryFunction function;

        Forward(BinaryFunction function) {
            this.function = function;
        }

        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public float[] specials() {
            return Filling.specialsAndExtremes();
        }

        @Override
        @Provide
        public Arbitrary<Filling> fillings() {
            return Filling.of(Kind.INTEGERS, Kind.UNIT, Kind.MIXED_MAGNITUDE, Kind.FINITE, Kind.SPECIAL);
        }

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray y) {
            Binary.forward(workers, function, n, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(), y.array(),
                    y.offset());
        }

        @Override
        public double value(double[] x) {
            return BinaryReference.value(function, x[0], x[1]);
        }

        @Override
        public double bound(double[] x) {
            return BinaryReference.bound(function, x[0], x[1]);
        }
    }

    /** One of the gradients, added to what is there. */
    private abstract static class Backward implements ElementwiseContract {

        private final BinaryFunction function;
        private final boolean ofFirst;

        Backward(BinaryFunction function, boolean ofFirst) {
            this.function = function;
            this.ofFirst = ofFirst;
        }

        @Override
        public int inputs() {
            return 3;
        }

        @Override
        public boolean readsOutput() {
            return true;
        }

        /** Parts of a derivative overflow or underflow where the exact one need not. */
        @Override
        public float domain(int operand, float x) {
            float held = Math.max(Math.min(x, 8), -8);
            return operand == 3 ? x : Math.abs(held) < 0.1f ? 0.1f : held;
        }

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray d) {
            if (ofFirst) {
                Binary.backwardA(workers, function, n, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(),
                        x[2].array(), x[2].offset(), d.array(), d.offset(), true);
            } else {
                Binary.backwardB(workers, function, n, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(),
                        x[2].array(), x[2].offset(), d.array(), d.offset(), true);
            }
        }

        private double gradient(double[] x) {
            return ofFirst
                    ? BinaryReference.backwardA(function, x[0], x[1], x[2])
                    : BinaryReference.backwardB(function, x[0], x[1], x[2]);
        }

        @Override
        public double value(double[] x) {
            return gradient(x) + x[3];
        }

        @Override
        public double bound(double[] x) {
            return BinaryReference.gradientBound(gradient(x), x[2], x[3]);
        }
    }

    /** SUBTRACT. */
    @Group
    class Subtract extends Forward {
        Subtract() {
            super(BinaryFunction.SUBTRACT);
        }
    }

    /** Gradient of SUBTRACT with respect to its first argument. */
    @Group
    class SubtractGradientA extends Backward {
        SubtractGradientA() {
            super(BinaryFunction.SUBTRACT, true);
        }
    }

    /** Gradient of SUBTRACT with respect to its second argument. */
    @Group
    class SubtractGradientB extends Backward {
        SubtractGradientB() {
            super(BinaryFunction.SUBTRACT, false);
        }
    }

    /** DIVIDE. */
    @Group
    class Divide extends Forward {
        Divide() {
            super(BinaryFunction.DIVIDE);
        }
    }

    /** Gradient of DIVIDE with respect to its first argument. */
    @Group
    class DivideGradientA extends Backward {
        DivideGradientA() {
            super(BinaryFunction.DIVIDE, true);
        }
    }

    /** Gradient of DIVIDE with respect to its second argument. */
    @Group
    class DivideGradientB extends Backward {
        DivideGradientB() {
            super(BinaryFunction.DIVIDE, false);
        }
    }

    /** MAX. */
    @Group
    class Max extends Forward {
        Max() {
            super(BinaryFunction.MAX);
        }
    }

    /** Gradient of MAX with respect to its first argument. */
    @Group
    class MaxGradientA extends Backward {
        MaxGradientA() {
            super(BinaryFunction.MAX, true);
        }
    }

    /** Gradient of MAX with respect to its second argument. */
    @Group
    class MaxGradientB extends Backward {
        MaxGradientB() {
            super(BinaryFunction.MAX, false);
        }
    }

    /** MIN. */
    @Group
    class Min extends Forward {
        Min() {
            super(BinaryFunction.MIN);
        }
    }

    /** Gradient of MIN with respect to its first argument. */
    @Group
    class MinGradientA extends Backward {
        MinGradientA() {
            super(BinaryFunction.MIN, true);
        }
    }

    /** Gradient of MIN with respect to its second argument. */
    @Group
    class MinGradientB extends Backward {
        MinGradientB() {
            super(BinaryFunction.MIN, false);
        }
    }

    /** POW. */
    @Group
    class Pow extends Forward {
        Pow() {
            super(BinaryFunction.POW);
        }
    }

    /** Gradient of POW with respect to its first argument. */
    @Group
    class PowGradientA extends Backward {
        PowGradientA() {
            super(BinaryFunction.POW, true);
        }
    }

    /** Gradient of POW with respect to its second argument. */
    @Group
    class PowGradientB extends Backward {
        PowGradientB() {
            super(BinaryFunction.POW, false);
        }
    }

    /** LESS. */
    @Group
    class Less extends Forward {
        Less() {
            super(BinaryFunction.LESS);
        }
    }

    /** Gradient of LESS with respect to its first argument. */
    @Group
    class LessGradientA extends Backward {
        LessGradientA() {
            super(BinaryFunction.LESS, true);
        }
    }

    /** Gradient of LESS with respect to its second argument. */
    @Group
    class LessGradientB extends Backward {
        LessGradientB() {
            super(BinaryFunction.LESS, false);
        }
    }

    /** LESS_OR_EQUAL. */
    @Group
    class LessOrEqual extends Forward {
        LessOrEqual() {
            super(BinaryFunction.LESS_OR_EQUAL);
        }
    }

    /** Gradient of LESS_OR_EQUAL with respect to its first argument. */
    @Group
    class LessOrEqualGradientA extends Backward {
        LessOrEqualGradientA() {
            super(BinaryFunction.LESS_OR_EQUAL, true);
        }
    }

    /** Gradient of LESS_OR_EQUAL with respect to its second argument. */
    @Group
    class LessOrEqualGradientB extends Backward {
        LessOrEqualGradientB() {
            super(BinaryFunction.LESS_OR_EQUAL, false);
        }
    }

    /** EQUAL. */
    @Group
    class Equal extends Forward {
        Equal() {
            super(BinaryFunction.EQUAL);
        }
    }

    /** Gradient of EQUAL with respect to its first argument. */
    @Group
    class EqualGradientA extends Backward {
        EqualGradientA() {
            super(BinaryFunction.EQUAL, true);
        }
    }

    /** Gradient of EQUAL with respect to its second argument. */
    @Group
    class EqualGradientB extends Backward {
        EqualGradientB() {
            super(BinaryFunction.EQUAL, false);
        }
    }

    @Property(tries = 60)
    void gradientsAreThoseOfTheReference(@ForAll BinaryFunction function, @ForAll @IntRange(min = 1, max = 5) int n,
            @ForAll long seed) {
        // Positive arguments, for powers.
        GradientCheck.of(
                v -> IntStream.range(0, n).mapToDouble(
                        i -> v[2][i] * BinaryReference.value(function, Math.exp(v[0][i]), Math.exp(v[1][i]))).sum(),
                v -> {
                    float[] a = new float[n];
                    float[] b = new float[n];
                    float[] y = new float[n];
                    float[] da = new float[n];
                    float[] db = new float[n];
                    for (int i = 0; i < n; i++) {
                        a[i] = (float) Math.exp(v[0][i]);
                        b[i] = (float) Math.exp(v[1][i]);
                    }
                    try (Workers workers = Workers.single()) {
                        Binary.forward(workers, function, n, a, 0, b, 0, y, 0);
                        Binary.backwardA(workers, function, n, a, 0, b, 0, v[2], 0, da, 0, false);
                        Binary.backwardB(workers, function, n, a, 0, b, 0, v[2], 0, db, 0, false);
                    }
                    for (int i = 0; i < n; i++) {
                        da[i] *= a[i];
                        db[i] *= b[i];
                    }
                    return new float[][]{da, db, y};
                }).variable("a", n).variable("b", n).variable("dy", n).seed(seed).assertCorrect();
    }
}
