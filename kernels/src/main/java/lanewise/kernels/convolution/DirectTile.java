package lanewise.kernels.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.VectorMath;

/**
 * Micro-kernels of the direct convolution: some rows of results, one for each channel of the result, times consecutive
 * positions. A position is an index into the padded planes, and a tap is an offset from it, so that every tap is one vector
 * load, whatever its channel, row and column. Each result is one chain of multiply-adds in the order of the taps.
 *
 * <p>
 * The more channels a tile has, the fewer loads each multiply-add needs: with 16 registers five by two vectors reach four
 * fifths of the machine's rate, one by eight less than half (decision 0008).
 */
final class DirectTile {

    /** A kernel may compute and store this many positions more than it was asked for. */
    static final int SLACK = 8 * Lanes.LANES;

    /** The most channels of a tile. */
    static final int MAX_ROWS = 8;

    private static final VectorSpecies<Float> S = Lanes.FLOATS;
    private static final Class<FloatVector> VECTOR = Lanes.VECTOR;
    private static final int L = Lanes.LANES;

    // For what is written out, as FourVectorTile explains.
    private static final boolean FMA = Lanes.FMA;

    private DirectTile() {}

    /** How many channels the next tile takes where this many are left: 8, 6, 5, 3, 2 or 1. */
    static int rows(int left) {
        if (Lanes.WIDE_REGISTER_FILE && left >= 6 && left != 7 && left != 10) {
            return left == 6 || left == 9 || left == 12 ? 6 : 8;
        }
        return left == 4 ? 2 : left == 6 ? 3 : Math.min(left, 5);
    }

    /** The sums over all taps for {@code rows} channels, whose weights lie side by side, tap after tap. */
    static void sums(int rows, int n, int columns, int skip, int taps, float[] x, int xo, int[] offsets, int first,
            float[] w, int wo,
            float[] out, int oo, int ld) {
        switch (rows) {
            case 1 -> {
                for (int q = 0; q < n; q += columns) {
                    rows1(Math.min(columns, n - q), taps, x, xo + q / columns * (columns + skip), offsets, first, w, wo,
                            out, oo + q);
                }
            }
            case 2 -> rows2(n, columns, skip, taps, x, xo, offsets, first, w, wo, out, oo, ld);
            case 3 -> rows3(n, columns, skip, taps, x, xo, offsets, first, w, wo, out, oo, ld);
            case 6 -> rows6(n, columns, skip, taps, x, xo, offsets, first, w, wo, out, oo, ld);
            case 8 -> rows8(n, columns, skip, taps, x, xo, offsets, first, w, wo, out, oo, ld);
            default -> rows5(n, columns, skip, taps, x, xo, offsets, first, w, wo, out, oo, ld);
        }
    }

    /** Where position {@code q} of {@code n} is, in rows of so many columns; one after the last is where the last is. */
    private static int place(int q, int n, int columns, int skip) {
        int position = Math.min(q, n - 1);
        return position + position / columns * skip;
    }

    private static void rows1(int n, int taps, float[] x, int xo, int[] offsets, int first, float[] w, int wo,
            float[] out, int oo) {
        for (int q = 0; q < n; q += 8 * L) {
            int from = xo + q;
            FloatVector s00 = FloatVector.zero(S);
            FloatVector s01 = FloatVector.zero(S);
            FloatVector s02 = FloatVector.zero(S);
            FloatVector s03 = FloatVector.zero(S);
            FloatVector s04 = FloatVector.zero(S);
            FloatVector s05 = FloatVector.zero(S);
            FloatVector s06 = FloatVector.zero(S);
            FloatVector s07 = FloatVector.zero(S);
            for (int t = first, a = wo; t < first + taps; t++, a++) {
                int b = from + offsets[t];
                FloatVector w0 = FloatVector.broadcast(S, w[a]);
                s00 = VectorMath.mulAdd(FloatVector.fromArray(S, x, b), w0, s00);
                s01 = VectorMath.mulAdd(FloatVector.fromArray(S, x, b + L), w0, s01);
                s02 = VectorMath.mulAdd(FloatVector.fromArray(S, x, b + 2 * L), w0, s02);
                s03 = VectorMath.mulAdd(FloatVector.fromArray(S, x, b + 3 * L), w0, s03);
                s04 = VectorMath.mulAdd(FloatVector.fromArray(S, x, b + 4 * L), w0, s04);
                s05 = VectorMath.mulAdd(FloatVector.fromArray(S, x, b + 5 * L), w0, s05);
                s06 = VectorMath.mulAdd(FloatVector.fromArray(S, x, b + 6 * L), w0, s06);
                s07 = VectorMath.mulAdd(FloatVector.fromArray(S, x, b + 7 * L), w0, s07);
            }
            VECTOR.cast(s00).intoArray(out, oo + q);
            VECTOR.cast(s01).intoArray(out, oo + q + L);
            VECTOR.cast(s02).intoArray(out, oo + q + 2 * L);
            VECTOR.cast(s03).intoArray(out, oo + q + 3 * L);
            VECTOR.cast(s04).intoArray(out, oo + q + 4 * L);
            VECTOR.cast(s05).intoArray(out, oo + q + 5 * L);
            VECTOR.cast(s06).intoArray(out, oo + q + 6 * L);
            VECTOR.cast(s07).intoArray(out, oo + q + 7 * L);
        }
    }

    private static void rows2(int n, int columns, int skip, int taps, float[] x, int xo, int[] offsets, int first,
            float[] w, int wo,
            float[] out, int oo, int ld) {
        for (int q = 0; q < n; q += 4 * L) {
            int q0 = xo + place(q, n, columns, skip);
            int q1 = xo + place(q + L, n, columns, skip);
            int q2 = xo + place(q + 2 * L, n, columns, skip);
            int q3 = xo + place(q + 3 * L, n, columns, skip);
            FloatVector s00 = FloatVector.zero(S);
            FloatVector s01 = FloatVector.zero(S);
            FloatVector s02 = FloatVector.zero(S);
            FloatVector s03 = FloatVector.zero(S);
            FloatVector s10 = FloatVector.zero(S);
            FloatVector s11 = FloatVector.zero(S);
            FloatVector s12 = FloatVector.zero(S);
            FloatVector s13 = FloatVector.zero(S);
            for (int t = first, a = wo; t < first + taps; t++, a += 2) {
                int b = offsets[t];
                FloatVector x0 = FloatVector.fromArray(S, x, q0 + b);
                FloatVector x1 = FloatVector.fromArray(S, x, q1 + b);
                FloatVector x2 = FloatVector.fromArray(S, x, q2 + b);
                FloatVector x3 = FloatVector.fromArray(S, x, q3 + b);
                FloatVector w0 = FloatVector.broadcast(S, w[a]);
                s00 = VectorMath.mulAdd(w0, x0, s00);
                s01 = VectorMath.mulAdd(w0, x1, s01);
                s02 = VectorMath.mulAdd(w0, x2, s02);
                s03 = VectorMath.mulAdd(w0, x3, s03);
                FloatVector w1 = FloatVector.broadcast(S, w[a + 1]);
                s10 = VectorMath.mulAdd(w1, x0, s10);
                s11 = VectorMath.mulAdd(w1, x1, s11);
                s12 = VectorMath.mulAdd(w1, x2, s12);
                s13 = VectorMath.mulAdd(w1, x3, s13);
            }
            VECTOR.cast(s00).intoArray(out, oo + q);
            VECTOR.cast(s01).intoArray(out, oo + q + L);
            VECTOR.cast(s02).intoArray(out, oo + q + 2 * L);
            VECTOR.cast(s03).intoArray(out, oo + q + 3 * L);
            VECTOR.cast(s10).intoArray(out, oo + ld + q);
            VECTOR.cast(s11).intoArray(out, oo + ld + q + L);
            VECTOR.cast(s12).intoArray(out, oo + ld + q + 2 * L);
            VECTOR.cast(s13).intoArray(out, oo + ld + q + 3 * L);
        }
    }

    private static void rows3(int n, int columns, int skip, int taps, float[] x, int xo, int[] offsets, int first,
            float[] w, int wo,
            float[] out, int oo, int ld) {
        for (int q = 0; q < n; q += 3 * L) {
            int q0 = xo + place(q, n, columns, skip);
            int q1 = xo + place(q + L, n, columns, skip);
            int q2 = xo + place(q + 2 * L, n, columns, skip);
            FloatVector s00 = FloatVector.zero(S);
            FloatVector s01 = FloatVector.zero(S);
            FloatVector s02 = FloatVector.zero(S);
            FloatVector s10 = FloatVector.zero(S);
            FloatVector s11 = FloatVector.zero(S);
            FloatVector s12 = FloatVector.zero(S);
            FloatVector s20 = FloatVector.zero(S);
            FloatVector s21 = FloatVector.zero(S);
            FloatVector s22 = FloatVector.zero(S);
            for (int t = first, a = wo; t < first + taps; t++, a += 3) {
                int b = offsets[t];
                FloatVector x0 = FloatVector.fromArray(S, x, q0 + b);
                FloatVector x1 = FloatVector.fromArray(S, x, q1 + b);
                FloatVector x2 = FloatVector.fromArray(S, x, q2 + b);
                FloatVector w0 = FloatVector.broadcast(S, w[a]);
                s00 = VectorMath.mulAdd(w0, x0, s00);
                s01 = VectorMath.mulAdd(w0, x1, s01);
                s02 = VectorMath.mulAdd(w0, x2, s02);
                FloatVector w1 = FloatVector.broadcast(S, w[a + 1]);
                s10 = VectorMath.mulAdd(w1, x0, s10);
                s11 = VectorMath.mulAdd(w1, x1, s11);
                s12 = VectorMath.mulAdd(w1, x2, s12);
                FloatVector w2 = FloatVector.broadcast(S, w[a + 2]);
                s20 = VectorMath.mulAdd(w2, x0, s20);
                s21 = VectorMath.mulAdd(w2, x1, s21);
                s22 = VectorMath.mulAdd(w2, x2, s22);
            }
            VECTOR.cast(s00).intoArray(out, oo + q);
            VECTOR.cast(s01).intoArray(out, oo + q + L);
            VECTOR.cast(s02).intoArray(out, oo + q + 2 * L);
            VECTOR.cast(s10).intoArray(out, oo + ld + q);
            VECTOR.cast(s11).intoArray(out, oo + ld + q + L);
            VECTOR.cast(s12).intoArray(out, oo + ld + q + 2 * L);
            VECTOR.cast(s20).intoArray(out, oo + 2 * ld + q);
            VECTOR.cast(s21).intoArray(out, oo + 2 * ld + q + L);
            VECTOR.cast(s22).intoArray(out, oo + 2 * ld + q + 2 * L);
        }
    }

    private static void rows5(int n, int columns, int skip, int taps, float[] x, int xo, int[] offsets, int first,
            float[] w, int wo,
            float[] out, int oo, int ld) {
        for (int q = 0; q < n; q += 2 * L) {
            int q0 = xo + place(q, n, columns, skip);
            int q1 = xo + place(q + L, n, columns, skip);
            FloatVector s00 = FloatVector.zero(S);
            FloatVector s01 = FloatVector.zero(S);
            FloatVector s10 = FloatVector.zero(S);
            FloatVector s11 = FloatVector.zero(S);
            FloatVector s20 = FloatVector.zero(S);
            FloatVector s21 = FloatVector.zero(S);
            FloatVector s30 = FloatVector.zero(S);
            FloatVector s31 = FloatVector.zero(S);
            FloatVector s40 = FloatVector.zero(S);
            FloatVector s41 = FloatVector.zero(S);
            for (int t = first, a = wo; t < first + taps; t++, a += 5) {
                int b = offsets[t];
                FloatVector x0 = FloatVector.fromArray(S, x, q0 + b);
                FloatVector x1 = FloatVector.fromArray(S, x, q1 + b);
                FloatVector w0 = FloatVector.broadcast(S, w[a]);
                s00 = VectorMath.mulAdd(w0, x0, s00);
                s01 = VectorMath.mulAdd(w0, x1, s01);
                FloatVector w1 = FloatVector.broadcast(S, w[a + 1]);
                s10 = VectorMath.mulAdd(w1, x0, s10);
                s11 = VectorMath.mulAdd(w1, x1, s11);
                FloatVector w2 = FloatVector.broadcast(S, w[a + 2]);
                s20 = VectorMath.mulAdd(w2, x0, s20);
                s21 = VectorMath.mulAdd(w2, x1, s21);
                FloatVector w3 = FloatVector.broadcast(S, w[a + 3]);
                s30 = VectorMath.mulAdd(w3, x0, s30);
                s31 = VectorMath.mulAdd(w3, x1, s31);
                FloatVector w4 = FloatVector.broadcast(S, w[a + 4]);
                s40 = VectorMath.mulAdd(w4, x0, s40);
                s41 = VectorMath.mulAdd(w4, x1, s41);
            }
            VECTOR.cast(s00).intoArray(out, oo + q);
            VECTOR.cast(s01).intoArray(out, oo + q + L);
            VECTOR.cast(s10).intoArray(out, oo + ld + q);
            VECTOR.cast(s11).intoArray(out, oo + ld + q + L);
            VECTOR.cast(s20).intoArray(out, oo + 2 * ld + q);
            VECTOR.cast(s21).intoArray(out, oo + 2 * ld + q + L);
            VECTOR.cast(s30).intoArray(out, oo + 3 * ld + q);
            VECTOR.cast(s31).intoArray(out, oo + 3 * ld + q + L);
            VECTOR.cast(s40).intoArray(out, oo + 4 * ld + q);
            VECTOR.cast(s41).intoArray(out, oo + 4 * ld + q + L);
        }
    }

    /** Where there are 32 registers. Single rows of positions are short: they are not worth four vectors. */
    private static void rows6(int n, int columns, int skip, int taps, float[] x, int xo, int[] offsets, int first,
            float[] w, int wo,
            float[] out, int oo, int ld) {
        int q = 0;
        for (; q < n - 2 * L; q += 3 * L) {
            sixByThree(taps, x, xo + place(q, n, columns, skip), xo + place(q + L, n, columns, skip),
                    xo + place(q + 2 * L, n, columns, skip), offsets, first, w, wo, out, oo + q, ld);
        }
        for (; q < n - L; q += 2 * L) {
            sixByTwo(taps, x, xo + place(q, n, columns, skip), xo + place(q + L, n, columns, skip), offsets, first, w,
                    wo, out, oo + q, ld);
        }
        if (q < n) {
            sixByOne(taps, x, xo + place(q, n, columns, skip), offsets, first, w, wo, out, oo + q, ld);
        }
    }

    private static void sixByThree(int taps, float[] x, int q0, int q1, int q2, int[] offsets, int first,
            float[] w, int wo,
            float[] out, int oo, int ld) {
        FloatVector s00 = FloatVector.zero(S);
        FloatVector s01 = FloatVector.zero(S);
        FloatVector s02 = FloatVector.zero(S);
        FloatVector s10 = FloatVector.zero(S);
        FloatVector s11 = FloatVector.zero(S);
        FloatVector s12 = FloatVector.zero(S);
        FloatVector s20 = FloatVector.zero(S);
        FloatVector s21 = FloatVector.zero(S);
        FloatVector s22 = FloatVector.zero(S);
        FloatVector s30 = FloatVector.zero(S);
        FloatVector s31 = FloatVector.zero(S);
        FloatVector s32 = FloatVector.zero(S);
        FloatVector s40 = FloatVector.zero(S);
        FloatVector s41 = FloatVector.zero(S);
        FloatVector s42 = FloatVector.zero(S);
        FloatVector s50 = FloatVector.zero(S);
        FloatVector s51 = FloatVector.zero(S);
        FloatVector s52 = FloatVector.zero(S);
        for (int t = first, a = wo; t < first + taps; t++, a += 6) {
            int b = offsets[t];
            FloatVector x0 = FloatVector.fromArray(S, x, q0 + b);
            FloatVector x1 = FloatVector.fromArray(S, x, q1 + b);
            FloatVector x2 = FloatVector.fromArray(S, x, q2 + b);
            FloatVector w0 = FloatVector.broadcast(S, w[a]);
            s00 = FMA ? w0.fma(x0, s00) : w0.mul(x0).add(s00);
            s01 = FMA ? w0.fma(x1, s01) : w0.mul(x1).add(s01);
            s02 = FMA ? w0.fma(x2, s02) : w0.mul(x2).add(s02);
            FloatVector w1 = FloatVector.broadcast(S, w[a + 1]);
            s10 = FMA ? w1.fma(x0, s10) : w1.mul(x0).add(s10);
            s11 = FMA ? w1.fma(x1, s11) : w1.mul(x1).add(s11);
            s12 = FMA ? w1.fma(x2, s12) : w1.mul(x2).add(s12);
            FloatVector w2 = FloatVector.broadcast(S, w[a + 2]);
            s20 = FMA ? w2.fma(x0, s20) : w2.mul(x0).add(s20);
            s21 = FMA ? w2.fma(x1, s21) : w2.mul(x1).add(s21);
            s22 = FMA ? w2.fma(x2, s22) : w2.mul(x2).add(s22);
            FloatVector w3 = FloatVector.broadcast(S, w[a + 3]);
            s30 = FMA ? w3.fma(x0, s30) : w3.mul(x0).add(s30);
            s31 = FMA ? w3.fma(x1, s31) : w3.mul(x1).add(s31);
            s32 = FMA ? w3.fma(x2, s32) : w3.mul(x2).add(s32);
            FloatVector w4 = FloatVector.broadcast(S, w[a + 4]);
            s40 = FMA ? w4.fma(x0, s40) : w4.mul(x0).add(s40);
            s41 = FMA ? w4.fma(x1, s41) : w4.mul(x1).add(s41);
            s42 = FMA ? w4.fma(x2, s42) : w4.mul(x2).add(s42);
            FloatVector w5 = FloatVector.broadcast(S, w[a + 5]);
            s50 = FMA ? w5.fma(x0, s50) : w5.mul(x0).add(s50);
            s51 = FMA ? w5.fma(x1, s51) : w5.mul(x1).add(s51);
            s52 = FMA ? w5.fma(x2, s52) : w5.mul(x2).add(s52);
        }
        VECTOR.cast(s00).intoArray(out, oo);
        VECTOR.cast(s01).intoArray(out, oo + L);
        VECTOR.cast(s02).intoArray(out, oo + 2 * L);
        VECTOR.cast(s10).intoArray(out, oo + ld);
        VECTOR.cast(s11).intoArray(out, oo + ld + L);
        VECTOR.cast(s12).intoArray(out, oo + ld + 2 * L);
        VECTOR.cast(s20).intoArray(out, oo + 2 * ld);
        VECTOR.cast(s21).intoArray(out, oo + 2 * ld + L);
        VECTOR.cast(s22).intoArray(out, oo + 2 * ld + 2 * L);
        VECTOR.cast(s30).intoArray(out, oo + 3 * ld);
        VECTOR.cast(s31).intoArray(out, oo + 3 * ld + L);
        VECTOR.cast(s32).intoArray(out, oo + 3 * ld + 2 * L);
        VECTOR.cast(s40).intoArray(out, oo + 4 * ld);
        VECTOR.cast(s41).intoArray(out, oo + 4 * ld + L);
        VECTOR.cast(s42).intoArray(out, oo + 4 * ld + 2 * L);
        VECTOR.cast(s50).intoArray(out, oo + 5 * ld);
        VECTOR.cast(s51).intoArray(out, oo + 5 * ld + L);
        VECTOR.cast(s52).intoArray(out, oo + 5 * ld + 2 * L);
    }

    private static void sixByTwo(int taps, float[] x, int q0, int q1, int[] offsets, int first, float[] w, int wo,
            float[] out, int oo, int ld) {
        FloatVector s00 = FloatVector.zero(S);
        FloatVector s01 = FloatVector.zero(S);
        FloatVector s10 = FloatVector.zero(S);
        FloatVector s11 = FloatVector.zero(S);
        FloatVector s20 = FloatVector.zero(S);
        FloatVector s21 = FloatVector.zero(S);
        FloatVector s30 = FloatVector.zero(S);
        FloatVector s31 = FloatVector.zero(S);
        FloatVector s40 = FloatVector.zero(S);
        FloatVector s41 = FloatVector.zero(S);
        FloatVector s50 = FloatVector.zero(S);
        FloatVector s51 = FloatVector.zero(S);
        for (int t = first, a = wo; t < first + taps; t++, a += 6) {
            int b = offsets[t];
            FloatVector x0 = FloatVector.fromArray(S, x, q0 + b);
            FloatVector x1 = FloatVector.fromArray(S, x, q1 + b);
            FloatVector w0 = FloatVector.broadcast(S, w[a]);
            s00 = FMA ? w0.fma(x0, s00) : w0.mul(x0).add(s00);
            s01 = FMA ? w0.fma(x1, s01) : w0.mul(x1).add(s01);
            FloatVector w1 = FloatVector.broadcast(S, w[a + 1]);
            s10 = FMA ? w1.fma(x0, s10) : w1.mul(x0).add(s10);
            s11 = FMA ? w1.fma(x1, s11) : w1.mul(x1).add(s11);
            FloatVector w2 = FloatVector.broadcast(S, w[a + 2]);
            s20 = FMA ? w2.fma(x0, s20) : w2.mul(x0).add(s20);
            s21 = FMA ? w2.fma(x1, s21) : w2.mul(x1).add(s21);
            FloatVector w3 = FloatVector.broadcast(S, w[a + 3]);
            s30 = FMA ? w3.fma(x0, s30) : w3.mul(x0).add(s30);
            s31 = FMA ? w3.fma(x1, s31) : w3.mul(x1).add(s31);
            FloatVector w4 = FloatVector.broadcast(S, w[a + 4]);
            s40 = FMA ? w4.fma(x0, s40) : w4.mul(x0).add(s40);
            s41 = FMA ? w4.fma(x1, s41) : w4.mul(x1).add(s41);
            FloatVector w5 = FloatVector.broadcast(S, w[a + 5]);
            s50 = FMA ? w5.fma(x0, s50) : w5.mul(x0).add(s50);
            s51 = FMA ? w5.fma(x1, s51) : w5.mul(x1).add(s51);
        }
        VECTOR.cast(s00).intoArray(out, oo);
        VECTOR.cast(s01).intoArray(out, oo + L);
        VECTOR.cast(s10).intoArray(out, oo + ld);
        VECTOR.cast(s11).intoArray(out, oo + ld + L);
        VECTOR.cast(s20).intoArray(out, oo + 2 * ld);
        VECTOR.cast(s21).intoArray(out, oo + 2 * ld + L);
        VECTOR.cast(s30).intoArray(out, oo + 3 * ld);
        VECTOR.cast(s31).intoArray(out, oo + 3 * ld + L);
        VECTOR.cast(s40).intoArray(out, oo + 4 * ld);
        VECTOR.cast(s41).intoArray(out, oo + 4 * ld + L);
        VECTOR.cast(s50).intoArray(out, oo + 5 * ld);
        VECTOR.cast(s51).intoArray(out, oo + 5 * ld + L);
    }

    private static void sixByOne(int taps, float[] x, int from, int[] offsets, int first, float[] w, int wo,
            float[] out, int oo, int ld) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = FloatVector.zero(S);
        FloatVector s2 = FloatVector.zero(S);
        FloatVector s3 = FloatVector.zero(S);
        FloatVector s4 = FloatVector.zero(S);
        FloatVector s5 = FloatVector.zero(S);
        for (int t = first, a = wo; t < first + taps; t++, a += 6) {
            FloatVector v = FloatVector.fromArray(S, x, from + offsets[t]);
            s0 = VectorMath.mulAdd(v, FloatVector.broadcast(S, w[a]), s0);
            s1 = VectorMath.mulAdd(v, FloatVector.broadcast(S, w[a + 1]), s1);
            s2 = VectorMath.mulAdd(v, FloatVector.broadcast(S, w[a + 2]), s2);
            s3 = VectorMath.mulAdd(v, FloatVector.broadcast(S, w[a + 3]), s3);
            s4 = VectorMath.mulAdd(v, FloatVector.broadcast(S, w[a + 4]), s4);
            s5 = VectorMath.mulAdd(v, FloatVector.broadcast(S, w[a + 5]), s5);
        }
        VECTOR.cast(s0).intoArray(out, oo);
        VECTOR.cast(s1).intoArray(out, oo + ld);
        VECTOR.cast(s2).intoArray(out, oo + 2 * ld);
        VECTOR.cast(s3).intoArray(out, oo + 3 * ld);
        VECTOR.cast(s4).intoArray(out, oo + 4 * ld);
        VECTOR.cast(s5).intoArray(out, oo + 5 * ld);
    }

    /** Where there are 32 registers. */
    private static void rows8(int n, int columns, int skip, int taps, float[] x, int xo, int[] offsets, int first,
            float[] w, int wo,
            float[] out, int oo, int ld) {
        for (int q = 0; q < n; q += 3 * L) {
            int q0 = xo + place(q, n, columns, skip);
            int q1 = xo + place(q + L, n, columns, skip);
            int q2 = xo + place(q + 2 * L, n, columns, skip);
            FloatVector s00 = FloatVector.zero(S);
            FloatVector s01 = FloatVector.zero(S);
            FloatVector s02 = FloatVector.zero(S);
            FloatVector s10 = FloatVector.zero(S);
            FloatVector s11 = FloatVector.zero(S);
            FloatVector s12 = FloatVector.zero(S);
            FloatVector s20 = FloatVector.zero(S);
            FloatVector s21 = FloatVector.zero(S);
            FloatVector s22 = FloatVector.zero(S);
            FloatVector s30 = FloatVector.zero(S);
            FloatVector s31 = FloatVector.zero(S);
            FloatVector s32 = FloatVector.zero(S);
            FloatVector s40 = FloatVector.zero(S);
            FloatVector s41 = FloatVector.zero(S);
            FloatVector s42 = FloatVector.zero(S);
            FloatVector s50 = FloatVector.zero(S);
            FloatVector s51 = FloatVector.zero(S);
            FloatVector s52 = FloatVector.zero(S);
            FloatVector s60 = FloatVector.zero(S);
            FloatVector s61 = FloatVector.zero(S);
            FloatVector s62 = FloatVector.zero(S);
            FloatVector s70 = FloatVector.zero(S);
            FloatVector s71 = FloatVector.zero(S);
            FloatVector s72 = FloatVector.zero(S);
            for (int t = first, a = wo; t < first + taps; t++, a += 8) {
                int b = offsets[t];
                FloatVector x0 = FloatVector.fromArray(S, x, q0 + b);
                FloatVector x1 = FloatVector.fromArray(S, x, q1 + b);
                FloatVector x2 = FloatVector.fromArray(S, x, q2 + b);
                FloatVector w0 = FloatVector.broadcast(S, w[a]);
                s00 = FMA ? w0.fma(x0, s00) : w0.mul(x0).add(s00);
                s01 = FMA ? w0.fma(x1, s01) : w0.mul(x1).add(s01);
                s02 = FMA ? w0.fma(x2, s02) : w0.mul(x2).add(s02);
                FloatVector w1 = FloatVector.broadcast(S, w[a + 1]);
                s10 = FMA ? w1.fma(x0, s10) : w1.mul(x0).add(s10);
                s11 = FMA ? w1.fma(x1, s11) : w1.mul(x1).add(s11);
                s12 = FMA ? w1.fma(x2, s12) : w1.mul(x2).add(s12);
                FloatVector w2 = FloatVector.broadcast(S, w[a + 2]);
                s20 = FMA ? w2.fma(x0, s20) : w2.mul(x0).add(s20);
                s21 = FMA ? w2.fma(x1, s21) : w2.mul(x1).add(s21);
                s22 = FMA ? w2.fma(x2, s22) : w2.mul(x2).add(s22);
                FloatVector w3 = FloatVector.broadcast(S, w[a + 3]);
                s30 = FMA ? w3.fma(x0, s30) : w3.mul(x0).add(s30);
                s31 = FMA ? w3.fma(x1, s31) : w3.mul(x1).add(s31);
                s32 = FMA ? w3.fma(x2, s32) : w3.mul(x2).add(s32);
                FloatVector w4 = FloatVector.broadcast(S, w[a + 4]);
                s40 = FMA ? w4.fma(x0, s40) : w4.mul(x0).add(s40);
                s41 = FMA ? w4.fma(x1, s41) : w4.mul(x1).add(s41);
                s42 = FMA ? w4.fma(x2, s42) : w4.mul(x2).add(s42);
                FloatVector w5 = FloatVector.broadcast(S, w[a + 5]);
                s50 = FMA ? w5.fma(x0, s50) : w5.mul(x0).add(s50);
                s51 = FMA ? w5.fma(x1, s51) : w5.mul(x1).add(s51);
                s52 = FMA ? w5.fma(x2, s52) : w5.mul(x2).add(s52);
                FloatVector w6 = FloatVector.broadcast(S, w[a + 6]);
                s60 = FMA ? w6.fma(x0, s60) : w6.mul(x0).add(s60);
                s61 = FMA ? w6.fma(x1, s61) : w6.mul(x1).add(s61);
                s62 = FMA ? w6.fma(x2, s62) : w6.mul(x2).add(s62);
                FloatVector w7 = FloatVector.broadcast(S, w[a + 7]);
                s70 = FMA ? w7.fma(x0, s70) : w7.mul(x0).add(s70);
                s71 = FMA ? w7.fma(x1, s71) : w7.mul(x1).add(s71);
                s72 = FMA ? w7.fma(x2, s72) : w7.mul(x2).add(s72);
            }
            VECTOR.cast(s00).intoArray(out, oo + q);
            VECTOR.cast(s01).intoArray(out, oo + q + L);
            VECTOR.cast(s02).intoArray(out, oo + q + 2 * L);
            VECTOR.cast(s10).intoArray(out, oo + ld + q);
            VECTOR.cast(s11).intoArray(out, oo + ld + q + L);
            VECTOR.cast(s12).intoArray(out, oo + ld + q + 2 * L);
            VECTOR.cast(s20).intoArray(out, oo + 2 * ld + q);
            VECTOR.cast(s21).intoArray(out, oo + 2 * ld + q + L);
            VECTOR.cast(s22).intoArray(out, oo + 2 * ld + q + 2 * L);
            VECTOR.cast(s30).intoArray(out, oo + 3 * ld + q);
            VECTOR.cast(s31).intoArray(out, oo + 3 * ld + q + L);
            VECTOR.cast(s32).intoArray(out, oo + 3 * ld + q + 2 * L);
            VECTOR.cast(s40).intoArray(out, oo + 4 * ld + q);
            VECTOR.cast(s41).intoArray(out, oo + 4 * ld + q + L);
            VECTOR.cast(s42).intoArray(out, oo + 4 * ld + q + 2 * L);
            VECTOR.cast(s50).intoArray(out, oo + 5 * ld + q);
            VECTOR.cast(s51).intoArray(out, oo + 5 * ld + q + L);
            VECTOR.cast(s52).intoArray(out, oo + 5 * ld + q + 2 * L);
            VECTOR.cast(s60).intoArray(out, oo + 6 * ld + q);
            VECTOR.cast(s61).intoArray(out, oo + 6 * ld + q + L);
            VECTOR.cast(s62).intoArray(out, oo + 6 * ld + q + 2 * L);
            VECTOR.cast(s70).intoArray(out, oo + 7 * ld + q);
            VECTOR.cast(s71).intoArray(out, oo + 7 * ld + q + L);
            VECTOR.cast(s72).intoArray(out, oo + 7 * ld + q + 2 * L);
        }
    }
}
