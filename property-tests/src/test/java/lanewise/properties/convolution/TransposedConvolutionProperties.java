package lanewise.properties.convolution;

import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.convolution.ConvolutionGeometry;
import lanewise.kernels.convolution.TransposedConvolution;
import lanewise.kernels.convolution.TransposedConvolutionGeometry;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.Filling.Kind;
import lanewise.testing.reference.SumsOfProducts;
import lanewise.testing.reference.TransposedConvolutionReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** All passes of the transposed convolution are within the bounds of their sums. */
class TransposedConvolutionProperties {

    private static final Workers WORKERS = Workers.of(2);

    @AfterContainer
    static void close() {
        WORKERS.close();
    }

    @Provide
    Arbitrary<TransposedConvolutionGeometry> geometries() {
        Arbitrary<Integer> few = Arbitraries.integers().between(1, 3);
        Arbitrary<TransposedConvolutionGeometry> shapes = Combinators.combine(few, few, few,
                Arbitraries.integers().between(1, 6), Arbitraries.integers().between(1, 20), few, few)
                .as((groups, c, outC, h, w, kernelH, kernelW) -> TransposedConvolutionGeometry
                        .of2d(2, groups * c, h, w, groups * outC, kernelH, kernelW).groups(groups));
        return Combinators.combine(shapes, few, few, Arbitraries.integers().between(0, 2))
                .as((g, stride, dilation, outputPadding) -> g.stride(stride).dilation(dilation)
                        .outputPadding(Math.min(outputPadding, stride - 1)));
    }

    @Provide
    Arbitrary<Filling> fillings() {
        return Filling.of(Kind.INTEGERS, Kind.UNIT, Kind.MIXED_MAGNITUDE);
    }

    @Property(tries = 200)
    void withinTheBound(@ForAll("geometries") TransposedConvolutionGeometry g, @ForAll("fillings") Filling filling,
            @ForAll boolean accumulate) {
        ConvolutionGeometry adjoint = g.adjoint();
        GuardedArray x = operand(filling, 1, adjoint.outputLength());
        GuardedArray filter = operand(filling, 2, adjoint.filterLength());
        GuardedArray dy = operand(filling, 3, adjoint.imageLength());
        GuardedArray bias = operand(filling, 4, adjoint.c());
        double[] xs = Direction.doubles(x.values());
        double[] filters = Direction.doubles(filter.values());
        double[] dys = Direction.doubles(dy.values());

        GuardedArray y = result(dy, false);
        TransposedConvolution.forward(WORKERS, g, x.array(), x.offset(), filter.array(), filter.offset(), bias.array(),
                bias.offset(), Activation.IDENTITY, y.array(), y.offset());
        SumsOfProducts sums = TransposedConvolutionReference.forward(adjoint, xs, filters);
        check("y", TransposedConvolutionReference.addBias(adjoint, sums, Direction.doubles(bias.values())), y);

        GuardedArray dx = result(x, accumulate);
        TransposedConvolution.backwardData(WORKERS, g, dy.array(), dy.offset(), filter.array(), filter.offset(),
                dx.array(), dx.offset(), accumulate);
        check("dx", plus(accumulate, TransposedConvolutionReference.backwardData(adjoint, dys, filters), x), dx);

        GuardedArray dFilter = result(filter, accumulate);
        TransposedConvolution.backwardFilter(WORKERS, g, x.array(), x.offset(), dy.array(), dy.offset(),
                dFilter.array(), dFilter.offset(), accumulate);
        check("dFilter", plus(accumulate, TransposedConvolutionReference.backwardFilter(adjoint, xs, dys), filter),
                dFilter);

        GuardedArray dBias = result(bias, accumulate);
        TransposedConvolution.backwardBias(WORKERS, g, dy.array(), dy.offset(), dBias.array(), dBias.offset(),
                accumulate);
        check("dBias", plus(accumulate, TransposedConvolutionReference.backwardBias(adjoint, dys), bias), dBias);
    }

    private static GuardedArray operand(Filling filling, int operand, int n) {
        return GuardedArray.vector(n, 3, 5).fill(filling.operand(operand).values(n));
    }

    private static GuardedArray result(GuardedArray like, boolean accumulate) {
        return accumulate ? like.copy() : GuardedArray.vector(like.size(), 3, 5).fill(Float.NaN);
    }

    private static SumsOfProducts plus(boolean accumulate, SumsOfProducts sums, GuardedArray old) {
        return accumulate ? sums.plus(old.values()) : sums;
    }

    private static void check(String what, SumsOfProducts sums, GuardedArray actual) {
        sums.check(what, actual.values());
        actual.checkSentinels(what);
    }
}
