package lanewise.properties.convolution;

import java.util.Arrays;
import lanewise.kernels.Window;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.activation.Relu;
import lanewise.kernels.activation.Sigmoid;
import lanewise.kernels.convolution.Convolution;
import lanewise.kernels.convolution.ConvolutionAlgorithm;
import lanewise.kernels.convolution.ConvolutionGeometry;
import lanewise.testing.Bits;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.ConvolutionCase;
import lanewise.testing.reference.ConvolutionReference;
import lanewise.testing.reference.SumsOfProducts;
import lanewise.testing.reference.WinogradBound;

/** The three sums of a convolution, each as the kernel computes it and as the reference has it. */
enum Direction {

    FORWARD {
        @Override
        GuardedArray result(ConvolutionCase c) {
            return c.y();
        }

        @Override
        void call(Workers workers, ConvolutionAlgorithm algorithm, ConvolutionCase c, GuardedArray x,
                GuardedArray filter, GuardedArray y) {
            GuardedArray bias = c.biases();
            Convolution.forward(workers, c.geometry(), algorithm, x.array(), x.offset(), filter.array(),
                    filter.offset(), c.bias() ? bias.array() : null, bias.offset(), c.activation(), y.array(),
                    y.offset());
        }

        @Override
        double[] winogradBounds(ConvolutionCase c) {
            ConvolutionGeometry g = c.geometry();
            return WinogradBound.forward(g, doubles(c.x().values()), doubles(c.filter().values()), c.bias()
                    ? ConvolutionReference.addBias(g, new SumsOfProducts(g.outputLength()),
                            doubles(c.biases().values())).values()
                    : null);
        }

        @Override
        SumsOfProducts sums(ConvolutionCase c, double[] x, double[] filter, double[] y) {
            SumsOfProducts sums = ConvolutionReference.forward(c.geometry(), x, filter);
            return c.bias()
                    ? ConvolutionReference.addBias(c.geometry(), sums, doubles(c.biases().values()))
                    : sums;
        }
    },

    BACKWARD_DATA {
        @Override
        GuardedArray result(ConvolutionCase c) {
            return c.x();
        }

        @Override
        void call(Workers workers, ConvolutionAlgorithm algorithm, ConvolutionCase c, GuardedArray dx,
                GuardedArray filter, GuardedArray dy) {
            Convolution.backwardData(workers, c.geometry(), algorithm, dy.array(), dy.offset(), filter.array(),
                    filter.offset(), dx.array(), dx.offset(), c.accumulate());
        }

        @Override
        double[] winogradBounds(ConvolutionCase c) {
            return WinogradBound.backwardData(c.geometry(), doubles(c.y().values()), doubles(c.filter().values()),
                    c.accumulate() ? doubles(c.x().values()) : null);
        }

        @Override
        SumsOfProducts sums(ConvolutionCase c, double[] x, double[] filter, double[] dy) {
            SumsOfProducts sums = ConvolutionReference.backwardData(c.geometry(), dy, filter);
            return c.accumulate() ? sums.plus(c.x().values()) : sums;
        }
    },

    BACKWARD_FILTER {
        @Override
        GuardedArray result(ConvolutionCase c) {
            return c.filter();
        }

        @Override
        void call(Workers workers, ConvolutionAlgorithm algorithm, ConvolutionCase c, GuardedArray x,
                GuardedArray dFilter, GuardedArray dy) {
            Convolution.backwardFilter(workers, c.geometry(), algorithm, x.array(), x.offset(), dy.array(),
                    dy.offset(), dFilter.array(), dFilter.offset(), c.accumulate());
        }

        @Override
        double[] winogradBounds(ConvolutionCase c) {
            throw new AssertionError("the filter's gradient is not offered");
        }

        @Override
        SumsOfProducts sums(ConvolutionCase c, double[] x, double[] filter, double[] dy) {
            SumsOfProducts sums = ConvolutionReference.backwardFilter(c.geometry(), x, dy);
            return c.accumulate() ? sums.plus(c.filter().values()) : sums;
        }
    };

    /** What the kernel writes to, as it is before the call. */
    abstract GuardedArray result(ConvolutionCase c);

    abstract void call(Workers workers, ConvolutionAlgorithm algorithm, ConvolutionCase c, GuardedArray x,
            GuardedArray filter, GuardedArray y);

    /** By how much Winograd's algorithm may be wrong, before the activation. */
    abstract double[] winogradBounds(ConvolutionCase c);

    abstract SumsOfProducts sums(ConvolutionCase c, double[] x, double[] filter, double[] y);

    /**
     * Computes, and checks that nothing else was written and, unless accumulating, that the old result was not read.
     *
     * @param workers to run on
     * @param algorithm how
     * @param c the case
     * @return the elements of the result
     */
    float[] compute(Workers workers, ConvolutionAlgorithm algorithm, ConvolutionCase c) {
        return compute(workers, algorithm, c, c.x(), c.filter(), c.y());
    }

    /** The same with operands that are not those of the case; the one that is the result is overwritten. */
    float[] compute(Workers workers, ConvolutionAlgorithm algorithm, ConvolutionCase c, GuardedArray x,
            GuardedArray filter, GuardedArray y) {
        GuardedArray[] operands = {x, filter, y};
        GuardedArray result = switch (this) {
            case FORWARD -> y;
            case BACKWARD_DATA -> x;
            case BACKWARD_FILTER -> filter;
        };
        if (this == FORWARD || !c.accumulate()) {
            result.fill(Float.NaN);
        }
        float[][] before = Arrays.stream(operands).map(operand -> operand.array().clone()).toArray(float[][]::new);
        call(workers, algorithm, c, x, filter, y);
        for (int i = 0; i < operands.length; i++) {
            if (operands[i] == result) {
                result.checkSentinels("the result");
            } else {
                Bits.check("operand " + i, before[i], operands[i].array());
            }
        }
        return result.values();
    }

    /**
     * The reference, before the activation.
     *
     * @param c the case
     * @return the sums
     */
    SumsOfProducts sums(ConvolutionCase c) {
        return sums(c, doubles(c.x().values()), doubles(c.filter().values()), doubles(c.y().values()));
    }

    /** What is applied to the sums. */
    Activation activation(ConvolutionCase c) {
        return this == FORWARD ? c.activation() : Activation.IDENTITY;
    }

    /** The exact result of a case whose sums are floats: those floats, and the activation as its own kernel computes it. */
    float[] exact(Workers workers, ConvolutionCase c) {
        double[] sums = sums(c).values();
        float[] exact = new float[sums.length];
        for (int i = 0; i < exact.length; i++) {
            exact[i] = (float) sums[i];
        }
        switch (activation(c)) {
            case IDENTITY -> {
            }
            case RELU -> Relu.forward(workers, exact.length, exact, 0, exact, 0);
            case SIGMOID -> Sigmoid.forward(workers, exact.length, exact, 0, exact, 0);
        }
        return exact;
    }

    /**
     * Whether an algorithm computes this sum for these shapes.
     *
     * @param algorithm how
     * @param g the shapes
     * @return whether; if not it must be refused
     */
    boolean isOffered(ConvolutionAlgorithm algorithm, ConvolutionGeometry g) {
        return switch (algorithm) {
            case AUTO, IMPLICIT_GEMM, IM2COL, DIRECT -> true;
            case DEPTHWISE -> g.groups() == g.c();
            case WINOGRAD -> this != BACKWARD_FILTER && g.rank() == 2 && g.groups() == 1 && isThree(g.height())
                    && isThree(g.width());
        };
    }

    /**
     * Whether an algorithm is offered whose sums are exact where they can be: all but Winograd's, and {@code AUTO} unless it may
     * be that.
     */
    boolean isExact(ConvolutionAlgorithm algorithm, ConvolutionGeometry g) {
        return isOffered(algorithm, g) && algorithm != ConvolutionAlgorithm.WINOGRAD
                && !(algorithm == ConvolutionAlgorithm.AUTO && isOffered(ConvolutionAlgorithm.WINOGRAD, g));
    }

    private static boolean isThree(Window window) {
        return window.kernel() == 3 && window.stride() == 1 && window.dilation() == 1 && window.padBegin() <= 2
                && window.padEnd() <= 2;
    }

    /** Numbers in double precision. */
    static double[] doubles(float... values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
