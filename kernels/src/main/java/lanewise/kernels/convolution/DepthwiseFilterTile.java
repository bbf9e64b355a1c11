package lanewise.kernels.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;

/**
 * Micro-kernels of the gradient of 3x3 depthwise filters with stride 1 and a padding of 1: a vector of columns goes down the
 * planes of x and dy and gives nine sums for each column. Every row of x is loaded once, shifted by one column to the left
 * and to the right, and meets three rows of dy, which stay in registers.
 */
final class DepthwiseFilterTile {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;
    private static final Class<FloatVector> VECTOR = Lanes.VECTOR;
    private static final int L = Lanes.LANES;
    private static final VectorShuffle<Float> FROM_LEFT = VectorShuffle.iota(S, -1, 1, true);
    private static final VectorShuffle<Float> FROM_RIGHT = VectorShuffle.iota(S, 1, 1, true);
    private static final VectorMask<Float> FIRST = VectorMask.fromLong(S, 1);
    private static final VectorMask<Float> LAST = VectorMask.fromLong(S, 1L << (L - 1));

    private DepthwiseFilterTile() {}

    /**
     * Adds the nine sums of each of a vector of columns to nine vectors at {@code so}; {@code kind} is -1 at the plane's left
     * edge, 1 at its right edge, else 0. At least two rows.
     */
    static void columns(int kind, int rows, float[] x, int xo, int rowX, float[] dy, int yo, int rowY, float[] sums,
            int so) {
        if (kind < 0) {
            left(rows - 2, x, xo, rowX, dy, yo, rowY, sums, so);
        } else if (kind == 0) {
            middle(rows - 2, x, xo, rowX, dy, yo, rowY, sums, so);
        } else {
            right(rows - 2, x, xo, rowX, dy, yo, rowY, sums, so);
        }
    }

    /** For columns with neighbours on both sides; {@code between} rows lie between the first and the last. */
    private static void middle(int between, float[] x, int xo, int rowX, float[] dy, int yo, int rowY, float[] sums,
            int so) {
        FloatVector s0 = FloatVector.fromArray(S, sums, so);
        FloatVector s1 = FloatVector.fromArray(S, sums, so + L);
        FloatVector s2 = FloatVector.fromArray(S, sums, so + 2 * L);
        FloatVector s3 = FloatVector.fromArray(S, sums, so + 3 * L);
        FloatVector s4 = FloatVector.fromArray(S, sums, so + 4 * L);
        FloatVector s5 = FloatVector.fromArray(S, sums, so + 5 * L);
        FloatVector s6 = FloatVector.fromArray(S, sums, so + 6 * L);
        FloatVector s7 = FloatVector.fromArray(S, sums, so + 7 * L);
        FloatVector s8 = FloatVector.fromArray(S, sums, so + 8 * L);
        FloatVector above = FloatVector.fromArray(S, dy, yo);
        FloatVector here = FloatVector.fromArray(S, dy, yo + rowY);
        int q = xo;
        int p = yo + rowY;
        {
            FloatVector x1 = FloatVector.fromArray(S, x, q);
            FloatVector x0 = FloatVector.fromArray(S, x, q - 1);
            FloatVector x2 = FloatVector.fromArray(S, x, q + 1);
            s0 = Lanes.FMA ? x0.fma(here, s0) : x0.mul(here).add(s0);
            s1 = Lanes.FMA ? x1.fma(here, s1) : x1.mul(here).add(s1);
            s2 = Lanes.FMA ? x2.fma(here, s2) : x2.mul(here).add(s2);
            s3 = Lanes.FMA ? x0.fma(above, s3) : x0.mul(above).add(s3);
            s4 = Lanes.FMA ? x1.fma(above, s4) : x1.mul(above).add(s4);
            s5 = Lanes.FMA ? x2.fma(above, s5) : x2.mul(above).add(s5);
        }
        for (int r = 0; r < between; r++) {
            q += rowX;
            p += rowY;
            FloatVector below = FloatVector.fromArray(S, dy, p);
            FloatVector x1 = FloatVector.fromArray(S, x, q);
            FloatVector x0 = FloatVector.fromArray(S, x, q - 1);
            FloatVector x2 = FloatVector.fromArray(S, x, q + 1);
            s0 = Lanes.FMA ? x0.fma(below, s0) : x0.mul(below).add(s0);
            s1 = Lanes.FMA ? x1.fma(below, s1) : x1.mul(below).add(s1);
            s2 = Lanes.FMA ? x2.fma(below, s2) : x2.mul(below).add(s2);
            s3 = Lanes.FMA ? x0.fma(here, s3) : x0.mul(here).add(s3);
            s4 = Lanes.FMA ? x1.fma(here, s4) : x1.mul(here).add(s4);
            s5 = Lanes.FMA ? x2.fma(here, s5) : x2.mul(here).add(s5);
            s6 = Lanes.FMA ? x0.fma(above, s6) : x0.mul(above).add(s6);
            s7 = Lanes.FMA ? x1.fma(above, s7) : x1.mul(above).add(s7);
            s8 = Lanes.FMA ? x2.fma(above, s8) : x2.mul(above).add(s8);
            above = here;
            here = below;
        }
        {
            q += rowX;
            FloatVector x1 = FloatVector.fromArray(S, x, q);
            FloatVector x0 = FloatVector.fromArray(S, x, q - 1);
            FloatVector x2 = FloatVector.fromArray(S, x, q + 1);
            s3 = Lanes.FMA ? x0.fma(here, s3) : x0.mul(here).add(s3);
            s4 = Lanes.FMA ? x1.fma(here, s4) : x1.mul(here).add(s4);
            s5 = Lanes.FMA ? x2.fma(here, s5) : x2.mul(here).add(s5);
            s6 = Lanes.FMA ? x0.fma(above, s6) : x0.mul(above).add(s6);
            s7 = Lanes.FMA ? x1.fma(above, s7) : x1.mul(above).add(s7);
            s8 = Lanes.FMA ? x2.fma(above, s8) : x2.mul(above).add(s8);
        }
        VECTOR.cast(s0).intoArray(sums, so);
        VECTOR.cast(s1).intoArray(sums, so + L);
        VECTOR.cast(s2).intoArray(sums, so + 2 * L);
        VECTOR.cast(s3).intoArray(sums, so + 3 * L);
        VECTOR.cast(s4).intoArray(sums, so + 4 * L);
        VECTOR.cast(s5).intoArray(sums, so + 5 * L);
        VECTOR.cast(s6).intoArray(sums, so + 6 * L);
        VECTOR.cast(s7).intoArray(sums, so + 7 * L);
        VECTOR.cast(s8).intoArray(sums, so + 8 * L);
    }

    /** For the first columns of a row, with a zero before them; {@code between} rows lie between the first and the last. */
    private static void left(int between, float[] x, int xo, int rowX, float[] dy, int yo, int rowY, float[] sums,
            int so) {
        FloatVector s0 = FloatVector.fromArray(S, sums, so);
        FloatVector s1 = FloatVector.fromArray(S, sums, so + L);
        FloatVector s2 = FloatVector.fromArray(S, sums, so + 2 * L);
        FloatVector s3 = FloatVector.fromArray(S, sums, so + 3 * L);
        FloatVector s4 = FloatVector.fromArray(S, sums, so + 4 * L);
        FloatVector s5 = FloatVector.fromArray(S, sums, so + 5 * L);
        FloatVector s6 = FloatVector.fromArray(S, sums, so + 6 * L);
        FloatVector s7 = FloatVector.fromArray(S, sums, so + 7 * L);
        FloatVector s8 = FloatVector.fromArray(S, sums, so + 8 * L);
        FloatVector above = FloatVector.fromArray(S, dy, yo);
        FloatVector here = FloatVector.fromArray(S, dy, yo + rowY);
        int q = xo;
        int p = yo + rowY;
        {
            FloatVector x1 = FloatVector.fromArray(S, x, q);
            FloatVector x0 = x1.rearrange(FROM_LEFT).blend(0f, FIRST);
            FloatVector x2 = FloatVector.fromArray(S, x, q + 1);
            s0 = Lanes.FMA ? x0.fma(here, s0) : x0.mul(here).add(s0);
            s1 = Lanes.FMA ? x1.fma(here, s1) : x1.mul(here).add(s1);
            s2 = Lanes.FMA ? x2.fma(here, s2) : x2.mul(here).add(s2);
            s3 = Lanes.FMA ? x0.fma(above, s3) : x0.mul(above).add(s3);
            s4 = Lanes.FMA ? x1.fma(above, s4) : x1.mul(above).add(s4);
            s5 = Lanes.FMA ? x2.fma(above, s5) : x2.mul(above).add(s5);
        }
        for (int r = 0; r < between; r++) {
            q += rowX;
            p += rowY;
            FloatVector below = FloatVector.fromArray(S, dy, p);
            FloatVector x1 = FloatVector.fromArray(S, x, q);
            FloatVector x0 = x1.rearrange(FROM_LEFT).blend(0f, FIRST);
            FloatVector x2 = FloatVector.fromArray(S, x, q + 1);
            s0 = Lanes.FMA ? x0.fma(below, s0) : x0.mul(below).add(s0);
            s1 = Lanes.FMA ? x1.fma(below, s1) : x1.mul(below).add(s1);
            s2 = Lanes.FMA ? x2.fma(below, s2) : x2.mul(below).add(s2);
            s3 = Lanes.FMA ? x0.fma(here, s3) : x0.mul(here).add(s3);
            s4 = Lanes.FMA ? x1.fma(here, s4) : x1.mul(here).add(s4);
            s5 = Lanes.FMA ? x2.fma(here, s5) : x2.mul(here).add(s5);
            s6 = Lanes.FMA ? x0.fma(above, s6) : x0.mul(above).add(s6);
            s7 = Lanes.FMA ? x1.fma(above, s7) : x1.mul(above).add(s7);
            s8 = Lanes.FMA ? x2.fma(above, s8) : x2.mul(above).add(s8);
            above = here;
            here = below;
        }
        {
            q += rowX;
            FloatVector x1 = FloatVector.fromArray(S, x, q);
            FloatVector x0 = x1.rearrange(FROM_LEFT).blend(0f, FIRST);
            FloatVector x2 = FloatVector.fromArray(S, x, q + 1);
            s3 = Lanes.FMA ? x0.fma(here, s3) : x0.mul(here).add(s3);
            s4 = Lanes.FMA ? x1.fma(here, s4) : x1.mul(here).add(s4);
            s5 = Lanes.FMA ? x2.fma(here, s5) : x2.mul(here).add(s5);
            s6 = Lanes.FMA ? x0.fma(above, s6) : x0.mul(above).add(s6);
            s7 = Lanes.FMA ? x1.fma(above, s7) : x1.mul(above).add(s7);
            s8 = Lanes.FMA ? x2.fma(above, s8) : x2.mul(above).add(s8);
        }
        VECTOR.cast(s0).intoArray(sums, so);
        VECTOR.cast(s1).intoArray(sums, so + L);
        VECTOR.cast(s2).intoArray(sums, so + 2 * L);
        VECTOR.cast(s3).intoArray(sums, so + 3 * L);
        VECTOR.cast(s4).intoArray(sums, so + 4 * L);
        VECTOR.cast(s5).intoArray(sums, so + 5 * L);
        VECTOR.cast(s6).intoArray(sums, so + 6 * L);
        VECTOR.cast(s7).intoArray(sums, so + 7 * L);
        VECTOR.cast(s8).intoArray(sums, so + 8 * L);
    }

    /** For the last columns of a row, with a zero after them; {@code between} rows lie between the first and the last. */
    private static void right(int between, float[] x, int xo, int rowX, float[] dy, int yo, int rowY, float[] sums,
            int so) {
        FloatVector s0 = FloatVector.fromArray(S, sums, so);
        FloatVector s1 = FloatVector.fromArray(S, sums, so + L);
        FloatVector s2 = FloatVector.fromArray(S, sums, so + 2 * L);
        FloatVector s3 = FloatVector.fromArray(S, sums, so + 3 * L);
        FloatVector s4 = FloatVector.fromArray(S, sums, so + 4 * L);
        FloatVector s5 = FloatVector.fromArray(S, sums, so + 5 * L);
        FloatVector s6 = FloatVector.fromArray(S, sums, so + 6 * L);
        FloatVector s7 = FloatVector.fromArray(S, sums, so + 7 * L);
        FloatVector s8 = FloatVector.fromArray(S, sums, so + 8 * L);
        FloatVector above = FloatVector.fromArray(S, dy, yo);
        FloatVector here = FloatVector.fromArray(S, dy, yo + rowY);
        int q = xo;
        int p = yo + rowY;
        {
            FloatVector x1 = FloatVector.fromArray(S, x, q);
            FloatVector x0 = FloatVector.fromArray(S, x, q - 1);
            FloatVector x2 = x1.rearrange(FROM_RIGHT).blend(0f, LAST);
            s0 = Lanes.FMA ? x0.fma(here, s0) : x0.mul(here).add(s0);
            s1 = Lanes.FMA ? x1.fma(here, s1) : x1.mul(here).add(s1);
            s2 = Lanes.FMA ? x2.fma(here, s2) : x2.mul(here).add(s2);
            s3 = Lanes.FMA ? x0.fma(above, s3) : x0.mul(above).add(s3);
            s4 = Lanes.FMA ? x1.fma(above, s4) : x1.mul(above).add(s4);
            s5 = Lanes.FMA ? x2.fma(above, s5) : x2.mul(above).add(s5);
        }
        for (int r = 0; r < between; r++) {
            q += rowX;
            p += rowY;
            FloatVector below = FloatVector.fromArray(S, dy, p);
            FloatVector x1 = FloatVector.fromArray(S, x, q);
            FloatVector x0 = FloatVector.fromArray(S, x, q - 1);
            FloatVector x2 = x1.rearrange(FROM_RIGHT).blend(0f, LAST);
            s0 = Lanes.FMA ? x0.fma(below, s0) : x0.mul(below).add(s0);
            s1 = Lanes.FMA ? x1.fma(below, s1) : x1.mul(below).add(s1);
            s2 = Lanes.FMA ? x2.fma(below, s2) : x2.mul(below).add(s2);
            s3 = Lanes.FMA ? x0.fma(here, s3) : x0.mul(here).add(s3);
            s4 = Lanes.FMA ? x1.fma(here, s4) : x1.mul(here).add(s4);
            s5 = Lanes.FMA ? x2.fma(here, s5) : x2.mul(here).add(s5);
            s6 = Lanes.FMA ? x0.fma(above, s6) : x0.mul(above).add(s6);
            s7 = Lanes.FMA ? x1.fma(above, s7) : x1.mul(above).add(s7);
            s8 = Lanes.FMA ? x2.fma(above, s8) : x2.mul(above).add(s8);
            above = here;
            here = below;
        }
        {
            q += rowX;
            FloatVector x1 = FloatVector.fromArray(S, x, q);
            FloatVector x0 = FloatVector.fromArray(S, x, q - 1);
            FloatVector x2 = x1.rearrange(FROM_RIGHT).blend(0f, LAST);
            s3 = Lanes.FMA ? x0.fma(here, s3) : x0.mul(here).add(s3);
            s4 = Lanes.FMA ? x1.fma(here, s4) : x1.mul(here).add(s4);
            s5 = Lanes.FMA ? x2.fma(here, s5) : x2.mul(here).add(s5);
            s6 = Lanes.FMA ? x0.fma(above, s6) : x0.mul(above).add(s6);
            s7 = Lanes.FMA ? x1.fma(above, s7) : x1.mul(above).add(s7);
            s8 = Lanes.FMA ? x2.fma(above, s8) : x2.mul(above).add(s8);
        }
        VECTOR.cast(s0).intoArray(sums, so);
        VECTOR.cast(s1).intoArray(sums, so + L);
        VECTOR.cast(s2).intoArray(sums, so + 2 * L);
        VECTOR.cast(s3).intoArray(sums, so + 3 * L);
        VECTOR.cast(s4).intoArray(sums, so + 4 * L);
        VECTOR.cast(s5).intoArray(sums, so + 5 * L);
        VECTOR.cast(s6).intoArray(sums, so + 6 * L);
        VECTOR.cast(s7).intoArray(sums, so + 7 * L);
        VECTOR.cast(s8).intoArray(sums, so + 8 * L);
    }
}
