package lanewise.kernels.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;

/**
 * Takes quadruples of elements apart and puts them together: what a tile of four columns needs.
 *
 * <p>
 * Four vectors are a matrix of four by four groups of lanes, which is transposed by one permutation of each vector, two
 * steps of blends, and one more permutation. A permutation of two vectors at once would cost C2 two permutations and a
 * blend.
 */
final class Quads {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;
    private static final int L = Lanes.LANES;
    /** Lanes of a group. */
    private static final int G = Math.max(1, L / 4);

    private static final VectorShuffle<Float> SPLIT0 = VectorShuffle.fromOp(S, l -> split(l, 0));
    private static final VectorShuffle<Float> SPLIT1 = VectorShuffle.fromOp(S, l -> split(l, 1));
    private static final VectorShuffle<Float> SPLIT2 = VectorShuffle.fromOp(S, l -> split(l, 2));
    private static final VectorShuffle<Float> SPLIT3 = VectorShuffle.fromOp(S, l -> split(l, 3));
    private static final VectorShuffle<Float> LEFT1 = VectorShuffle.fromOp(S, l -> (l + G) % L);
    private static final VectorShuffle<Float> LEFT2 = VectorShuffle.fromOp(S, l -> (l + 2 * G) % L);
    private static final VectorShuffle<Float> LEFT3 = VectorShuffle.fromOp(S, l -> (l + 3 * G) % L);
    private static final VectorShuffle<Float> JOIN0 = VectorShuffle.fromOp(S, l -> join(l, 0));
    private static final VectorShuffle<Float> JOIN1 = VectorShuffle.fromOp(S, l -> join(l, 1));
    private static final VectorShuffle<Float> JOIN2 = VectorShuffle.fromOp(S, l -> join(l, 2));
    private static final VectorShuffle<Float> JOIN3 = VectorShuffle.fromOp(S, l -> join(l, 3));
    private static final VectorMask<Float> ODD = VectorMask.fromLong(S, bits(2 + 8));
    private static final VectorMask<Float> HIGH = VectorMask.fromLong(S, bits(4 + 8));
    private static final VectorMask<Float> ENDS = VectorMask.fromLong(S, bits(1 + 8));

    private Quads() {}

    private static int split(int lane, int m) {
        return 4 * (lane % G) + (lane / G - m & 3);
    }

    private static int join(int lane, int m) {
        return ((lane % 4 + m & 3) * G + lane / 4) % L;
    }

    private static long bits(int groups) {
        long bits = 0;
        for (int l = 0; l < L; l++) {
            bits |= (groups >> (l / G) & 1L) << l;
        }
        return bits;
    }

    /**
     * Element j of quad q to {@code j * distance + q}, and elements 0 and 1 also to places 4 and 5 of the quad before. As many
     * more quads as fill a vector are split, too.
     */
    static void split(int quads, float[] rows, int ro, float[] d, int at, int distance) {
        if (L < 4) {
            for (int q = 0; q < quads; q++) {
                for (int j = 0; j < 4; j++) {
                    d[at + j * distance + q] = rows[ro + 4 * q + j];
                }
                d[at + 4 * distance + q - 1] = rows[ro + 4 * q];
                d[at + 5 * distance + q - 1] = rows[ro + 4 * q + 1];
            }
            return;
        }
        for (int q = 0; q < quads; q += L) {
            int from = ro + 4 * q;
            int to = at + q;
            FloatVector a = FloatVector.fromArray(S, rows, from).rearrange(SPLIT0);
            FloatVector b = FloatVector.fromArray(S, rows, from + L).rearrange(SPLIT1);
            FloatVector c = FloatVector.fromArray(S, rows, from + 2 * L).rearrange(SPLIT2);
            FloatVector e = FloatVector.fromArray(S, rows, from + 3 * L).rearrange(SPLIT3);
            FloatVector ab = a.blend(b, ODD);
            FloatVector ba = b.blend(a, ODD);
            FloatVector ce = c.blend(e, ODD);
            FloatVector ec = e.blend(c, ODD);
            FloatVector p0 = ab.blend(ce, HIGH);
            FloatVector p1 = ba.blend(ec, ENDS).rearrange(LEFT1);
            p0.intoArray(d, to);
            p1.intoArray(d, to + distance);
            p0.intoArray(d, to + 4 * distance - 1);
            p1.intoArray(d, to + 5 * distance - 1);
            ce.blend(ab, HIGH).rearrange(LEFT2).intoArray(d, to + 2 * distance);
            ec.blend(ba, ENDS).rearrange(LEFT3).intoArray(d, to + 3 * distance);
        }
    }

    /** A vector of quads from four vectors, one for each of their elements. */
    static void join(float[] y, int yo, float[] s, int so) {
        if (L < 4) {
            for (int q = 0; q < L; q++) {
                for (int j = 0; j < 4; j++) {
                    s[so + 4 * q + j] = y[yo + j * L + q];
                }
            }
            return;
        }
        FloatVector a = FloatVector.fromArray(S, y, yo);
        FloatVector b = FloatVector.fromArray(S, y, yo + L).rearrange(LEFT3);
        FloatVector c = FloatVector.fromArray(S, y, yo + 2 * L).rearrange(LEFT2);
        FloatVector e = FloatVector.fromArray(S, y, yo + 3 * L).rearrange(LEFT1);
        FloatVector ab = a.blend(b, ODD);
        FloatVector ba = b.blend(a, ODD);
        FloatVector ce = c.blend(e, ODD);
        FloatVector ec = e.blend(c, ODD);
        ab.blend(ce, HIGH).rearrange(JOIN0).intoArray(s, so);
        ba.blend(ec, ENDS).rearrange(JOIN1).intoArray(s, so + L);
        ce.blend(ab, HIGH).rearrange(JOIN2).intoArray(s, so + 2 * L);
        ec.blend(ba, ENDS).rearrange(JOIN3).intoArray(s, so + 3 * L);
    }
}
