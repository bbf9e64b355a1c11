package lanewise.kernels.internal.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;

/**
 * Transposes squares of as many elements as a vector has, eight or sixteen, in vector registers.
 *
 * <p>
 * Eight rows: row i is rotated by i lanes, so that the elements of a column lie in different lanes. Three steps of blends,
 * one for each bit of the lane's number, gather every column into one vector, where it is rotated into place. That is one
 * permutation of a vector before and one after; a permutation of two vectors at once would cost C2 two permutations and a
 * blend. A vector of sixteen does so with two squares of eight side by side, and halves are exchanged at the end.
 *
 * <p>
 * Vectors of eight would do everywhere, and as fast; but a process that uses vectors of two widths costs all of its kernels
 * the certainty that C2 keeps their vectors in registers ({@link Lanes#VECTOR}).
 */
final class SquareTranspose {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    /** Rows and columns of a square. */
    static final int SIDE = Lanes.LANES;

    private static final int EIGHT = 8;
    // Their transposes stay in the first-level cache while halves are exchanged.
    private static final int STRIP = 8 * SIDE;

    /** Elements of scratch memory. */
    static final int SCRATCH = STRIP * SIDE;

    /** Whether the machine has vectors of a square's side. */
    static final boolean AVAILABLE = SIDE >= EIGHT;

    private static final VectorShuffle<Float> LEFT1 = left(1);
    private static final VectorShuffle<Float> LEFT2 = left(2);
    private static final VectorShuffle<Float> LEFT3 = left(3);
    private static final VectorShuffle<Float> LEFT4 = left(4);
    private static final VectorShuffle<Float> LEFT5 = left(5);
    private static final VectorShuffle<Float> LEFT6 = left(6);
    private static final VectorShuffle<Float> LEFT7 = left(7);
    private static final VectorShuffle<Float> SWAP = VectorShuffle.fromOp(S, lane -> (lane + EIGHT) % SIDE);
    private static final VectorMask<Float> BIT0 = VectorMask.fromLong(S, 0b1010101010101010);
    private static final VectorMask<Float> BIT1 = VectorMask.fromLong(S, 0b1100110011001100);
    private static final VectorMask<Float> BIT2 = VectorMask.fromLong(S, 0b1111000011110000);
    private static final VectorMask<Float> BIT3 = VectorMask.fromLong(S, 0b1111111100000000);

    private SquareTranspose() {}

    /** Rotates each eight lanes. */
    private static VectorShuffle<Float> left(int lanes) {
        return VectorShuffle.fromOp(S, lane -> lane / EIGHT * EIGHT + (lane + lanes) % EIGHT);
    }

    /** {@code to[j][i] = from[i][j]} for i below {@link #SIDE} and j below a number of columns that is at least as great. */
    static void transpose(int columns, float[] from, int fo, int ldFrom, float[] to, int o, int ldTo) {
        int main = columns - columns % SIDE;
        for (int j = 0; j < main; j += STRIP) {
            squares(Math.min(STRIP, main - j), from, fo + j, ldFrom, to, o + j * ldTo, ldTo);
        }
        if (main < columns) {
            int last = columns - SIDE;
            squares(SIDE, from, fo + last, ldFrom, to, o + last * ldTo, ldTo);
        }
    }

    /**
     * The same by way of scratch memory, so that each row of the result is written once: where these are far apart, they would push
     * one another out of the first-level cache between the steps.
     */
    static void transpose(int columns, float[] from, int fo, int ldFrom, float[] to, int o, int ldTo, float[] scratch) {
        for (int next = 0; next < columns; next += STRIP) {
            int j = Math.min(next, Math.max(0, columns - STRIP));
            int width = Math.min(STRIP, columns - j);
            transpose(width, from, fo + j, ldFrom, scratch, 0, SIDE);
            for (int i = 0; i < width; i++) {
                FloatVector.fromArray(S, scratch, i * SIDE).intoArray(to, o + (j + i) * ldTo);
            }
        }
    }

    private static void squares(int columns, float[] from, int fo, int ldFrom, float[] to, int o, int ldTo) {
        eightRows(columns, from, fo, ldFrom, to, o, ldTo);
        if (SIDE > EIGHT) {
            eightRows(columns, from, fo + EIGHT * ldFrom, ldFrom, to, o + EIGHT * ldTo, ldTo);
            exchangeHalves(columns, to, o, ldTo);
        }
    }

    private static void eightRows(int columns, float[] from, int f0, int ldFrom, float[] to, int o, int ldTo) {
        int f1 = f0 + ldFrom;
        int f2 = f1 + ldFrom;
        int f3 = f2 + ldFrom;
        int f4 = f3 + ldFrom;
        int f5 = f4 + ldFrom;
        int f6 = f5 + ldFrom;
        int f7 = f6 + ldFrom;
        for (int j = 0, at = o; j < columns; j += SIDE, at += SIDE * ldTo) {
            FloatVector x0 = FloatVector.fromArray(S, from, f0 + j);
            FloatVector x1 = FloatVector.fromArray(S, from, f1 + j).rearrange(LEFT7);
            FloatVector x2 = FloatVector.fromArray(S, from, f2 + j).rearrange(LEFT6);
            FloatVector x3 = FloatVector.fromArray(S, from, f3 + j).rearrange(LEFT5);
            FloatVector x4 = FloatVector.fromArray(S, from, f4 + j).rearrange(LEFT4);
            FloatVector x5 = FloatVector.fromArray(S, from, f5 + j).rearrange(LEFT3);
            FloatVector x6 = FloatVector.fromArray(S, from, f6 + j).rearrange(LEFT2);
            FloatVector x7 = FloatVector.fromArray(S, from, f7 + j).rearrange(LEFT1);
            FloatVector y0 = x0.blend(x1, BIT0);
            FloatVector y1 = x1.blend(x2, BIT0);
            FloatVector y2 = x2.blend(x3, BIT0);
            FloatVector y3 = x3.blend(x4, BIT0);
            FloatVector y4 = x4.blend(x5, BIT0);
            FloatVector y5 = x5.blend(x6, BIT0);
            FloatVector y6 = x6.blend(x7, BIT0);
            FloatVector y7 = x7.blend(x0, BIT0);
            x0 = y0.blend(y2, BIT1);
            x1 = y1.blend(y3, BIT1);
            x2 = y2.blend(y4, BIT1);
            x3 = y3.blend(y5, BIT1);
            x4 = y4.blend(y6, BIT1);
            x5 = y5.blend(y7, BIT1);
            x6 = y6.blend(y0, BIT1);
            x7 = y7.blend(y1, BIT1);
            x0.blend(x4, BIT2).intoArray(to, at);
            x7.blend(x3, BIT2).rearrange(LEFT1).intoArray(to, at + ldTo);
            x6.blend(x2, BIT2).rearrange(LEFT2).intoArray(to, at + 2 * ldTo);
            x5.blend(x1, BIT2).rearrange(LEFT3).intoArray(to, at + 3 * ldTo);
            x4.blend(x0, BIT2).rearrange(LEFT4).intoArray(to, at + 4 * ldTo);
            x3.blend(x7, BIT2).rearrange(LEFT5).intoArray(to, at + 5 * ldTo);
            x2.blend(x6, BIT2).rearrange(LEFT6).intoArray(to, at + 6 * ldTo);
            x1.blend(x5, BIT2).rearrange(LEFT7).intoArray(to, at + 7 * ldTo);
        }
    }

    /** In each sixteen rows the second half of the first eight, and the first half of the row eight below. */
    private static void exchangeHalves(int rows, float[] a, int o, int ld) {
        for (int j = 0; j < rows; j += SIDE) {
            for (int i = j; i < j + EIGHT; i++) {
                int at = o + i * ld;
                int below = at + EIGHT * ld;
                FloatVector first = FloatVector.fromArray(S, a, at);
                FloatVector second = FloatVector.fromArray(S, a, below);
                first.blend(second.rearrange(SWAP), BIT3).intoArray(a, at);
                first.rearrange(SWAP).blend(second, BIT3).intoArray(a, below);
            }
        }
    }
}
