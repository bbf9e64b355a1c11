package lanewise.properties.elementwise;

import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.elementwise.Unary;
import lanewise.kernels.elementwise.UnaryFunction;
import lanewise.testing.GradientCheck;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.Filling.Kind;
import lanewise.testing.contract.ElementwiseContract;
import lanewise.testing.reference.UnaryReference;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Group;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Properties of functions of one number. */
@SuppressWarnings("ClassCanBeStatic") // jqwik finds groups in inner classes only
class UnaryProperties {

    /** y = f(x). */
    private abstract static class Forward implements ElementwiseContract {

        private final UnaryFunction function;

        Forward(UnaryFunction function) {
            this.function = function;
        }

        @Override
        public int inputs() {
            return 1;
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
            Unary.forward(workers, function, n, x[0].array(), x[0].offset(), y.array(), y.offset());
        }

        @Override
        public double value(double[] x) {
            return UnaryReference.value(function, x[0]);
        }

        @Override
        public double bound(double[] x) {
            return UnaryReference.bound(function, x[0]);
        }
    }

    /** dx = dx + dy · f'(x). */
    private abstract static class Backward implements ElementwiseContract {

        private final UnaryFunction function;

        Backward(UnaryFunction function) {
            this.function = function;
        }

        @Override
        public int inputs() {
            return 2;
        }

        @Override
        public boolean readsOutput() {
            return true;
        }

        /** Infinity times a derivative that underflows or overflows is not that of the exact one. */
        @Override
        public float domain(int operand, float x) {
            float held = Math.max(Math.min(x, 20), -20);
            return operand == 2 ? x : Math.abs(held) < 1e-6f ? 1e-6f : held;
        }

        @Override
        public void run(Workers workers, int n, GuardedArray[] x, GuardedArray dx) {
            Unary.backward(workers, function, n, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(), dx.array(),
                    dx.offset(), true);
        }

        @Override
        public double value(double[] x) {
            return UnaryReference.backward(function, x[0], x[1]) + x[2];
        }

        @Override
        public double bound(double[] x) {
            return UnaryReference.backwardBound(function, x[0], x[1], x[2]);
        }
    }

    /** ABS. */
    @Group
    class Abs extends Forward {
        Abs() {
            super(UnaryFunction.ABS);
        }
    }

    /** Gradient of ABS. */
    @Group
    class AbsGradient extends Backward {
        AbsGradient() {
            super(UnaryFunction.ABS);
        }
    }

    /** NEGATE. */
    @Group
    class Negate extends Forward {
        Negate() {
            super(UnaryFunction.NEGATE);
        }
    }

    /** Gradient of NEGATE. */
    @Group
    class NegateGradient extends Backward {
        NegateGradient() {
            super(UnaryFunction.NEGATE);
        }
    }

    /** SQUARE. */
    @Group
    class Square extends Forward {
        Square() {
            super(UnaryFunction.SQUARE);
        }
    }

    /** Gradient of SQUARE. */
    @Group
    class SquareGradient extends Backward {
        SquareGradient() {
            super(UnaryFunction.SQUARE);
        }
    }

    /** SQRT. */
    @Group
    class Sqrt extends Forward {
        Sqrt() {
            super(UnaryFunction.SQRT);
        }
    }

    /** Gradient of SQRT. */
    @Group
    class SqrtGradient extends Backward {
        SqrtGradient() {
            super(UnaryFunction.SQRT);
        }
    }

    /** RSQRT. */
    @Group
    class Rsqrt extends Forward {
        Rsqrt() {
            super(UnaryFunction.RSQRT);
        }
    }

    /** Gradient of RSQRT. */
    @Group
    class RsqrtGradient extends Backward {
        RsqrtGradient() {
            super(UnaryFunction.RSQRT);
        }
    }

    /** RECIPROCAL. */
    @Group
    class Reciprocal extends Forward {
        Reciprocal() {
            super(UnaryFunction.RECIPROCAL);
        }
    }

    /** Gradient of RECIPROCAL. */
    @Group
    class ReciprocalGradient extends Backward {
        ReciprocalGradient() {
            super(UnaryFunction.RECIPROCAL);
        }
    }

    /** EXP. */
    @Group
    class Exp extends Forward {
        Exp() {
            super(UnaryFunction.EXP);
        }
    }

    /** Gradient of EXP. */
    @Group
    class ExpGradient extends Backward {
        ExpGradient() {
            super(UnaryFunction.EXP);
        }
    }

    /** EXPM1. */
    @Group
    class Expm1 extends Forward {
        Expm1() {
            super(UnaryFunction.EXPM1);
        }
    }

    /** Gradient of EXPM1. */
    @Group
    class Expm1Gradient extends Backward {
        Expm1Gradient() {
            super(UnaryFunction.EXPM1);
        }
    }

    /** LOG. */
    @Group
    class Log extends Forward {
        Log() {
            super(UnaryFunction.LOG);
        }
    }

    /** Gradient of LOG. */
    @Group
    class LogGradient extends Backward {
        LogGradient() {
            super(UnaryFunction.LOG);
        }
    }

    /** LOG1P. */
    @Group
    class Log1p extends Forward {
        Log1p() {
            super(UnaryFunction.LOG1P);
        }
    }

    /** Gradient of LOG1P. */
    @Group
    class Log1pGradient extends Backward {
        Log1pGradient() {
            super(UnaryFunction.LOG1P);
        }
    }

    /** ERF. */
    @Group
    class Erf extends Forward {
        Erf() {
            super(UnaryFunction.ERF);
        }
    }

    /** Gradient of ERF. */
    @Group
    class ErfGradient extends Backward {
        ErfGradient() {
            super(UnaryFunction.ERF);
        }
    }

    /** SIN. */
    @Group
    class Sin extends Forward {
        Sin() {
            super(UnaryFunction.SIN);
        }
    }

    /** Gradient of SIN. */
    @Group
    class SinGradient extends Backward {
        SinGradient() {
            super(UnaryFunction.SIN);
        }
    }

    /** COS. */
    @Group
    class Cos extends Forward {
        Cos() {
            super(UnaryFunction.COS);
        }
    }

    /** Gradient of COS. */
    @Group
    class CosGradient extends Backward {
        CosGradient() {
            super(UnaryFunction.COS);
        }
    }

    /** FLOOR. */
    @Group
    class Floor extends Forward {
        Floor() {
            super(UnaryFunction.FLOOR);
        }
    }

    /** Gradient of FLOOR. */
    @Group
    class FloorGradient extends Backward {
        FloorGradient() {
            super(UnaryFunction.FLOOR);
        }
    }

    /** CEIL. */
    @Group
    class Ceil extends Forward {
        Ceil() {
            super(UnaryFunction.CEIL);
        }
    }

    /** Gradient of CEIL. */
    @Group
    class CeilGradient extends Backward {
        CeilGradient() {
            super(UnaryFunction.CEIL);
        }
    }

    /** ROUND. */
    @Group
    class Round extends Forward {
        Round() {
            super(UnaryFunction.ROUND);
        }
    }

    /** Gradient of ROUND. */
    @Group
    class RoundGradient extends Backward {
        RoundGradient() {
            super(UnaryFunction.ROUND);
        }
    }

    @Property(tries = 100)
    void gradientsAreThoseOfTheReference(@ForAll UnaryFunction function, @ForAll @IntRange(min = 1, max = 5) int n,
            @ForAll long seed) {
        // Away from where functions or derivatives are not defined, and from steps.
        double shift = 1.25;
        GradientCheck.of(
                v -> IntStream.range(0, n)
                        .mapToDouble(i -> v[1][i] * UnaryReference.value(function, 0.2 * Math.tanh(v[0][i]) + shift))
                        .sum(),
                v -> {
                    float[] x = new float[n];
                    float[] y = new float[n];
                    float[] dx = new float[n];
                    float[] dInner = new float[n];
                    for (int i = 0; i < n; i++) {
                        double t = Math.tanh(v[0][i]);
                        x[i] = (float) (0.2 * t + shift);
                        dInner[i] = (float) (0.2 * (1 - t * t));
                    }
                    try (Workers workers = Workers.single()) {
                        Unary.forward(workers, function, n, x, 0, y, 0);
                        Unary.backward(workers, function, n, x, 0, v[1], 0, dx, 0, false);
                    }
                    for (int i = 0; i < n; i++) {
                        dx[i] *= dInner[i];
                    }
                    return new float[][]{dx, y};
                }).variable("x", n).variable("dy", n).seed(seed).assertCorrect();
    }
}
