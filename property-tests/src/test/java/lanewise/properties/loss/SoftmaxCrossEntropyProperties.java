package lanewise.properties.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.loss.SoftmaxCrossEntropy;
import lanewise.testing.Bits;
import lanewise.testing.Bounds;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.GemmCase.Layout;
import lanewise.testing.arbitrary.Sizes;
import lanewise.testing.reference.SoftmaxCrossEntropyReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;

/** Properties of the cross-entropy of a softmax. */
class SoftmaxCrossEntropyProperties {

    private static final float SCALE = 0.125f;
    private static final float D_LOSS = -1.7f;
    private static final Workers WORKERS = Workers.of(2);

    @AfterContainer
    static void close() {
        WORKERS.close();
    }

    /** log Σ e^z − z[label], summed over rows. */
    @Property(tries = 300)
    void lossIsWithinItsBound(@ForAll("rows") int rows, @ForAll("columns") int cols, @ForAll("layouts") Layout layout,
            @ForAll("moderate") Filling filling) {
        GuardedArray z = layout.matrix(rows, cols).fill(filling.values(rows * cols));
        GuardedArray before = z.copy();
        int[] label = labels(rows, cols, layout.before(), filling);
        double exact = IntStream.range(0, rows)
                .mapToDouble(i -> SoftmaxCrossEntropyReference.value(row(z, cols, i), label[layout.before() + i]))
                .sum();
        double bound = SoftmaxCrossEntropyReference.bound(SCALE,
                IntStream.range(0, rows).mapToObj(i -> row(z, cols, i)).toArray(double[][]::new),
                IntStream.range(0, rows).map(i -> label[layout.before() + i]).toArray());
        GuardedArray loss = layout.matrix(1, 1).fill(Float.NaN);
        loss(WORKERS, rows, cols, z, label, layout.before(), loss);
        Bounds.check("loss", SCALE * exact, bound, loss.get(0));
        loss.checkSentinels("loss");
        Bits.check("z", before.array(), z.array());
    }

    /** Logits 7.4 and 60.1, of which the label is the larger: the loss is 1.24e-23, beside which both are large. */
    @Example
    void aLossMayBeFarSmallerThanTheLogits() {
        lossIsWithinItsBound(1, 2, Layout.TIGHT, new Filling(Filling.Kind.MIXED_MAGNITUDE, 21));
    }

    /** dz = dLoss · scale · (softmax(z) − 1 at the label), overwriting or added. */
    @Property(tries = 300)
    void gradientIsWithinItsBound(@ForAll("rows") int rows, @ForAll("columns") int cols,
            @ForAll("layouts") Layout layout, @ForAll("moderate") Filling filling, @ForAll boolean accumulate) {
        GuardedArray z = layout.matrix(rows, cols).fill(filling.values(rows * cols));
        GuardedArray untouched = z.copy();
        int[] label = labels(rows, cols, layout.before(), filling);
        GuardedArray before = layout.matrix(rows, cols);
        before = accumulate ? before.fill(filling.operand(1).values(rows * cols)) : before.fill(Float.NaN);
        GuardedArray dz = before.copy();
        gradient(WORKERS, rows, cols, z, label, layout.before(), dz, accumulate);
        double factor = (double) D_LOSS * SCALE;
        for (int i = 0; i < rows; i++) {
            double[] row = row(z, cols, i);
            double[] exact = SoftmaxCrossEntropyReference.gradient(row, label[layout.before() + i]);
            // The reference's bound takes time in proportion to the columns.
            for (int j = 0; j < cols; j += 1 + cols / 16) {
                double old = accumulate ? before.get(i, j) : 0;
                Bounds.check("dz[" + i + "][" + j + "]", factor * exact[j] + old, SoftmaxCrossEntropyReference
                        .gradientBound(row, label[layout.before() + i], factor, j, old), dz.get(i, j));
            }
            int right = label[layout.before() + i];
            double old = accumulate ? before.get(i, right) : 0;
            Bounds.check("dz at the label", factor * exact[right] + old,
                    SoftmaxCrossEntropyReference.gradientBound(row, right, factor, right, old), dz.get(i, right));
        }
        dz.checkSentinels("dz");
        Bits.check("z", untouched.array(), z.array());
    }

    /** The same for every number of threads and every layout; a row's gradient does not depend on the other rows. */
    @Property(tries = 20)
    void doNotDependOnThreadsOrNeighbours(@ForAll("columns") int cols, @ForAll("layouts") Layout layout,
            @ForAll("moderate") Filling filling) {
        int rows = 3 + 40_000 / cols;
        GuardedArray z = Layout.TIGHT.matrix(rows, cols).fill(filling.values(rows * cols));
        int[] label = labels(rows, cols, 0, filling);
        float loss = Float.NaN;
        float[] dz = null;
        for (int threads : new int[]{1, 2, 3, 7}) {
            try (Workers workers = Workers.of(threads)) {
                GuardedArray otherLoss = GuardedArray.vector(1, 0, 0);
                GuardedArray otherDz = layout.matrix(rows, cols).fill(Float.NaN);
                loss(workers, rows, cols, z, label, 0, otherLoss);
                gradient(workers, rows, cols, z, label, 0, otherDz, false);
                if (dz == null) {
                    loss = otherLoss.get(0);
                    dz = otherDz.values();
                }
                Bits.check("loss on " + threads + " threads", new float[]{loss}, otherLoss.values());
                Bits.check("dz on " + threads + " threads", dz, otherDz.values());
            }
        }
        GuardedArray last = GuardedArray.vector(cols, 0, 0).fill(slice(z.values(), (rows - 1) * cols, cols));
        GuardedArray alone = GuardedArray.vector(cols, 0, 0);
        gradient(WORKERS, 1, cols, last, new int[]{label[rows - 1]}, 0, alone, false);
        Bits.check("dz of the last row alone", slice(dz, (rows - 1) * cols, cols), alone.values());
    }

    /** As long as the differences between logits are exact, a shift of all changes nothing. */
    @Property(tries = 100)
    void aShiftChangesNothing(@ForAll("columns") int cols, @ForAll long seed) {
        float[] values = new Filling(Filling.Kind.INTEGERS, seed).values(cols);
        float[] shifted = values.clone();
        for (int j = 0; j < cols; j++) {
            shifted[j] += 1000;
        }
        int[] label = {Math.floorMod(seed, cols)};
        GuardedArray loss = GuardedArray.vector(1, 0, 0);
        GuardedArray other = GuardedArray.vector(1, 0, 0);
        loss(WORKERS, 1, cols, GuardedArray.vector(cols, 0, 0).fill(values), label, 0, loss);
        loss(WORKERS, 1, cols, GuardedArray.vector(cols, 0, 0).fill(shifted), label, 0, other);
        assertEquals(loss.get(0), other.get(0));
    }

    @Provide
    Arbitrary<Integer> rows() {
        return Sizes.upTo(70);
    }

    @Provide
    Arbitrary<Integer> columns() {
        return Arbitraries.frequencyOf(Tuple.of(9, Sizes.upTo(200).map(n -> Math.max(1, n))),
                Tuple.of(1, Arbitraries.of(1023, 4096, 4097, 9000)));
    }

    @Provide
    Arbitrary<Layout> layouts() {
        return Layout.any();
    }

    @Provide
    Arbitrary<Filling> moderate() {
        return Filling.moderate();
    }

    private static void loss(Workers workers, int rows, int cols, GuardedArray z, int[] label, int labelOffset,
            GuardedArray loss) {
        SoftmaxCrossEntropy.forward(workers, rows, cols, SCALE, z.array(), z.offset(), z.ld(), label, labelOffset,
                loss.array(), loss.offset());
    }

    private static void gradient(Workers workers, int rows, int cols, GuardedArray z, int[] label, int labelOffset,
            GuardedArray dz, boolean accumulate) {
        SoftmaxCrossEntropy.backward(workers, rows, cols, SCALE, z.array(), z.offset(), z.ld(), label, labelOffset,
                new float[]{0, D_LOSS}, 1, dz.array(), dz.offset(), dz.ld(), accumulate);
    }

    /** Labels after so many others, which are no class. */
    private static int[] labels(int rows, int cols, int before, Filling filling) {
        int[] label = new int[before + rows];
        for (int i = 0; i < label.length; i++) {
            label[i] = i < before ? -1 : Math.floorMod(filling.seed() + 31L * i, cols);
        }
        return label;
    }

    private static double[] row(GuardedArray z, int cols, int i) {
        return IntStream.range(0, cols).mapToDouble(j -> z.get(i, j)).toArray();
    }

    private static float[] slice(float[] values, int from, int length) {
        return Arrays.copyOfRange(values, from, from + length);
    }
}
