package lanewise.properties.convolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import lanewise.kernels.Window;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.convolution.Convolution;
import lanewise.kernels.convolution.ConvolutionAlgorithm;
import lanewise.kernels.convolution.ConvolutionGeometry;
import lanewise.testing.Bits;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.ConvolutionCase;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.Filling.Kind;
import lanewise.testing.arbitrary.GemmCase.Layout;
import lanewise.testing.reference.ConvolutionReference;
import lanewise.testing.reference.SumsOfProducts;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Properties of convolutions in all directions, by every algorithm. */
class ConvolutionProperties {

    private static final Workers WORKERS = Workers.of(2);

    @AfterContainer
    static void close() {
        WORKERS.close();
    }

    @Provide
    Arbitrary<ConvolutionCase> integers() {
        return ConvolutionCase.any(Filling.of(Kind.ONES, Kind.INTEGERS));
    }

    @Provide
    Arbitrary<ConvolutionCase> reals() {
        return ConvolutionCase.any(Filling.of(Kind.UNIT, Kind.MIXED_MAGNITUDE));
    }

    @Property(tries = 200)
    void integersAreExact(@ForAll("integers") ConvolutionCase c) {
        checkExact(c);
    }

    private static void checkExact(ConvolutionCase c) {
        for (Direction direction : Direction.values()) {
            float[] exact = direction.exact(WORKERS, c);
            for (ConvolutionAlgorithm algorithm : ConvolutionAlgorithm.values()) {
                if (direction.isExact(algorithm, c.geometry())) {
                    // Not their bits: a sum of nothing but zeros may be −0.
                    assertEqual(direction + " by " + algorithm, exact, direction.compute(WORKERS, algorithm, c));
                }
            }
        }
    }

    @Property(tries = 200)
    void everyElementIsWithinItsBound(@ForAll("reals") ConvolutionCase c) {
        checkBound(c);
    }

    private static void checkBound(ConvolutionCase c) {
        for (Direction direction : Direction.values()) {
            SumsOfProducts sums = direction.sums(c);
            for (ConvolutionAlgorithm algorithm : ConvolutionAlgorithm.values()) {
                if (direction.isExact(algorithm, c.geometry())) {
                    sums.check(direction + " by " + algorithm, direction.activation(c),
                            direction.compute(WORKERS, algorithm, c));
                }
            }
        }
    }

    @Provide
    Arbitrary<ConvolutionCase> threeByThree() {
        return ConvolutionCase.with(ConvolutionCase.winograd(), Filling.moderate());
    }

    @Property(tries = 200)
    void winogradsAlgorithmIsWithinItsOwnBound(@ForAll("threeByThree") ConvolutionCase c) {
        for (Direction direction : List.of(Direction.FORWARD, Direction.BACKWARD_DATA)) {
            direction.sums(c).check(direction + " by WINOGRAD", direction.activation(c), direction.winogradBounds(c),
                    direction.compute(WORKERS, ConvolutionAlgorithm.WINOGRAD, c));
        }
    }

    @Property(tries = 200)
    void autoIsOneOfTheOthersBitForBit(@ForAll("any") ConvolutionCase c) {
        for (Direction direction : Direction.values()) {
            float[] auto = direction.compute(WORKERS, ConvolutionAlgorithm.AUTO, c);
            assertTrue(
                    Arrays.stream(ConvolutionAlgorithm.values())
                            .filter(a -> a != ConvolutionAlgorithm.AUTO && direction.isOffered(a, c.geometry()))
                            .anyMatch(a -> Arrays.equals(auto, direction.compute(WORKERS, a, c))),
                    () -> direction + " by AUTO has other bits than every named algorithm");
        }
    }

    @Provide
    Arbitrary<ConvolutionCase> any() {
        return Arbitraries.oneOf(reals(), threeByThree());
    }

    @Property(tries = 200)
    void whatAnAlgorithmCannotDoIsRefusedBeforeAnyWrite(@ForAll("integers") ConvolutionCase c) {
        for (Direction direction : Direction.values()) {
            for (ConvolutionAlgorithm algorithm : ConvolutionAlgorithm.values()) {
                if (!direction.isOffered(algorithm, c.geometry())) {
                    GuardedArray result = direction.result(c);
                    float[] before = result.values();
                    String message = assertThrows(IllegalArgumentException.class,
                            () -> direction.call(WORKERS, algorithm, c, c.x(), c.filter(), c.y()),
                            () -> direction + " by " + algorithm).getMessage();
                    assertTrue(message.contains(algorithm.name()) && message.contains("need"), message);
                    Bits.check("the result", before, result.values());
                }
            }
        }
    }

    /** ⟨conv(x), y⟩ = ⟨x, backwardData(y)⟩ = ⟨filter, backwardFilter(x, y)⟩: one sum over all triples, in integers. */
    @Property(tries = 200)
    void theGradientsAreTheAdjoints(@ForAll("integers") ConvolutionCase any) {
        ConvolutionCase c = new ConvolutionCase(any.geometry(), false, Activation.IDENTITY, false, any.layout(),
                any.filling());
        for (ConvolutionAlgorithm algorithm : ConvolutionAlgorithm.values()) {
            if (Arrays.stream(Direction.values()).allMatch(d -> d.isExact(algorithm, c.geometry()))) {
                double forward = dot(c.y().values(), Direction.FORWARD.compute(WORKERS, algorithm, c));
                assertEquals(forward, dot(c.x().values(), Direction.BACKWARD_DATA.compute(WORKERS, algorithm, c)),
                        "<x, backwardData> by " + algorithm);
                assertEquals(forward,
                        dot(c.filter().values(), Direction.BACKWARD_FILTER.compute(WORKERS, algorithm, c)),
                        "<filter, backwardFilter> by " + algorithm);
            }
        }
    }

    @Property(tries = 200)
    void theGradientOfTheBiasIsTheSumOfItsChannel(@ForAll("reals") ConvolutionCase c) {
        GuardedArray dy = c.y();
        GuardedArray dBias = c.biases();
        SumsOfProducts sums = ConvolutionReference.backwardBias(c.geometry(), Direction.doubles(dy.values()));
        if (c.accumulate()) {
            sums.plus(dBias.values());
        } else {
            dBias.fill(Float.NaN);
        }
        Convolution.backwardBias(WORKERS, c.geometry(), dy.array(), dy.offset(), dBias.array(), dBias.offset(),
                c.accumulate());
        sums.check("dBias", dBias.values());
        dBias.checkSentinels("dBias");
        Bits.check("dy", c.y().array(), dy.array());
    }

    @Property(tries = 30)
    void theNumberOfThreadsChangesNoBit(@ForAll("any") ConvolutionCase c) {
        for (Direction direction : Direction.values()) {
            for (ConvolutionAlgorithm algorithm : ConvolutionAlgorithm.values()) {
                if (direction.isOffered(algorithm, c.geometry())) {
                    float[] two = direction.compute(WORKERS, algorithm, c);
                    for (int threads : new int[]{1, 3, 7}) {
                        try (Workers workers = Workers.of(threads)) {
                            Bits.check(direction + " by " + algorithm + " on " + threads + " threads", two,
                                    direction.compute(workers, algorithm, c));
                        }
                    }
                }
            }
        }
    }

    /** What an earlier call left in the scratch memory, where padding is made too, reaches no result. */
    @Property(tries = 100)
    void scratchMemoryThatHoldsNaNDoesNotLeak(@ForAll("integers") ConvolutionCase c) {
        for (Direction direction : Direction.values()) {
            float[] exact = direction.exact(WORKERS, c);
            for (ConvolutionAlgorithm algorithm : ConvolutionAlgorithm.values()) {
                if (direction.isExact(algorithm, c.geometry())) {
                    ConvolutionCase large = new ConvolutionCase(unpadded(c.geometry()), false, Activation.IDENTITY,
                            false, Layout.TIGHT, c.filling());
                    direction.compute(WORKERS, algorithm, large, large.x().fill(Float.NaN),
                            large.filter().fill(Float.NaN), large.y().fill(Float.NaN));
                    assertEqual(direction + " by " + algorithm, exact, direction.compute(WORKERS, algorithm, c));
                }
            }
        }
    }

    /** The same convolution over an image that has elements where the other one has padding. */
    private static ConvolutionGeometry unpadded(ConvolutionGeometry g) {
        ConvolutionGeometry larger = switch (g.rank()) {
            case 1 -> ConvolutionGeometry.of1d(g.n(), g.c(), padded(g.width()), g.outC(), g.width().kernel());
            case 2 -> ConvolutionGeometry.of2d(g.n(), g.c(), padded(g.height()), padded(g.width()), g.outC(),
                    g.height().kernel(), g.width().kernel());
            default -> ConvolutionGeometry.of3d(g.n(), g.c(), padded(g.depth()), padded(g.height()),
                    padded(g.width()), g.outC(), g.depth().kernel(), g.height().kernel(), g.width().kernel());
        };
        int[] strides = {g.depth().stride(), g.height().stride(), g.width().stride()};
        int[] dilations = {g.depth().dilation(), g.height().dilation(), g.width().dilation()};
        return larger.stride(Arrays.copyOfRange(strides, 3 - g.rank(), 3))
                .dilation(Arrays.copyOfRange(dilations, 3 - g.rank(), 3)).groups(g.groups());
    }

    private static int padded(Window window) {
        return window.padBegin() + window.input() + window.padEnd();
    }

    /** A number that is not finite reaches the elements that are made of it, and no others. */
    @Property(tries = 200)
    void whatIsNotFiniteStaysWithinItsWindows(@ForAll("integers") ConvolutionCase any, @ForAll int which,
            @ForAll boolean infinite) {
        ConvolutionCase c = new ConvolutionCase(any.geometry(), any.bias(), Activation.IDENTITY, any.accumulate(),
                any.layout(), new Filling(Kind.ONES, 0));
        Assume.that(c.geometry().n() > 0);
        float wild = infinite ? Float.POSITIVE_INFINITY : Float.NaN;
        int x = Math.floorMod(which, c.geometry().imageLength());
        int y = Math.floorMod(which, c.geometry().outputLength());
        for (Direction direction : Direction.values()) {
            for (ConvolutionAlgorithm algorithm : ConvolutionAlgorithm.values()) {
                if (direction.isExact(algorithm, c.geometry())) {
                    GuardedArray xs = c.x();
                    GuardedArray ys = c.y();
                    (direction == Direction.BACKWARD_DATA ? ys : xs).set(direction == Direction.BACKWARD_DATA ? y : x,
                            wild);
                    double[] sums = direction.sums(c, Direction.doubles(xs.values()),
                            Direction.doubles(c.filter().values()), Direction.doubles(ys.values())).values();
                    float[] exact = new float[sums.length];
                    for (int i = 0; i < exact.length; i++) {
                        exact[i] = (float) sums[i];
                    }
                    assertEqual(direction + " by " + algorithm, exact,
                            direction.compute(WORKERS, algorithm, c, xs, c.filter(), ys));
                }
            }
        }
    }

    private static void assertEqual(String what, float[] expected, float... actual) {
        assertEquals(expected.length, actual.length, what);
        for (int i = 0; i < expected.length; i++) {
            if (expected[i] != actual[i] && !Bits.same(expected[i], actual[i])) {
                throw new AssertionError(what + ": element " + i + " is " + actual[i] + ", expected " + expected[i]);
            }
        }
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
