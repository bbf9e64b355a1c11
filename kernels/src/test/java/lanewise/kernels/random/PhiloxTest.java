package lanewise.kernels.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import lanewise.kernels.internal.PhiloxWords;
import org.junit.jupiter.api.Test;

/** The published test vectors, and what each distribution promises. */
class PhiloxTest {

    /** From kat_vectors of Random123 1.09, lines "philox4x32 10". */
    @Test
    void givesThePublishedWords() {
        assertBlock(0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
        assertBlock(-1, -1, -1, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
        assertBlock(0x299f31d0a4093822L, 0x85a308d3243f6a88L, 0x0370734413198a2eL, 0xd16cfe09, 0x94fdcceb, 0x5001e420,
                0x24126ea1);
    }

    @Test
    void wordsOfAStreamBeginWithItsFirstBlock() {
        int[] out = new int[6];
        Philox.bits(0, 0, 5, out, 1);
        assertArrayEquals(new int[]{0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, Arrays.copyOf(out, 5));
    }

    @Test
    void aWordDependsOnItsIndexAlone() {
        int[] all = new int[101];
        Philox.bits(7, 9, 101, all, 0);
        for (int n = 0; n < 101; n++) {
            int[] some = new int[n];
            Philox.bits(7, 9, n, some, 0);
            assertArrayEquals(Arrays.copyOf(all, n), some);
        }
    }

    @Test
    void uniformNumbersStayBelowTheirBound() {
        float[] x = new float[100_000];
        Philox.uniform(1, 2, x.length, 1f, Math.nextUp(1f), x, 0);
        for (float v : x) {
            assertEquals(1f, v);
        }
        Philox.uniform(1, 2, x.length, -3f, 5f, x, 0);
        double sum = 0;
        for (float v : x) {
            assertTrue(v >= -3f && v < 5f);
            sum += v;
        }
        // Five standard deviations of the mean: the seed is fixed, so this either always passes or never.
        assertEquals(1, sum / x.length, 5 * 8 / Math.sqrt(12.0 * x.length));
        Philox.uniform(1, 2, 3, 4f, 4f, x, 0);
        assertEquals(4f, x[2]);
    }

    @Test
    void normalNumbersHaveTheirMoments() {
        int n = 100_000;
        float[] x = new float[n];
        Philox.normal(1, 2, n, 10f, 2f, x, 0);
        double sum = 0;
        double squares = 0;
        double fourth = 0;
        for (float v : x) {
            double z = (v - 10) / 2.0;
            sum += z;
            squares += z * z;
            fourth += z * z * z * z;
        }
        assertEquals(0, sum / n, 5 / Math.sqrt(n));
        assertEquals(1, squares / n, 5 * Math.sqrt(2.0 / n));
        assertEquals(3, fourth / n, 5 * Math.sqrt(96.0 / n));
    }

    @Test
    void normalNumbersAreTheCosineAndSineFormOfBoxAndMuller() {
        int n = 1000;
        int[] words = new int[n];
        float[] z = new float[n];
        Philox.bits(3, 4, n, words, 0);
        Philox.normal(3, 4, n, 0f, 1f, z, 0);
        for (int i = 0; i < n; i += 2) {
            double radius = Math.sqrt(-2 * Math.log((Integer.toUnsignedLong(words[i]) + 1) * 0x1p-32));
            double angle = 2 * Math.PI * Integer.toUnsignedLong(words[i + 1]) * 0x1p-32;
            assertEquals(radius * Math.cos(angle), z[i], 3e-7);
            assertEquals(radius * Math.sin(angle), z[i + 1], 3e-7);
        }
    }

    @Test
    void permutationsHoldEachNumberOnce() {
        for (int n = 0; n < 50; n++) {
            int[] order = new int[n];
            Philox.permutation(n, 5, n, order, 0);
            Arrays.sort(order);
            for (int i = 0; i < n; i++) {
                assertEquals(i, order[i]);
            }
        }
    }

    @Test
    void everyOrderIsEquallyLikely() {
        int[] counts = new int[64];
        int[] order = new int[3];
        int draws = 60_000;
        for (int stream = 0; stream < draws; stream++) {
            Philox.permutation(11, stream, 3, order, 0);
            counts[order[0] << 4 | order[1] << 2 | order[2]]++;
        }
        int orders = 0;
        for (int count : counts) {
            if (count > 0) {
                orders++;
                assertEquals(draws / 6.0, count, 5 * Math.sqrt(draws * 5.0 / 36));
            }
        }
        assertEquals(6, orders);
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertEquals("Philox.normal: std = -1.0, need a finite number >= 0",
                assertThrows(IllegalArgumentException.class, () -> Philox.normal(0, 0, 1, 0f, -1f, new float[1], 0))
                        .getMessage());
        assertEquals("Philox.uniform: high = 1.0, need a finite number >= low = 2.0",
                assertThrows(IllegalArgumentException.class, () -> Philox.uniform(0, 0, 1, 2f, 1f, new float[1], 0))
                        .getMessage());
    }

    private static void assertBlock(long key, long counterLow, long counterHigh, int w0, int w1, int w2, int w3) {
        long left = PhiloxWords.half(key, counterLow, counterHigh, false);
        long right = PhiloxWords.half(key, counterLow, counterHigh, true);
        assertArrayEquals(new int[]{w0, w1, w2, w3},
                new int[]{(int) left, (int) (left >>> 32), (int) right, (int) (right >>> 32)});
    }
}
