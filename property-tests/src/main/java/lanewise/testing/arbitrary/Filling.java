package lanewise.testing.arbitrary;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * The contents of an operand: a kind of numbers and a seed. A property draws a filling instead of a list of numbers, so
 * that operands of any size cost one draw, print as one line and shrink towards the simplest kind that still fails.
 *
 * @param kind which numbers
 * @param seed which of them
 */
public record Filling(Kind kind, long seed) {

    /** Kinds of numbers, the simplest first: the order of shrinking. */
    public enum Kind {
        /** All 1. */
        ONES,
        /** Integers from −8 to 8: sums of products of them are exact, so results are compared with tolerance zero. */
        INTEGERS,
        /** Uniform in [−1, 1). */
        UNIT,
        /** Both signs, magnitudes from 2⁻²⁰ to 2²⁰: where an absolute tolerance passes wrong sums or fails right ones. */
        MIXED_MAGNITUDE,
        /** Every finite float, subnormals included. */
        FINITE,
        /** Numbers in [−1, 1) with some NaN, infinities, zeros of both signs, subnormals and extremes between them. */
        SPECIAL
    }

    private static final float[] SPECIALS = {0f, -0f, 1f, -1f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL,
            -Float.MIN_NORMAL, Math.nextDown(Float.MIN_NORMAL), 0x1p-24f, 0.5f, Math.nextDown(1f), Math.nextUp(1f), 17f,
            -17f, 88.7f, -88.7f, -103.9f, -104.5f, 0x1p24f, -0x1p24f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY,
            Float.NaN};
    private static final float[] EXTREMES = {0x1p64f, -0x1p64f, 0x1p127f, Float.MAX_VALUE, -Float.MAX_VALUE};

    /**
     * Fillings of some kinds.
     *
     * @param kinds the kinds, simplest first
     * @return the arbitrary
     */
    public static Arbitrary<Filling> of(Kind... kinds) {
        return Combinators.combine(Arbitraries.of(kinds), Arbitraries.longs().between(0, 1_000_000)).as(Filling::new);
    }

    /**
     * Fillings of finite numbers with which sums of products neither overflow nor underflow to nothing.
     *
     * @return the arbitrary
     */
    public static Arbitrary<Filling> moderate() {
        return of(Kind.ONES, Kind.INTEGERS, Kind.UNIT, Kind.MIXED_MAGNITUDE);
    }

    /**
     * Special values of float32 and their neighbours, but no finite ones so large that intermediate results overflow.
     *
     * @return a new array
     */
    public static float[] specials() {
        return SPECIALS.clone();
    }

    /**
     * Special values, the largest finite ones included: for kernels without intermediate results.
     *
     * @return a new array
     */
    public static float[] specialsAndExtremes() {
        float[] all = Arrays.copyOf(SPECIALS, SPECIALS.length + EXTREMES.length);
        System.arraycopy(EXTREMES, 0, all, SPECIALS.length, EXTREMES.length);
        return all;
    }

    /**
     * The numbers.
     *
     * @param n how many
     * @return a new array, the same for the same filling, its first numbers the same for every {@code n}
     */
    public float[] values(int n) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = next(random);
        }
        return values;
    }

    /**
     * A filling of the same kind for another operand.
     *
     * @param operand which operand
     * @return a filling with other numbers
     */
    public Filling operand(int operand) {
        return new Filling(kind, seed + operand * 1_000_003L);
    }

    private float next(SplittableRandom random) {
        return switch (kind) {
            case ONES -> 1;
            case INTEGERS -> random.nextInt(-8, 9);
            case UNIT -> unit(random);
            case MIXED_MAGNITUDE -> Math.scalb(unit(random), random.nextInt(-20, 21));
            case FINITE -> finite(random);
            case SPECIAL -> special(random);
        };
    }

    private static float unit(SplittableRandom random) {
        return random.nextInt(-(1 << 24), 1 << 24) * 0x1p-24f;
    }

    private static float special(SplittableRandom random) {
        int choice = random.nextInt(8 * (SPECIALS.length + EXTREMES.length));
        if (choice < SPECIALS.length) {
            return SPECIALS[choice];
        }
        return choice < SPECIALS.length + EXTREMES.length ? EXTREMES[choice - SPECIALS.length] : unit(random);
    }

    private static float finite(SplittableRandom random) {
        float value = Float.intBitsToFloat(random.nextInt());
        return Float.isFinite(value) ? value : unit(random);
    }
}
