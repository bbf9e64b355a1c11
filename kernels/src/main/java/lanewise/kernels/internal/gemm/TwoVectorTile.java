package lanewise.kernels.internal.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;

/**
 * Micro-kernels for two vectors of columns: rows of A times columns of B, both where they are. The second vector begins at
 * a free offset and may overlap the first, so that they serve every width from one vector to two without masks.
 */
final class TwoVectorTile {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;
    private static final Class<FloatVector> VECTOR = Lanes.VECTOR;
    private static final int MAX_INDEX = GemmBlocking.MAX_INDEX;
    private static final int MAX_DEPTH = GemmBlocking.MAX_DEPTH;

    // For what is written out, as FourVectorTile explains.
    private static final boolean FMA = Lanes.FMA;

    private TwoVectorTile() {}

    /** Where there are 32 registers: with five rows the ten sums keep both units no busier than with four. */
    static void rows8(int m, int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, int last, float[] c, int co,
            int ldc, boolean accumulate) {
        int depth = k & MAX_DEPTH;
        for (int i = 0; i < m; i += 8) {
            int a0 = ao + i * lda & MAX_INDEX;
            int c0 = co + i * ldc;
            int a1 = a0 + lda & MAX_INDEX;
            int c1 = c0 + ldc;
            int a2 = a1 + lda & MAX_INDEX;
            int c2 = c1 + ldc;
            int a3 = a2 + lda & MAX_INDEX;
            int c3 = c2 + ldc;
            int a4 = a3 + lda & MAX_INDEX;
            int c4 = c3 + ldc;
            int a5 = a4 + lda & MAX_INDEX;
            int c5 = c4 + ldc;
            int a6 = a5 + lda & MAX_INDEX;
            int c6 = c5 + ldc;
            int a7 = a6 + lda & MAX_INDEX;
            int c7 = c6 + ldc;
            FloatVector s00, s01, s10, s11, s20, s21, s30, s31, s40, s41, s50, s51, s60, s61, s70, s71;
            if (accumulate) {
                s00 = FloatVector.fromArray(S, c, c0);
                s01 = FloatVector.fromArray(S, c, c0 + last);
                s10 = FloatVector.fromArray(S, c, c1);
                s11 = FloatVector.fromArray(S, c, c1 + last);
                s20 = FloatVector.fromArray(S, c, c2);
                s21 = FloatVector.fromArray(S, c, c2 + last);
                s30 = FloatVector.fromArray(S, c, c3);
                s31 = FloatVector.fromArray(S, c, c3 + last);
                s40 = FloatVector.fromArray(S, c, c4);
                s41 = FloatVector.fromArray(S, c, c4 + last);
                s50 = FloatVector.fromArray(S, c, c5);
                s51 = FloatVector.fromArray(S, c, c5 + last);
                s60 = FloatVector.fromArray(S, c, c6);
                s61 = FloatVector.fromArray(S, c, c6 + last);
                s70 = FloatVector.fromArray(S, c, c7);
                s71 = FloatVector.fromArray(S, c, c7 + last);
            } else {
                s00 = FloatVector.zero(S);
                s01 = FloatVector.zero(S);
                s10 = FloatVector.zero(S);
                s11 = FloatVector.zero(S);
                s20 = FloatVector.zero(S);
                s21 = FloatVector.zero(S);
                s30 = FloatVector.zero(S);
                s31 = FloatVector.zero(S);
                s40 = FloatVector.zero(S);
                s41 = FloatVector.zero(S);
                s50 = FloatVector.zero(S);
                s51 = FloatVector.zero(S);
                s60 = FloatVector.zero(S);
                s61 = FloatVector.zero(S);
                s70 = FloatVector.zero(S);
                s71 = FloatVector.zero(S);
            }
            for (int p = 0, q = bo; p < depth; p++, q += ldb) {
                FloatVector b0 = FloatVector.fromArray(S, b, q);
                FloatVector b1 = FloatVector.fromArray(S, b, q + last);
                FloatVector v0 = FloatVector.broadcast(S, a[a0 + p]);
                s00 = FMA ? v0.fma(b0, s00) : v0.mul(b0).add(s00);
                s01 = FMA ? v0.fma(b1, s01) : v0.mul(b1).add(s01);
                FloatVector v1 = FloatVector.broadcast(S, a[a1 + p]);
                s10 = FMA ? v1.fma(b0, s10) : v1.mul(b0).add(s10);
                s11 = FMA ? v1.fma(b1, s11) : v1.mul(b1).add(s11);
                FloatVector v2 = FloatVector.broadcast(S, a[a2 + p]);
                s20 = FMA ? v2.fma(b0, s20) : v2.mul(b0).add(s20);
                s21 = FMA ? v2.fma(b1, s21) : v2.mul(b1).add(s21);
                FloatVector v3 = FloatVector.broadcast(S, a[a3 + p]);
                s30 = FMA ? v3.fma(b0, s30) : v3.mul(b0).add(s30);
                s31 = FMA ? v3.fma(b1, s31) : v3.mul(b1).add(s31);
                FloatVector v4 = FloatVector.broadcast(S, a[a4 + p]);
                s40 = FMA ? v4.fma(b0, s40) : v4.mul(b0).add(s40);
                s41 = FMA ? v4.fma(b1, s41) : v4.mul(b1).add(s41);
                FloatVector v5 = FloatVector.broadcast(S, a[a5 + p]);
                s50 = FMA ? v5.fma(b0, s50) : v5.mul(b0).add(s50);
                s51 = FMA ? v5.fma(b1, s51) : v5.mul(b1).add(s51);
                FloatVector v6 = FloatVector.broadcast(S, a[a6 + p]);
                s60 = FMA ? v6.fma(b0, s60) : v6.mul(b0).add(s60);
                s61 = FMA ? v6.fma(b1, s61) : v6.mul(b1).add(s61);
                FloatVector v7 = FloatVector.broadcast(S, a[a7 + p]);
                s70 = FMA ? v7.fma(b0, s70) : v7.mul(b0).add(s70);
                s71 = FMA ? v7.fma(b1, s71) : v7.mul(b1).add(s71);
            }
            VECTOR.cast(s00).intoArray(c, c0);
            VECTOR.cast(s01).intoArray(c, c0 + last);
            VECTOR.cast(s10).intoArray(c, c1);
            VECTOR.cast(s11).intoArray(c, c1 + last);
            VECTOR.cast(s20).intoArray(c, c2);
            VECTOR.cast(s21).intoArray(c, c2 + last);
            VECTOR.cast(s30).intoArray(c, c3);
            VECTOR.cast(s31).intoArray(c, c3 + last);
            VECTOR.cast(s40).intoArray(c, c4);
            VECTOR.cast(s41).intoArray(c, c4 + last);
            VECTOR.cast(s50).intoArray(c, c5);
            VECTOR.cast(s51).intoArray(c, c5 + last);
            VECTOR.cast(s60).intoArray(c, c6);
            VECTOR.cast(s61).intoArray(c, c6 + last);
            VECTOR.cast(s70).intoArray(c, c7);
            VECTOR.cast(s71).intoArray(c, c7 + last);
        }
    }

    static void rows5(int m, int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, int last, float[] c, int co,
            int ldc, boolean accumulate) {
        int depth = k & MAX_DEPTH;
        for (int i = 0; i < m; i += 5) {
            int a0 = ao + i * lda & MAX_INDEX;
            int c0 = co + i * ldc;
            int a1 = a0 + lda & MAX_INDEX;
            int c1 = c0 + ldc;
            int a2 = a1 + lda & MAX_INDEX;
            int c2 = c1 + ldc;
            int a3 = a2 + lda & MAX_INDEX;
            int c3 = c2 + ldc;
            int a4 = a3 + lda & MAX_INDEX;
            int c4 = c3 + ldc;
            FloatVector s00, s01, s10, s11, s20, s21, s30, s31, s40, s41;
            if (accumulate) {
                s00 = FloatVector.fromArray(S, c, c0);
                s01 = FloatVector.fromArray(S, c, c0 + last);
                s10 = FloatVector.fromArray(S, c, c1);
                s11 = FloatVector.fromArray(S, c, c1 + last);
                s20 = FloatVector.fromArray(S, c, c2);
                s21 = FloatVector.fromArray(S, c, c2 + last);
                s30 = FloatVector.fromArray(S, c, c3);
                s31 = FloatVector.fromArray(S, c, c3 + last);
                s40 = FloatVector.fromArray(S, c, c4);
                s41 = FloatVector.fromArray(S, c, c4 + last);
            } else {
                s00 = FloatVector.zero(S);
                s01 = FloatVector.zero(S);
                s10 = FloatVector.zero(S);
                s11 = FloatVector.zero(S);
                s20 = FloatVector.zero(S);
                s21 = FloatVector.zero(S);
                s30 = FloatVector.zero(S);
                s31 = FloatVector.zero(S);
                s40 = FloatVector.zero(S);
                s41 = FloatVector.zero(S);
            }
            for (int p = 0, q = bo; p < depth; p++, q += ldb) {
                FloatVector b0 = FloatVector.fromArray(S, b, q);
                FloatVector b1 = FloatVector.fromArray(S, b, q + last);
                FloatVector v0 = FloatVector.broadcast(S, a[a0 + p]);
                s00 = FMA ? v0.fma(b0, s00) : v0.mul(b0).add(s00);
                s01 = FMA ? v0.fma(b1, s01) : v0.mul(b1).add(s01);
                FloatVector v1 = FloatVector.broadcast(S, a[a1 + p]);
                s10 = FMA ? v1.fma(b0, s10) : v1.mul(b0).add(s10);
                s11 = FMA ? v1.fma(b1, s11) : v1.mul(b1).add(s11);
                FloatVector v2 = FloatVector.broadcast(S, a[a2 + p]);
                s20 = FMA ? v2.fma(b0, s20) : v2.mul(b0).add(s20);
                s21 = FMA ? v2.fma(b1, s21) : v2.mul(b1).add(s21);
                FloatVector v3 = FloatVector.broadcast(S, a[a3 + p]);
                s30 = FMA ? v3.fma(b0, s30) : v3.mul(b0).add(s30);
                s31 = FMA ? v3.fma(b1, s31) : v3.mul(b1).add(s31);
                FloatVector v4 = FloatVector.broadcast(S, a[a4 + p]);
                s40 = FMA ? v4.fma(b0, s40) : v4.mul(b0).add(s40);
                s41 = FMA ? v4.fma(b1, s41) : v4.mul(b1).add(s41);
            }
            VECTOR.cast(s00).intoArray(c, c0);
            VECTOR.cast(s01).intoArray(c, c0 + last);
            VECTOR.cast(s10).intoArray(c, c1);
            VECTOR.cast(s11).intoArray(c, c1 + last);
            VECTOR.cast(s20).intoArray(c, c2);
            VECTOR.cast(s21).intoArray(c, c2 + last);
            VECTOR.cast(s30).intoArray(c, c3);
            VECTOR.cast(s31).intoArray(c, c3 + last);
            VECTOR.cast(s40).intoArray(c, c4);
            VECTOR.cast(s41).intoArray(c, c4 + last);
        }
    }

    static void rows4(int m, int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, int last, float[] c, int co,
            int ldc, boolean accumulate) {
        int depth = k & MAX_DEPTH;
        for (int i = 0; i < m; i += 4) {
            int a0 = ao + i * lda & MAX_INDEX;
            int c0 = co + i * ldc;
            int a1 = a0 + lda & MAX_INDEX;
            int c1 = c0 + ldc;
            int a2 = a1 + lda & MAX_INDEX;
            int c2 = c1 + ldc;
            int a3 = a2 + lda & MAX_INDEX;
            int c3 = c2 + ldc;
            FloatVector s00, s01, s10, s11, s20, s21, s30, s31;
            if (accumulate) {
                s00 = FloatVector.fromArray(S, c, c0);
                s01 = FloatVector.fromArray(S, c, c0 + last);
                s10 = FloatVector.fromArray(S, c, c1);
                s11 = FloatVector.fromArray(S, c, c1 + last);
                s20 = FloatVector.fromArray(S, c, c2);
                s21 = FloatVector.fromArray(S, c, c2 + last);
                s30 = FloatVector.fromArray(S, c, c3);
                s31 = FloatVector.fromArray(S, c, c3 + last);
            } else {
                s00 = FloatVector.zero(S);
                s01 = FloatVector.zero(S);
                s10 = FloatVector.zero(S);
                s11 = FloatVector.zero(S);
                s20 = FloatVector.zero(S);
                s21 = FloatVector.zero(S);
                s30 = FloatVector.zero(S);
                s31 = FloatVector.zero(S);
            }
            for (int p = 0, q = bo; p < depth; p++, q += ldb) {
                FloatVector b0 = FloatVector.fromArray(S, b, q);
                FloatVector b1 = FloatVector.fromArray(S, b, q + last);
                FloatVector v0 = FloatVector.broadcast(S, a[a0 + p]);
                s00 = FMA ? v0.fma(b0, s00) : v0.mul(b0).add(s00);
                s01 = FMA ? v0.fma(b1, s01) : v0.mul(b1).add(s01);
                FloatVector v1 = FloatVector.broadcast(S, a[a1 + p]);
                s10 = FMA ? v1.fma(b0, s10) : v1.mul(b0).add(s10);
                s11 = FMA ? v1.fma(b1, s11) : v1.mul(b1).add(s11);
                FloatVector v2 = FloatVector.broadcast(S, a[a2 + p]);
                s20 = FMA ? v2.fma(b0, s20) : v2.mul(b0).add(s20);
                s21 = FMA ? v2.fma(b1, s21) : v2.mul(b1).add(s21);
                FloatVector v3 = FloatVector.broadcast(S, a[a3 + p]);
                s30 = FMA ? v3.fma(b0, s30) : v3.mul(b0).add(s30);
                s31 = FMA ? v3.fma(b1, s31) : v3.mul(b1).add(s31);
            }
            VECTOR.cast(s00).intoArray(c, c0);
            VECTOR.cast(s01).intoArray(c, c0 + last);
            VECTOR.cast(s10).intoArray(c, c1);
            VECTOR.cast(s11).intoArray(c, c1 + last);
            VECTOR.cast(s20).intoArray(c, c2);
            VECTOR.cast(s21).intoArray(c, c2 + last);
            VECTOR.cast(s30).intoArray(c, c3);
            VECTOR.cast(s31).intoArray(c, c3 + last);
        }
    }

    static void rows3(int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, int last, float[] c, int co,
            int ldc, boolean accumulate) {
        int depth = k & MAX_DEPTH;
        int a0 = ao & MAX_INDEX;
        int c0 = co;
        int a1 = a0 + lda & MAX_INDEX;
        int c1 = c0 + ldc;
        int a2 = a1 + lda & MAX_INDEX;
        int c2 = c1 + ldc;
        FloatVector s00, s01, s10, s11, s20, s21;
        if (accumulate) {
            s00 = FloatVector.fromArray(S, c, c0);
            s01 = FloatVector.fromArray(S, c, c0 + last);
            s10 = FloatVector.fromArray(S, c, c1);
            s11 = FloatVector.fromArray(S, c, c1 + last);
            s20 = FloatVector.fromArray(S, c, c2);
            s21 = FloatVector.fromArray(S, c, c2 + last);
        } else {
            s00 = FloatVector.zero(S);
            s01 = FloatVector.zero(S);
            s10 = FloatVector.zero(S);
            s11 = FloatVector.zero(S);
            s20 = FloatVector.zero(S);
            s21 = FloatVector.zero(S);
        }
        for (int p = 0, q = bo; p < depth; p++, q += ldb) {
            FloatVector b0 = FloatVector.fromArray(S, b, q);
            FloatVector b1 = FloatVector.fromArray(S, b, q + last);
            FloatVector v0 = FloatVector.broadcast(S, a[a0 + p]);
            s00 = FMA ? v0.fma(b0, s00) : v0.mul(b0).add(s00);
            s01 = FMA ? v0.fma(b1, s01) : v0.mul(b1).add(s01);
            FloatVector v1 = FloatVector.broadcast(S, a[a1 + p]);
            s10 = FMA ? v1.fma(b0, s10) : v1.mul(b0).add(s10);
            s11 = FMA ? v1.fma(b1, s11) : v1.mul(b1).add(s11);
            FloatVector v2 = FloatVector.broadcast(S, a[a2 + p]);
            s20 = FMA ? v2.fma(b0, s20) : v2.mul(b0).add(s20);
            s21 = FMA ? v2.fma(b1, s21) : v2.mul(b1).add(s21);
        }
        VECTOR.cast(s00).intoArray(c, c0);
        VECTOR.cast(s01).intoArray(c, c0 + last);
        VECTOR.cast(s10).intoArray(c, c1);
        VECTOR.cast(s11).intoArray(c, c1 + last);
        VECTOR.cast(s20).intoArray(c, c2);
        VECTOR.cast(s21).intoArray(c, c2 + last);
    }

    static void rows2(int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, int last, float[] c, int co,
            int ldc, boolean accumulate) {
        int depth = k & MAX_DEPTH;
        int a0 = ao & MAX_INDEX;
        int c0 = co;
        int a1 = a0 + lda & MAX_INDEX;
        int c1 = c0 + ldc;
        FloatVector s00, s01, s10, s11;
        if (accumulate) {
            s00 = FloatVector.fromArray(S, c, c0);
            s01 = FloatVector.fromArray(S, c, c0 + last);
            s10 = FloatVector.fromArray(S, c, c1);
            s11 = FloatVector.fromArray(S, c, c1 + last);
        } else {
            s00 = FloatVector.zero(S);
            s01 = FloatVector.zero(S);
            s10 = FloatVector.zero(S);
            s11 = FloatVector.zero(S);
        }
        for (int p = 0, q = bo; p < depth; p++, q += ldb) {
            FloatVector b0 = FloatVector.fromArray(S, b, q);
            FloatVector b1 = FloatVector.fromArray(S, b, q + last);
            FloatVector v0 = FloatVector.broadcast(S, a[a0 + p]);
            s00 = FMA ? v0.fma(b0, s00) : v0.mul(b0).add(s00);
            s01 = FMA ? v0.fma(b1, s01) : v0.mul(b1).add(s01);
            FloatVector v1 = FloatVector.broadcast(S, a[a1 + p]);
            s10 = FMA ? v1.fma(b0, s10) : v1.mul(b0).add(s10);
            s11 = FMA ? v1.fma(b1, s11) : v1.mul(b1).add(s11);
        }
        VECTOR.cast(s00).intoArray(c, c0);
        VECTOR.cast(s01).intoArray(c, c0 + last);
        VECTOR.cast(s10).intoArray(c, c1);
        VECTOR.cast(s11).intoArray(c, c1 + last);
    }

    static void rows1(int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, int last, float[] c, int co,
            int ldc, boolean accumulate) {
        int depth = k & MAX_DEPTH;
        int a0 = ao & MAX_INDEX;
        int c0 = co;
        FloatVector s00, s01;
        if (accumulate) {
            s00 = FloatVector.fromArray(S, c, c0);
            s01 = FloatVector.fromArray(S, c, c0 + last);
        } else {
            s00 = FloatVector.zero(S);
            s01 = FloatVector.zero(S);
        }
        for (int p = 0, q = bo; p < depth; p++, q += ldb) {
            FloatVector b0 = FloatVector.fromArray(S, b, q);
            FloatVector b1 = FloatVector.fromArray(S, b, q + last);
            FloatVector v0 = FloatVector.broadcast(S, a[a0 + p]);
            s00 = FMA ? v0.fma(b0, s00) : v0.mul(b0).add(s00);
            s01 = FMA ? v0.fma(b1, s01) : v0.mul(b1).add(s01);
        }
        VECTOR.cast(s00).intoArray(c, c0);
        VECTOR.cast(s01).intoArray(c, c0 + last);
    }
}
