package lanewise.kernels.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.VectorMath;

/**
 * Micro-kernels of the filter's gradient for few filters: dot products of some filters' gradients dy with x as some taps see
 * it, over a run of positions. Lanes are positions: each product is a sum in each of {@link #LANES} lanes, whatever the width
 * of the vectors, so that the bits are the same for all.
 */
final class RowDots {

    /** Running sums of a product; those of a tile are its filters times {@link #TAPS} times these. */
    static final int LANES = 16;

    /** Taps of a tile. */
    static final int TAPS = 5;

    private static final VectorSpecies<Float> S = Lanes.FLOATS;
    private static final Class<FloatVector> VECTOR = Lanes.VECTOR;
    private static final int L = Lanes.LANES;

    // For what is written out, as FourVectorTile explains.
    private static final boolean FMA = Lanes.FMA;

    private RowDots() {}

    /** How many filters the next tile takes where this many are left: as many as the registers hold. */
    static int filters(int left) {
        if (Lanes.WIDE_REGISTER_FILE) {
            return left == 5 || left == 6 || left == 9 ? 3 : Math.min(left, 4);
        }
        return Math.min(left, 2);
    }

    /**
     * Adds the products to the running sums at {@code at}: over rows of {@code n} positions, a multiple of {@link #LANES}, which
     * lie {@code rowDistance} apart in x and follow one another in dy.
     */
    static void add(int filters, int rows, int n, int rowDistance, float[] x, int xo, int[] offsets, int first,
            float[] dy, int yo, int distance,
            float[] d, int at) {
        for (int lane = 0; lane < LANES; lane += L) {
            switch (filters) {
                case 1 -> one(lane, rows, n, rowDistance, x, xo, offsets, first, dy, yo, d, at + lane);
                case 2 -> two(lane, rows, n, rowDistance, x, xo, offsets, first, dy, yo, distance, d, at + lane);
                case 3 -> three(lane, rows, n, rowDistance, x, xo, offsets, first, dy, yo, distance, d, at + lane);
                default -> four(lane, rows, n, rowDistance, x, xo, offsets, first, dy, yo, distance, d, at + lane);
            }
        }
    }

    /** The total of a product's running sums, neighbours first. */
    static float total(float[] d, int at) {
        float a = (d[at] + d[at + 1]) + (d[at + 2] + d[at + 3]);
        float b = (d[at + 4] + d[at + 5]) + (d[at + 6] + d[at + 7]);
        float c = (d[at + 8] + d[at + 9]) + (d[at + 10] + d[at + 11]);
        float e = (d[at + 12] + d[at + 13]) + (d[at + 14] + d[at + 15]);
        return (a + b) + (c + e);
    }

    private static void one(int lane, int rows, int n, int rowDistance, float[] x, int xo, int[] offsets, int first,
            float[] dy, int yo,
            float[] d, int at) {
        int x0 = xo + offsets[first];
        int x1 = xo + offsets[first + 1];
        int x2 = xo + offsets[first + 2];
        int x3 = xo + offsets[first + 3];
        int x4 = xo + offsets[first + 4];
        FloatVector s00 = FloatVector.fromArray(S, d, at);
        FloatVector s01 = FloatVector.fromArray(S, d, at + LANES);
        FloatVector s02 = FloatVector.fromArray(S, d, at + 2 * LANES);
        FloatVector s03 = FloatVector.fromArray(S, d, at + 3 * LANES);
        FloatVector s04 = FloatVector.fromArray(S, d, at + 4 * LANES);
        for (int r = 0, y = yo; r < rows; r++, y += n) {
            for (int q = lane; q < n; q += LANES) {
                FloatVector y0 = FloatVector.fromArray(S, dy, y + q);
                FloatVector v0 = FloatVector.fromArray(S, x, x0 + q);
                s00 = VectorMath.mulAdd(v0, y0, s00);
                FloatVector v1 = FloatVector.fromArray(S, x, x1 + q);
                s01 = VectorMath.mulAdd(v1, y0, s01);
                FloatVector v2 = FloatVector.fromArray(S, x, x2 + q);
                s02 = VectorMath.mulAdd(v2, y0, s02);
                FloatVector v3 = FloatVector.fromArray(S, x, x3 + q);
                s03 = VectorMath.mulAdd(v3, y0, s03);
                FloatVector v4 = FloatVector.fromArray(S, x, x4 + q);
                s04 = VectorMath.mulAdd(v4, y0, s04);
            }
            x0 += rowDistance;
            x1 += rowDistance;
            x2 += rowDistance;
            x3 += rowDistance;
            x4 += rowDistance;
        }
        VECTOR.cast(s00).intoArray(d, at);
        VECTOR.cast(s01).intoArray(d, at + LANES);
        VECTOR.cast(s02).intoArray(d, at + 2 * LANES);
        VECTOR.cast(s03).intoArray(d, at + 3 * LANES);
        VECTOR.cast(s04).intoArray(d, at + 4 * LANES);
    }

    private static void two(int lane, int rows, int n, int rowDistance, float[] x, int xo, int[] offsets, int first,
            float[] dy, int yo,
            int distance,
            float[] d, int at) {
        int x0 = xo + offsets[first];
        int x1 = xo + offsets[first + 1];
        int x2 = xo + offsets[first + 2];
        int x3 = xo + offsets[first + 3];
        int x4 = xo + offsets[first + 4];
        FloatVector s00 = FloatVector.fromArray(S, d, at);
        FloatVector s01 = FloatVector.fromArray(S, d, at + LANES);
        FloatVector s02 = FloatVector.fromArray(S, d, at + 2 * LANES);
        FloatVector s03 = FloatVector.fromArray(S, d, at + 3 * LANES);
        FloatVector s04 = FloatVector.fromArray(S, d, at + 4 * LANES);
        FloatVector s10 = FloatVector.fromArray(S, d, at + 5 * LANES);
        FloatVector s11 = FloatVector.fromArray(S, d, at + 6 * LANES);
        FloatVector s12 = FloatVector.fromArray(S, d, at + 7 * LANES);
        FloatVector s13 = FloatVector.fromArray(S, d, at + 8 * LANES);
        FloatVector s14 = FloatVector.fromArray(S, d, at + 9 * LANES);
        for (int r = 0, y = yo; r < rows; r++, y += n) {
            for (int q = lane; q < n; q += LANES) {
                FloatVector y0 = FloatVector.fromArray(S, dy, y + q);
                FloatVector y1 = FloatVector.fromArray(S, dy, y + distance + q);
                FloatVector v0 = FloatVector.fromArray(S, x, x0 + q);
                s00 = VectorMath.mulAdd(v0, y0, s00);
                s10 = VectorMath.mulAdd(v0, y1, s10);
                FloatVector v1 = FloatVector.fromArray(S, x, x1 + q);
                s01 = VectorMath.mulAdd(v1, y0, s01);
                s11 = VectorMath.mulAdd(v1, y1, s11);
                FloatVector v2 = FloatVector.fromArray(S, x, x2 + q);
                s02 = VectorMath.mulAdd(v2, y0, s02);
                s12 = VectorMath.mulAdd(v2, y1, s12);
                FloatVector v3 = FloatVector.fromArray(S, x, x3 + q);
                s03 = VectorMath.mulAdd(v3, y0, s03);
                s13 = VectorMath.mulAdd(v3, y1, s13);
                FloatVector v4 = FloatVector.fromArray(S, x, x4 + q);
                s04 = VectorMath.mulAdd(v4, y0, s04);
                s14 = VectorMath.mulAdd(v4, y1, s14);
            }
            x0 += rowDistance;
            x1 += rowDistance;
            x2 += rowDistance;
            x3 += rowDistance;
            x4 += rowDistance;
        }
        VECTOR.cast(s00).intoArray(d, at);
        VECTOR.cast(s01).intoArray(d, at + LANES);
        VECTOR.cast(s02).intoArray(d, at + 2 * LANES);
        VECTOR.cast(s03).intoArray(d, at + 3 * LANES);
        VECTOR.cast(s04).intoArray(d, at + 4 * LANES);
        VECTOR.cast(s10).intoArray(d, at + 5 * LANES);
        VECTOR.cast(s11).intoArray(d, at + 6 * LANES);
        VECTOR.cast(s12).intoArray(d, at + 7 * LANES);
        VECTOR.cast(s13).intoArray(d, at + 8 * LANES);
        VECTOR.cast(s14).intoArray(d, at + 9 * LANES);
    }

    private static void three(int lane, int rows, int n, int rowDistance, float[] x, int xo, int[] offsets, int first,
            float[] dy, int yo,
            int distance,
            float[] d, int at) {
        int x0 = xo + offsets[first];
        int x1 = xo + offsets[first + 1];
        int x2 = xo + offsets[first + 2];
        int x3 = xo + offsets[first + 3];
        int x4 = xo + offsets[first + 4];
        FloatVector s00 = FloatVector.fromArray(S, d, at);
        FloatVector s01 = FloatVector.fromArray(S, d, at + LANES);
        FloatVector s02 = FloatVector.fromArray(S, d, at + 2 * LANES);
        FloatVector s03 = FloatVector.fromArray(S, d, at + 3 * LANES);
        FloatVector s04 = FloatVector.fromArray(S, d, at + 4 * LANES);
        FloatVector s10 = FloatVector.fromArray(S, d, at + 5 * LANES);
        FloatVector s11 = FloatVector.fromArray(S, d, at + 6 * LANES);
        FloatVector s12 = FloatVector.fromArray(S, d, at + 7 * LANES);
        FloatVector s13 = FloatVector.fromArray(S, d, at + 8 * LANES);
        FloatVector s14 = FloatVector.fromArray(S, d, at + 9 * LANES);
        FloatVector s20 = FloatVector.fromArray(S, d, at + 10 * LANES);
        FloatVector s21 = FloatVector.fromArray(S, d, at + 11 * LANES);
        FloatVector s22 = FloatVector.fromArray(S, d, at + 12 * LANES);
        FloatVector s23 = FloatVector.fromArray(S, d, at + 13 * LANES);
        FloatVector s24 = FloatVector.fromArray(S, d, at + 14 * LANES);
        for (int r = 0, y = yo; r < rows; r++, y += n) {
            for (int q = lane; q < n; q += LANES) {
                FloatVector y0 = FloatVector.fromArray(S, dy, y + q);
                FloatVector y1 = FloatVector.fromArray(S, dy, y + distance + q);
                FloatVector y2 = FloatVector.fromArray(S, dy, y + 2 * distance + q);
                FloatVector v0 = FloatVector.fromArray(S, x, x0 + q);
                s00 = VectorMath.mulAdd(v0, y0, s00);
                s10 = VectorMath.mulAdd(v0, y1, s10);
                s20 = VectorMath.mulAdd(v0, y2, s20);
                FloatVector v1 = FloatVector.fromArray(S, x, x1 + q);
                s01 = VectorMath.mulAdd(v1, y0, s01);
                s11 = VectorMath.mulAdd(v1, y1, s11);
                s21 = VectorMath.mulAdd(v1, y2, s21);
                FloatVector v2 = FloatVector.fromArray(S, x, x2 + q);
                s02 = VectorMath.mulAdd(v2, y0, s02);
                s12 = VectorMath.mulAdd(v2, y1, s12);
                s22 = VectorMath.mulAdd(v2, y2, s22);
                FloatVector v3 = FloatVector.fromArray(S, x, x3 + q);
                s03 = VectorMath.mulAdd(v3, y0, s03);
                s13 = VectorMath.mulAdd(v3, y1, s13);
                s23 = VectorMath.mulAdd(v3, y2, s23);
                FloatVector v4 = FloatVector.fromArray(S, x, x4 + q);
                s04 = VectorMath.mulAdd(v4, y0, s04);
                s14 = VectorMath.mulAdd(v4, y1, s14);
                s24 = VectorMath.mulAdd(v4, y2, s24);
            }
            x0 += rowDistance;
            x1 += rowDistance;
            x2 += rowDistance;
            x3 += rowDistance;
            x4 += rowDistance;
        }
        VECTOR.cast(s00).intoArray(d, at);
        VECTOR.cast(s01).intoArray(d, at + LANES);
        VECTOR.cast(s02).intoArray(d, at + 2 * LANES);
        VECTOR.cast(s03).intoArray(d, at + 3 * LANES);
        VECTOR.cast(s04).intoArray(d, at + 4 * LANES);
        VECTOR.cast(s10).intoArray(d, at + 5 * LANES);
        VECTOR.cast(s11).intoArray(d, at + 6 * LANES);
        VECTOR.cast(s12).intoArray(d, at + 7 * LANES);
        VECTOR.cast(s13).intoArray(d, at + 8 * LANES);
        VECTOR.cast(s14).intoArray(d, at + 9 * LANES);
        VECTOR.cast(s20).intoArray(d, at + 10 * LANES);
        VECTOR.cast(s21).intoArray(d, at + 11 * LANES);
        VECTOR.cast(s22).intoArray(d, at + 12 * LANES);
        VECTOR.cast(s23).intoArray(d, at + 13 * LANES);
        VECTOR.cast(s24).intoArray(d, at + 14 * LANES);
    }

    private static void four(int lane, int rows, int n, int rowDistance, float[] x, int xo, int[] offsets, int first,
            float[] dy, int yo,
            int distance,
            float[] d, int at) {
        int x0 = xo + offsets[first];
        int x1 = xo + offsets[first + 1];
        int x2 = xo + offsets[first + 2];
        int x3 = xo + offsets[first + 3];
        int x4 = xo + offsets[first + 4];
        FloatVector s00 = FloatVector.fromArray(S, d, at);
        FloatVector s01 = FloatVector.fromArray(S, d, at + LANES);
        FloatVector s02 = FloatVector.fromArray(S, d, at + 2 * LANES);
        FloatVector s03 = FloatVector.fromArray(S, d, at + 3 * LANES);
        FloatVector s04 = FloatVector.fromArray(S, d, at + 4 * LANES);
        FloatVector s10 = FloatVector.fromArray(S, d, at + 5 * LANES);
        FloatVector s11 = FloatVector.fromArray(S, d, at + 6 * LANES);
        FloatVector s12 = FloatVector.fromArray(S, d, at + 7 * LANES);
        FloatVector s13 = FloatVector.fromArray(S, d, at + 8 * LANES);
        FloatVector s14 = FloatVector.fromArray(S, d, at + 9 * LANES);
        FloatVector s20 = FloatVector.fromArray(S, d, at + 10 * LANES);
        FloatVector s21 = FloatVector.fromArray(S, d, at + 11 * LANES);
        FloatVector s22 = FloatVector.fromArray(S, d, at + 12 * LANES);
        FloatVector s23 = FloatVector.fromArray(S, d, at + 13 * LANES);
        FloatVector s24 = FloatVector.fromArray(S, d, at + 14 * LANES);
        FloatVector s30 = FloatVector.fromArray(S, d, at + 15 * LANES);
        FloatVector s31 = FloatVector.fromArray(S, d, at + 16 * LANES);
        FloatVector s32 = FloatVector.fromArray(S, d, at + 17 * LANES);
        FloatVector s33 = FloatVector.fromArray(S, d, at + 18 * LANES);
        FloatVector s34 = FloatVector.fromArray(S, d, at + 19 * LANES);
        for (int r = 0, y = yo; r < rows; r++, y += n) {
            for (int q = lane; q < n; q += LANES) {
                FloatVector y0 = FloatVector.fromArray(S, dy, y + q);
                FloatVector y1 = FloatVector.fromArray(S, dy, y + distance + q);
                FloatVector y2 = FloatVector.fromArray(S, dy, y + 2 * distance + q);
                FloatVector y3 = FloatVector.fromArray(S, dy, y + 3 * distance + q);
                FloatVector v0 = FloatVector.fromArray(S, x, x0 + q);
                s00 = FMA ? v0.fma(y0, s00) : v0.mul(y0).add(s00);
                s10 = FMA ? v0.fma(y1, s10) : v0.mul(y1).add(s10);
                s20 = FMA ? v0.fma(y2, s20) : v0.mul(y2).add(s20);
                s30 = FMA ? v0.fma(y3, s30) : v0.mul(y3).add(s30);
                FloatVector v1 = FloatVector.fromArray(S, x, x1 + q);
                s01 = FMA ? v1.fma(y0, s01) : v1.mul(y0).add(s01);
                s11 = FMA ? v1.fma(y1, s11) : v1.mul(y1).add(s11);
                s21 = FMA ? v1.fma(y2, s21) : v1.mul(y2).add(s21);
                s31 = FMA ? v1.fma(y3, s31) : v1.mul(y3).add(s31);
                FloatVector v2 = FloatVector.fromArray(S, x, x2 + q);
                s02 = FMA ? v2.fma(y0, s02) : v2.mul(y0).add(s02);
                s12 = FMA ? v2.fma(y1, s12) : v2.mul(y1).add(s12);
                s22 = FMA ? v2.fma(y2, s22) : v2.mul(y2).add(s22);
                s32 = FMA ? v2.fma(y3, s32) : v2.mul(y3).add(s32);
                FloatVector v3 = FloatVector.fromArray(S, x, x3 + q);
                s03 = FMA ? v3.fma(y0, s03) : v3.mul(y0).add(s03);
                s13 = FMA ? v3.fma(y1, s13) : v3.mul(y1).add(s13);
                s23 = FMA ? v3.fma(y2, s23) : v3.mul(y2).add(s23);
                s33 = FMA ? v3.fma(y3, s33) : v3.mul(y3).add(s33);
                FloatVector v4 = FloatVector.fromArray(S, x, x4 + q);
                s04 = FMA ? v4.fma(y0, s04) : v4.mul(y0).add(s04);
                s14 = FMA ? v4.fma(y1, s14) : v4.mul(y1).add(s14);
                s24 = FMA ? v4.fma(y2, s24) : v4.mul(y2).add(s24);
                s34 = FMA ? v4.fma(y3, s34) : v4.mul(y3).add(s34);
            }
            x0 += rowDistance;
            x1 += rowDistance;
            x2 += rowDistance;
            x3 += rowDistance;
            x4 += rowDistance;
        }
        VECTOR.cast(s00).intoArray(d, at);
        VECTOR.cast(s01).intoArray(d, at + LANES);
        VECTOR.cast(s02).intoArray(d, at + 2 * LANES);
        VECTOR.cast(s03).intoArray(d, at + 3 * LANES);
        VECTOR.cast(s04).intoArray(d, at + 4 * LANES);
        VECTOR.cast(s10).intoArray(d, at + 5 * LANES);
        VECTOR.cast(s11).intoArray(d, at + 6 * LANES);
        VECTOR.cast(s12).intoArray(d, at + 7 * LANES);
        VECTOR.cast(s13).intoArray(d, at + 8 * LANES);
        VECTOR.cast(s14).intoArray(d, at + 9 * LANES);
        VECTOR.cast(s20).intoArray(d, at + 10 * LANES);
        VECTOR.cast(s21).intoArray(d, at + 11 * LANES);
        VECTOR.cast(s22).intoArray(d, at + 12 * LANES);
        VECTOR.cast(s23).intoArray(d, at + 13 * LANES);
        VECTOR.cast(s24).intoArray(d, at + 14 * LANES);
        VECTOR.cast(s30).intoArray(d, at + 15 * LANES);
        VECTOR.cast(s31).intoArray(d, at + 16 * LANES);
        VECTOR.cast(s32).intoArray(d, at + 17 * LANES);
        VECTOR.cast(s33).intoArray(d, at + 18 * LANES);
        VECTOR.cast(s34).intoArray(d, at + 19 * LANES);
    }
}
