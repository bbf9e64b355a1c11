package lanewise.kernels.random;

import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.PhiloxWords;

/**
 * The counter-based random generator Philox4x32-10. There is no state: number i of a stream is a function of the seed, the
 * stream and i, so that any part of a stream can be made anywhere, in any order, with the same bits.
 *
 * <p>
 * The seed is the key, low half first. The counter's four words are the low and the high half of i / 4, then those of the
 * stream. So a seed has 2<sup>64</sup> independent streams, each of 2<sup>66</sup> words.
 */
public final class Philox {

    private static final int QUARTER_TURN = 1 << 30;

    private Philox() {}

    /**
     * out[i] ← word i of the stream.
     *
     * @shape out: n elements
     * @writes overwrites out
     * @aliasing none possible
     * @workspace none
     * @error exact
     * @special n = 0 does nothing
     * @deterministic the same bits on every machine
     * @source Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as 1, 2, 3 (SC 2011), Philox4x32-10
     *
     * @param seed the key
     * @param stream which of the seed's streams
     * @param n number of words
     * @param out the words, all 32 bits random
     * @param outOffset index of the first
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if out is too short
     */
    public static void bits(long seed, long stream, int n, int[] out, int outOffset) {
        Checks.size("Philox.bits", "n", n);
        Checks.vector("Philox.bits", "out", out, outOffset, n);
        for (int i = 0; i < n; i += 2) {
            long pair = PhiloxWords.pair(seed, stream, i >> 1);
            out[outOffset + i] = (int) pair;
            if (i + 1 < n) {
                out[outOffset + i + 1] = (int) (pair >>> 32);
            }
        }
    }

    /**
     * x[i] ← low + (high - low) · u, where u in [0, 1) is the upper 24 bits of word i of the stream.
     *
     * @shape x: n elements
     * @writes overwrites x
     * @aliasing none possible
     * @workspace none
     * @error x[i] is the float next to the exact value, except that it is never high
     * @special low = high gives low; n = 0 does nothing
     * @deterministic the same bits on every machine
     * @source Philox4x32-10 as in {@link #bits}
     *
     * @param seed the key
     * @param stream which of the seed's streams
     * @param n number of elements
     * @param low least value
     * @param high bound above all values
     * @param x the numbers
     * @param xOffset index of the first
     * @throws IllegalArgumentException if n is negative, or low and high are not finite with low ≤ high
     * @throws IndexOutOfBoundsException if x is too short
     */
    public static void uniform(long seed, long stream, int n, float low, float high, float[] x, int xOffset) {
        String op = "Philox.uniform";
        Checks.size(op, "n", n);
        if (!Float.isFinite(low)) {
            throw new IllegalArgumentException(op + ": low = " + low + ", need a finite number");
        }
        if (!Float.isFinite(high) || high < low) {
            throw new IllegalArgumentException(op + ": high = " + high + ", need a finite number >= low = " + low);
        }
        Checks.vector(op, "x", x, xOffset, n);
        for (int i = 0; i < n; i += 2) {
            long pair = PhiloxWords.pair(seed, stream, i >> 1);
            x[xOffset + i] = between(low, high, (int) pair);
            if (i + 1 < n) {
                x[xOffset + i + 1] = between(low, high, (int) (pair >>> 32));
            }
        }
    }

    /**
     * x[i] ← mean + std · z, where z is normally distributed: the cosine (i even) or sine (i odd) form of Box and Muller on
     * words i and i + 1 (i even) of the stream.
     *
     * @shape x: n elements
     * @writes overwrites x
     * @aliasing none possible
     * @workspace none
     * @error z is computed in double precision and x[i] rounded once
     * @special |z| is at most 6.67, the price of 32-bit words; std = 0 gives mean; n = 0 does nothing
     * @deterministic the same bits on every machine
     * @source Box and Muller, A note on the generation of random normal deviates (1958), on Philox4x32-10 as in
     *         {@link #bits}
     *
     * @param seed the key
     * @param stream which of the seed's streams
     * @param n number of elements
     * @param mean mean of the distribution
     * @param std its standard deviation
     * @param x the numbers
     * @param xOffset index of the first
     * @throws IllegalArgumentException if n is negative, mean is not finite, or std is not finite and at least 0
     * @throws IndexOutOfBoundsException if x is too short
     */
    public static void normal(long seed, long stream, int n, float mean, float std, float[] x, int xOffset) {
        String op = "Philox.normal";
        Checks.size(op, "n", n);
        if (!Float.isFinite(mean)) {
            throw new IllegalArgumentException(op + ": mean = " + mean + ", need a finite number");
        }
        if (!Float.isFinite(std) || std < 0) {
            throw new IllegalArgumentException(op + ": std = " + std + ", need a finite number >= 0");
        }
        Checks.vector(op, "x", x, xOffset, n);
        for (int i = 0; i < n; i += 2) {
            long pair = PhiloxWords.pair(seed, stream, i >> 1);
            // In (0, 1], so that the logarithm is finite.
            double u = (Integer.toUnsignedLong((int) pair) + 1) * 0x1p-32;
            double radius = std * Math.sqrt(-2 * StrictMath.log(u));
            int turn = (int) (pair >>> 32);
            x[xOffset + i] = (float) (mean + radius * cos(turn));
            if (i + 1 < n) {
                x[xOffset + i + 1] = (float) (mean + radius * cos(turn - QUARTER_TURN));
            }
        }
    }

    /**
     * out ← a random order of 0, …, n - 1; every order is equally likely.
     *
     * @shape out: n elements
     * @writes overwrites out
     * @aliasing none possible
     * @workspace none
     * @error exact: draws are unbiased
     * @special n = 0 does nothing
     * @deterministic the same result on every machine
     * @source Durstenfeld's form of the shuffle of Fisher and Yates (1964); draws below a bound after Lemire, Fast random
     *         integer generation in an interval (2019), on Philox4x32-10 as in {@link #bits}
     *
     * @param seed the key
     * @param stream which of the seed's streams
     * @param n number of elements
     * @param out the order
     * @param outOffset index of its first element
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if out is too short
     */
    public static void permutation(long seed, long stream, int n, int[] out, int outOffset) {
        Checks.size("Philox.permutation", "n", n);
        Checks.vector("Philox.permutation", "out", out, outOffset, n);
        for (int i = 0; i < n; i++) {
            out[outOffset + i] = i;
        }
        long index = 0;
        for (int i = n - 1; i > 0; i--) {
            long bound = i + 1L;
            long draw = PhiloxWords.pair(seed, stream, index++);
            // The 2^64 draws do not divide evenly among the values: the lowest 2^64 mod bound products of each are redrawn.
            while (Long.compareUnsigned(draw * bound, Long.remainderUnsigned(-bound, bound)) < 0) {
                draw = PhiloxWords.pair(seed, stream, index++);
            }
            int j = outOffset + (int) Math.unsignedMultiplyHigh(draw, bound);
            int swapped = out[j];
            out[j] = out[outOffset + i];
            out[outOffset + i] = swapped;
        }
    }

    private static float between(float low, float high, int word) {
        double u = (word >>> 8) * 0x1p-24;
        float x = (float) (low + ((double) high - low) * u);
        return x < high ? x : Math.max(low, Math.nextDown(high));
    }

    /**
     * The cosine of turn / 2<sup>32</sup> full turns, within 2<sup>-52</sup>: the Taylor series of cosine or sine within an
     * eighth of a turn of the nearest quarter. (StrictMath.cos allocates an array for larger arguments.)
     */
    private static double cos(int turn) {
        int quarters = (turn + QUARTER_TURN / 2) >>> 30;
        double angle = (turn - quarters * QUARTER_TURN) * (Math.PI / 2 * 0x1p-30);
        return switch (quarters) {
            case 0 -> series(16, angle);
            case 1 -> -angle * series(17, angle);
            case 2 -> -series(16, angle);
            default -> angle * series(17, angle);
        };
    }

    /** 1 - x²/((n-1) n) (…): with n even the series of cos x, with n odd that of sin x / x, up to the term of degree n. */
    private static double series(int degree, double x) {
        double sum = 1;
        for (int n = degree; n > 1; n -= 2) {
            sum = 1 - sum * x * x / ((n - 1) * n);
        }
        return sum;
    }
}
