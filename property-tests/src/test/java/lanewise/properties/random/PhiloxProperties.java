package lanewise.properties.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import lanewise.kernels.random.Philox;
import lanewise.testing.Bits;
import lanewise.testing.reference.PhiloxReference;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Properties of the random generator: that it is Philox, and that what is made from it has the right distribution. */
class PhiloxProperties {

    private static final int MANY = 1 << 18;

    /** The vectors that Random123 publishes for philox4x32 with ten rounds. */
    @Example
    void theReferenceGivesThePublishedVectors() {
        check(new int[]{0, 0, 0, 0}, new int[]{0, 0}, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
        check(new int[]{-1, -1, -1, -1}, new int[]{-1, -1}, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
        check(new int[]{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, new int[]{0xa4093822, 0x299f31d0}, 0xd16cfe09,
                0x94fdcceb, 0x5001e420, 0x24126ea1);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.MIXIN)
    void bitsAreThoseOfTheReference(@ForAll long seed, @ForAll long stream, @ForAll @IntRange(max = 70) int n,
            @ForAll @IntRange(max = 5) int offset) {
        int[] out = new int[offset + n + 3];
        Arrays.fill(out, 77);
        int[] expected = out.clone();
        System.arraycopy(PhiloxReference.bits(seed, stream, n), 0, expected, offset, n);
        Philox.bits(seed, stream, n, out, offset);
        assertArrayEquals(expected, out);
    }

    @Property(tries = 100)
    void aShorterDrawIsTheBeginningOfALongerOne(@ForAll long seed, @ForAll long stream,
            @ForAll @IntRange(max = 70) int n,
            @ForAll @IntRange(max = 70) int more) {
        float[] uniform = new float[n];
        float[] longerUniform = new float[n + more];
        float[] normal = new float[n];
        float[] longerNormal = new float[n + more];
        Philox.uniform(seed, stream, n, -1, 3, uniform, 0);
        Philox.uniform(seed, stream, n + more, -1, 3, longerUniform, 0);
        Philox.normal(seed, stream, n, 1, 2, normal, 0);
        Philox.normal(seed, stream, n + more, 1, 2, longerNormal, 0);
        Bits.check("uniform", uniform, Arrays.copyOf(longerUniform, n));
        Bits.check("normal", normal, Arrays.copyOf(longerNormal, n));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.MIXIN)
    void uniformNumbersAreInTheirInterval(@ForAll long seed, @ForAll float a, @ForAll float b) {
        float low = Math.min(a, b);
        float high = Math.max(a, b);
        float[] x = new float[64];
        Philox.uniform(seed, 0, x.length, low, high, x, 0);
        for (float value : x) {
            assertTrue(value >= low && (value < high || low == high), value + " in [" + low + ", " + high + ")");
        }
    }

    /** Kolmogorov and Smirnov's distance of many draws, with a fixed seed: at 1.63/√n one seed in a hundred would fail. */
    @Example
    void uniformNumbersAreUniform() {
        float[] x = new float[MANY];
        Philox.uniform(1, 2, MANY, -2, 2, x, 0);
        Arrays.sort(x);
        double distance = IntStream.range(0, MANY).mapToDouble(i -> Math.abs((x[i] + 2) / 4 - (i + 0.5) / MANY)).max()
                .getAsDouble();
        assertTrue(distance < 1.63 / Math.sqrt(MANY), "distance " + distance);
    }

    /** The first four moments of many draws, with a fixed seed, each within four standard deviations of its estimate. */
    @Example
    void normalNumbersAreNormal() {
        float[] x = new float[MANY];
        Philox.normal(1, 2, MANY, 3, 0.5f, x, 0);
        double[] moments = new double[5];
        for (float value : x) {
            double z = (value - 3) / 0.5;
            for (int p = 1; p <= 4; p++) {
                moments[p] += Math.pow(z, p) / MANY;
            }
        }
        double unit = 4 / Math.sqrt(MANY);
        assertEquals(0, moments[1], unit, "mean");
        assertEquals(1, moments[2], unit * Math.sqrt(2), "variance");
        assertEquals(0, moments[3], unit * Math.sqrt(15), "third moment");
        assertEquals(3, moments[4], unit * Math.sqrt(96), "fourth moment");
    }

    @Property(tries = 200)
    void permutationsArePermutations(@ForAll long seed, @ForAll long stream, @ForAll @IntRange(max = 300) int n) {
        int[] order = new int[n];
        Philox.permutation(seed, stream, n, order, 0);
        Arrays.sort(order);
        assertArrayEquals(IntStream.range(0, n).toArray(), order);
    }

    /** χ² of the 120 orders of five elements over many streams: 119 degrees of freedom, 99.9 % of seeds below 173. */
    @Example
    void permutationsAreEquallyLikely() {
        int draws = 120 * 500;
        int[] counts = new int[5 * 5 * 5 * 5 * 5];
        int[] order = new int[5];
        for (int stream = 0; stream < draws; stream++) {
            Philox.permutation(11, stream, 5, order, 0);
            counts[Arrays.stream(order).reduce(0, (code, i) -> 5 * code + i)]++;
        }
        int[] seen = Arrays.stream(counts).filter(count -> count > 0).toArray();
        assertEquals(120, seen.length, "orders seen");
        double chiSquare = Arrays.stream(seen).mapToDouble(count -> (count - 500.0) * (count - 500.0) / 500).sum();
        assertTrue(chiSquare < 173, "chi-square " + chiSquare);
    }

    private static void check(int[] counter, int[] key, int... expected) {
        assertArrayEquals(expected, PhiloxReference.block(counter, key));
    }
}
