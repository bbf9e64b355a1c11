package lanewise.testing.arbitrary;

import lanewise.kernels.Window;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.convolution.ConvolutionGeometry;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.GemmCase.Layout;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * One convolution: shapes, what follows the sums, layout and contents.
 *
 * @param geometry the shapes
 * @param bias whether there is a bias
 * @param activation what is applied to the sums
 * @param accumulate whether gradients are added to
 * @param layout where the operands lie in their arrays
 * @param filling contents of all operands
 */
public record ConvolutionCase(ConvolutionGeometry geometry, boolean bias, Activation activation, boolean accumulate,
        Layout layout, Filling filling) {

    private static final int MAX_KERNEL = 5;
    private static final int MAX_STRIDE = 3;
    private static final int MAX_DILATION = 3;

    /**
     * Convolutions of any rank, kernel 1 to 5, stride and dilation 1 to 3, padding of 0 to kernel on each side, any groups,
     * with sizes of images around the edges of vectors; or with many small images.
     *
     * @param fillings the contents
     * @return the arbitrary
     */
    public static Arbitrary<ConvolutionCase> any(Arbitrary<Filling> fillings) {
        return with(geometries(), fillings);
    }

    /**
     * Convolutions with these shapes.
     *
     * @param geometries the shapes
     * @param fillings the contents
     * @return the arbitrary
     */
    public static Arbitrary<ConvolutionCase> with(Arbitrary<ConvolutionGeometry> geometries,
            Arbitrary<Filling> fillings) {
        Arbitrary<Boolean> booleans = Arbitraries.of(false, true);
        return Combinators
                .combine(geometries, booleans, Arbitraries.of(Activation.class), booleans, Layout.any(), fillings)
                .as(ConvolutionCase::new);
    }

    /**
     * The shapes of {@link #any}.
     *
     * @return the arbitrary
     */
    public static Arbitrary<ConvolutionGeometry> geometries() {
        return Arbitraries.frequencyOf(Tuple.of(1, geometries(1, 70)), Tuple.of(4, geometries(2, 20)),
                Tuple.of(1, geometries(3, 4)), Tuple.of(1, geometries(between(16, 35), 2, 6)));
    }

    /**
     * Shapes with as many spatial dimensions as said.
     *
     * @param rank 1, 2 or 3
     * @param positions about the largest number of positions in a dimension
     * @return the arbitrary
     */
    public static Arbitrary<ConvolutionGeometry> geometries(int rank, int positions) {
        return geometries(Arbitraries.frequencyOf(Tuple.of(9, between(1, 3)), Tuple.of(1, Arbitraries.of(0, 7))), rank,
                positions);
    }

    private static Arbitrary<ConvolutionGeometry> geometries(Arbitrary<Integer> images, int rank, int positions) {
        Arbitrary<Window[]> windows = windows(positions).array(Window[].class).ofSize(rank);
        return Combinators.combine(images, channels(), windows)
                .as((n, channels, w) -> ConvolutionGeometry.of(n, channels[0] * channels[1], channels[0] * channels[2],
                        channels[0],
                        w));
    }

    /**
     * Shapes that Winograd's minimal filtering computes: images, 3 x 3, stride and dilation 1, one group, padding of at most
     * 2.
     *
     * @return the arbitrary
     */
    public static Arbitrary<ConvolutionGeometry> winograd() {
        Arbitrary<Window> windows = Combinators.combine(between(3, 23), between(0, 2), between(0, 2))
                .as((input, begin, end) -> Window.of(input, 3).withPadding(begin, end));
        Arbitrary<Integer> channels = Sizes.upTo(33).filter(c -> c > 0);
        return Combinators.combine(between(0, 3), channels, channels, windows, windows)
                .as((n, c, outC, h, w) -> ConvolutionGeometry.of(n, c, outC, 1, h, w));
    }

    /**
     * x before the call.
     *
     * @return a new vector with its contents
     */
    public GuardedArray x() {
        return operand(geometry.imageLength(), 0);
    }

    /**
     * The filter.
     *
     * @return a new vector with its contents
     */
    public GuardedArray filter() {
        return operand(geometry.filterLength(), 1);
    }

    /**
     * y before the call, or dy.
     *
     * @return a new vector with its contents
     */
    public GuardedArray y() {
        return operand(geometry.outputLength(), 2);
    }

    /**
     * The bias, or its gradient before the call.
     *
     * @return a new vector with its contents
     */
    public GuardedArray biases() {
        return operand(geometry.outC(), 3);
    }

    private GuardedArray operand(int n, int which) {
        return layout.matrix(1, n).fill(filling.operand(which).values(n));
    }

    private static Arbitrary<Window> windows(int positions) {
        Arbitrary<Integer> paddings = Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just(0)),
                Tuple.of(2, between(0, MAX_KERNEL)));
        return Combinators.combine(between(1, MAX_KERNEL), between(1, MAX_STRIDE), between(1, MAX_DILATION), paddings,
                paddings, Sizes.upTo(positions), between(0, MAX_STRIDE - 1)).as(ConvolutionCase::window);
    }

    /** A window with so many positions and some elements that none of them covers; pads no wider than the kernel. */
    private static Window window(int kernel, int stride, int dilation, int begin, int end, int positions, int rest) {
        int padBegin = Math.min(begin, kernel);
        int padEnd = Math.min(end, kernel);
        int covered = (kernel - 1) * dilation + 1 + Math.max(0, positions - 1) * stride;
        int input = Math.max(1, covered + Math.min(rest, stride - 1) - padBegin - padEnd);
        return new Window(input, kernel, stride, padBegin, padEnd, dilation, false);
    }

    /** Groups, and the channels of x and y in each: mostly one group, or groups of one channel. */
    private static Arbitrary<int[]> channels() {
        Arbitrary<Integer> ones = Arbitraries.just(1);
        return Arbitraries.frequencyOf(Tuple.of(3, triples(ones, between(1, 18), between(1, 18))),
                Tuple.of(2, triples(between(1, 18), ones, ones)), Tuple.of(1, triples(between(1, 5), ones,
                        between(1, 3))),
                Tuple.of(2, triples(between(1, 4), between(1, 5), between(1, 7))));
    }

    private static Arbitrary<int[]> triples(Arbitrary<Integer> groups, Arbitrary<Integer> inputs,
            Arbitrary<Integer> outputs) {
        return Combinators.combine(groups, inputs, outputs).as((g, i, o) -> new int[]{g, i, o});
    }

    private static Arbitrary<Integer> between(int min, int max) {
        return Arbitraries.integers().between(min, max).shrinkTowards(min);
    }
}
