package lanewise.kernels.internal.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;

/**
 * Micro-kernels for four vectors of columns, where there are 32 registers: rows of A times columns of B, both where they
 * are. The fourth vector begins at a free offset and may overlap the third, so that they serve every width from three
 * vectors to four without masks.
 */
final class FourVectorTile {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;
    private static final Class<FloatVector> VECTOR = Lanes.VECTOR;
    private static final int L = Lanes.LANES;
    private static final int MAX_INDEX = GemmBlocking.MAX_INDEX;
    private static final int MAX_DEPTH = GemmBlocking.MAX_DEPTH;

    // Written out, as so many calls of VectorMath.mulAdd are over the budget up to which C2 inlines: it would box the rest.
    private static final boolean FMA = Lanes.FMA;

    private FourVectorTile() {}

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
            FloatVector s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33, s40, s41, s42,
                    s43;
            if (accumulate) {
                s00 = FloatVector.fromArray(S, c, c0);
                s01 = FloatVector.fromArray(S, c, c0 + L);
                s02 = FloatVector.fromArray(S, c, c0 + 2 * L);
                s03 = FloatVector.fromArray(S, c, c0 + last);
                s10 = FloatVector.fromArray(S, c, c1);
                s11 = FloatVector.fromArray(S, c, c1 + L);
                s12 = FloatVector.fromArray(S, c, c1 + 2 * L);
                s13 = FloatVector.fromArray(S, c, c1 + last);
                s20 = FloatVector.fromArray(S, c, c2);
                s21 = FloatVector.fromArray(S, c, c2 + L);
                s22 = FloatVector.fromArray(S, c, c2 + 2 * L);
                s23 = FloatVector.fromArray(S, c, c2 + last);
                s30 = FloatVector.fromArray(S, c, c3);
                s31 = FloatVector.fromArray(S, c, c3 + L);
                s32 = FloatVector.fromArray(S, c, c3 + 2 * L);
                s33 = FloatVector.fromArray(S, c, c3 + last);
                s40 = FloatVector.fromArray(S, c, c4);
                s41 = FloatVector.fromArray(S, c, c4 + L);
                s42 = FloatVector.fromArray(S, c, c4 + 2 * L);
                s43 = FloatVector.fromArray(S, c, c4 + last);
            } else {
                s00 = FloatVector.zero(S);
                s01 = FloatVector.zero(S);
                s02 = FloatVector.zero(S);
                s03 = FloatVector.zero(S);
                s10 = FloatVector.zero(S);
                s11 = FloatVector.zero(S);
                s12 = FloatVector.zero(S);
                s13 = FloatVector.zero(S);
                s20 = FloatVector.zero(S);
                s21 = FloatVector.zero(S);
                s22 = FloatVector.zero(S);
                s23 = FloatVector.zero(S);
                s30 = FloatVector.zero(S);
                s31 = FloatVector.zero(S);
                s32 = FloatVector.zero(S);
                s33 = FloatVector.zero(S);
                s40 = FloatVector.zero(S);
                s41 = FloatVector.zero(S);
                s42 = FloatVector.zero(S);
                s43 = FloatVector.zero(S);
            }
            for (int p = 0, q = bo; p < depth; p++, q += ldb) {
                FloatVector b0 = FloatVector.fromArray(S, b, q);
                FloatVector b1 = FloatVector.fromArray(S, b, q + L);
                FloatVector b2 = FloatVector.fromArray(S, b, q + 2 * L);
                FloatVector b3 = FloatVector.fromArray(S, b, q + last);
                FloatVector v0 = FloatVector.broadcast(S, a[a0 + p]);
                s00 = FMA ? v0.fma(b0, s00) : v0.mul(b0).add(s00);
                s01 = FMA ? v0.fma(b1, s01) : v0.mul(b1).add(s01);
                s02 = FMA ? v0.fma(b2, s02) : v0.mul(b2).add(s02);
                s03 = FMA ? v0.fma(b3, s03) : v0.mul(b3).add(s03);
                FloatVector v1 = FloatVector.broadcast(S, a[a1 + p]);
                s10 = FMA ? v1.fma(b0, s10) : v1.mul(b0).add(s10);
                s11 = FMA ? v1.fma(b1, s11) : v1.mul(b1).add(s11);
                s12 = FMA ? v1.fma(b2, s12) : v1.mul(b2).add(s12);
                s13 = FMA ? v1.fma(b3, s13) : v1.mul(b3).add(s13);
                FloatVector v2 = FloatVector.broadcast(S, a[a2 + p]);
                s20 = FMA ? v2.fma(b0, s20) : v2.mul(b0).add(s20);
                s21 = FMA ? v2.fma(b1, s21) : v2.mul(b1).add(s21);
                s22 = FMA ? v2.fma(b2, s22) : v2.mul(b2).add(s22);
                s23 = FMA ? v2.fma(b3, s23) : v2.mul(b3).add(s23);
                FloatVector v3 = FloatVector.broadcast(S, a[a3 + p]);
                s30 = FMA ? v3.fma(b0, s30) : v3.mul(b0).add(s30);
                s31 = FMA ? v3.fma(b1, s31) : v3.mul(b1).add(s31);
                s32 = FMA ? v3.fma(b2, s32) : v3.mul(b2).add(s32);
                s33 = FMA ? v3.fma(b3, s33) : v3.mul(b3).add(s33);
                FloatVector v4 = FloatVector.broadcast(S, a[a4 + p]);
                s40 = FMA ? v4.fma(b0, s40) : v4.mul(b0).add(s40);
                s41 = FMA ? v4.fma(b1, s41) : v4.mul(b1).add(s41);
                s42 = FMA ? v4.fma(b2, s42) : v4.mul(b2).add(s42);
                s43 = FMA ? v4.fma(b3, s43) : v4.mul(b3).add(s43);
            }
            VECTOR.cast(s00).intoArray(c, c0);
            VECTOR.cast(s01).intoArray(c, c0 + L);
            VECTOR.cast(s02).intoArray(c, c0 + 2 * L);
            VECTOR.cast(s03).intoArray(c, c0 + last);
            VECTOR.cast(s10).intoArray(c, c1);
            VECTOR.cast(s11).intoArray(c, c1 + L);
            VECTOR.cast(s12).intoArray(c, c1 + 2 * L);
            VECTOR.cast(s13).intoArray(c, c1 + last);
            VECTOR.cast(s20).intoArray(c, c2);
            VECTOR.cast(s21).intoArray(c, c2 + L);
            VECTOR.cast(s22).intoArray(c, c2 + 2 * L);
            VECTOR.cast(s23).intoArray(c, c2 + last);
            VECTOR.cast(s30).intoArray(c, c3);
            VECTOR.cast(s31).intoArray(c, c3 + L);
            VECTOR.cast(s32).intoArray(c, c3 + 2 * L);
            VECTOR.cast(s33).intoArray(c, c3 + last);
            VECTOR.cast(s40).intoArray(c, c4);
            VECTOR.cast(s41).intoArray(c, c4 + L);
            VECTOR.cast(s42).intoArray(c, c4 + 2 * L);
            VECTOR.cast(s43).intoArray(c, c4 + last);
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
            FloatVector s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33;
            if (accumulate) {
                s00 = FloatVector.fromArray(S, c, c0);
                s01 = FloatVector.fromArray(S, c, c0 + L);
                s02 = FloatVector.fromArray(S, c, c0 + 2 * L);
                s03 = FloatVector.fromArray(S, c, c0 + last);
                s10 = FloatVector.fromArray(S, c, c1);
                s11 = FloatVector.fromArray(S, c, c1 + L);
                s12 = FloatVector.fromArray(S, c, c1 + 2 * L);
                s13 = FloatVector.fromArray(S, c, c1 + last);
                s20 = FloatVector.fromArray(S, c, c2);
                s21 = FloatVector.fromArray(S, c, c2 + L);
                s22 = FloatVector.fromArray(S, c, c2 + 2 * L);
                s23 = FloatVector.fromArray(S, c, c2 + last);
                s30 = FloatVector.fromArray(S, c, c3);
                s31 = FloatVector.fromArray(S, c, c3 + L);
                s32 = FloatVector.fromArray(S, c, c3 + 2 * L);
                s33 = FloatVector.fromArray(S, c, c3 + last);
            } else {
                s00 = FloatVector.zero(S);
                s01 = FloatVector.zero(S);
                s02 = FloatVector.zero(S);
                s03 = FloatVector.zero(S);
                s10 = FloatVector.zero(S);
                s11 = FloatVector.zero(S);
                s12 = FloatVector.zero(S);
                s13 = FloatVector.zero(S);
                s20 = FloatVector.zero(S);
                s21 = FloatVector.zero(S);
                s22 = FloatVector.zero(S);
                s23 = FloatVector.zero(S);
                s30 = FloatVector.zero(S);
                s31 = FloatVector.zero(S);
                s32 = FloatVector.zero(S);
                s33 = FloatVector.zero(S);
            }
            for (int p = 0, q = bo; p < depth; p++, q += ldb) {
                FloatVector b0 = FloatVector.fromArray(S, b, q);
                FloatVector b1 = FloatVector.fromArray(S, b, q + L);
                FloatVector b2 = FloatVector.fromArray(S, b, q + 2 * L);
                FloatVector b3 = FloatVector.fromArray(S, b, q + last);
                FloatVector v0 = FloatVector.broadcast(S, a[a0 + p]);
                s00 = FMA ? v0.fma(b0, s00) : v0.mul(b0).add(s00);
                s01 = FMA ? v0.fma(b1, s01) : v0.mul(b1).add(s01);
                s02 = FMA ? v0.fma(b2, s02) : v0.mul(b2).add(s02);
                s03 = FMA ? v0.fma(b3, s03) : v0.mul(b3).add(s03);
                FloatVector v1 = FloatVector.broadcast(S, a[a1 + p]);
                s10 = FMA ? v1.fma(b0, s10) : v1.mul(b0).add(s10);
                s11 = FMA ? v1.fma(b1, s11) : v1.mul(b1).add(s11);
                s12 = FMA ? v1.fma(b2, s12) : v1.mul(b2).add(s12);
                s13 = FMA ? v1.fma(b3, s13) : v1.mul(b3).add(s13);
                FloatVector v2 = FloatVector.broadcast(S, a[a2 + p]);
                s20 = FMA ? v2.fma(b0, s20) : v2.mul(b0).add(s20);
                s21 = FMA ? v2.fma(b1, s21) : v2.mul(b1).add(s21);
                s22 = FMA ? v2.fma(b2, s22) : v2.mul(b2).add(s22);
                s23 = FMA ? v2.fma(b3, s23) : v2.mul(b3).add(s23);
                FloatVector v3 = FloatVector.broadcast(S, a[a3 + p]);
                s30 = FMA ? v3.fma(b0, s30) : v3.mul(b0).add(s30);
                s31 = FMA ? v3.fma(b1, s31) : v3.mul(b1).add(s31);
                s32 = FMA ? v3.fma(b2, s32) : v3.mul(b2).add(s32);
                s33 = FMA ? v3.fma(b3, s33) : v3.mul(b3).add(s33);
            }
            VECTOR.cast(s00).intoArray(c, c0);
            VECTOR.cast(s01).intoArray(c, c0 + L);
            VECTOR.cast(s02).intoArray(c, c0 + 2 * L);
            VECTOR.cast(s03).intoArray(c, c0 + last);
            VECTOR.cast(s10).intoArray(c, c1);
            VECTOR.cast(s11).intoArray(c, c1 + L);
            VECTOR.cast(s12).intoArray(c, c1 + 2 * L);
            VECTOR.cast(s13).intoArray(c, c1 + last);
            VECTOR.cast(s20).intoArray(c, c2);
            VECTOR.cast(s21).intoArray(c, c2 + L);
            VECTOR.cast(s22).intoArray(c, c2 + 2 * L);
            VECTOR.cast(s23).intoArray(c, c2 + last);
            VECTOR.cast(s30).intoArray(c, c3);
            VECTOR.cast(s31).intoArray(c, c3 + L);
            VECTOR.cast(s32).intoArray(c, c3 + 2 * L);
            VECTOR.cast(s33).intoArray(c, c3 + last);
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
        FloatVector s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23;
        if (accumulate) {
            s00 = FloatVector.fromArray(S, c, c0);
            s01 = FloatVector.fromArray(S, c, c0 + L);
            s02 = FloatVector.fromArray(S, c, c0 + 2 * L);
            s03 = FloatVector.fromArray(S, c, c0 + last);
            s10 = FloatVector.fromArray(S, c, c1);
            s11 = FloatVector.fromArray(S, c, c1 + L);
            s12 = FloatVector.fromArray(S, c, c1 + 2 * L);
            s13 = FloatVector.fromArray(S, c, c1 + last);
            s20 = FloatVector.fromArray(S, c, c2);
            s21 = FloatVector.fromArray(S, c, c2 + L);
            s22 = FloatVector.fromArray(S, c, c2 + 2 * L);
            s23 = FloatVector.fromArray(S, c, c2 + last);
        } else {
            s00 = FloatVector.zero(S);
            s01 = FloatVector.zero(S);
            s02 = FloatVector.zero(S);
            s03 = FloatVector.zero(S);
            s10 = FloatVector.zero(S);
            s11 = FloatVector.zero(S);
            s12 = FloatVector.zero(S);
            s13 = FloatVector.zero(S);
            s20 = FloatVector.zero(S);
            s21 = FloatVector.zero(S);
            s22 = FloatVector.zero(S);
            s23 = FloatVector.zero(S);
        }
        for (int p = 0, q = bo; p < depth; p++, q += ldb) {
            FloatVector b0 = FloatVector.fromArray(S, b, q);
            FloatVector b1 = FloatVector.fromArray(S, b, q + L);
            FloatVector b2 = FloatVector.fromArray(S, b, q + 2 * L);
            FloatVector b3 = FloatVector.fromArray(S, b, q + last);
            FloatVector v0 = FloatVector.broadcast(S, a[a0 + p]);
            s00 = FMA ? v0.fma(b0, s00) : v0.mul(b0).add(s00);
            s01 = FMA ? v0.fma(b1, s01) : v0.mul(b1).add(s01);
            s02 = FMA ? v0.fma(b2, s02) : v0.mul(b2).add(s02);
            s03 = FMA ? v0.fma(b3, s03) : v0.mul(b3).add(s03);
            FloatVector v1 = FloatVector.broadcast(S, a[a1 + p]);
            s10 = FMA ? v1.fma(b0, s10) : v1.mul(b0).add(s10);
            s11 = FMA ? v1.fma(b1, s11) : v1.mul(b1).add(s11);
            s12 = FMA ? v1.fma(b2, s12) : v1.mul(b2).add(s12);
            s13 = FMA ? v1.fma(b3, s13) : v1.mul(b3).add(s13);
            FloatVector v2 = FloatVector.broadcast(S, a[a2 + p]);
            s20 = FMA ? v2.fma(b0, s20) : v2.mul(b0).add(s20);
            s21 = FMA ? v2.fma(b1, s21) : v2.mul(b1).add(s21);
            s22 = FMA ? v2.fma(b2, s22) : v2.mul(b2).add(s22);
            s23 = FMA ? v2.fma(b3, s23) : v2.mul(b3).add(s23);
        }
        VECTOR.cast(s00).intoArray(c, c0);
        VECTOR.cast(s01).intoArray(c, c0 + L);
        VECTOR.cast(s02).intoArray(c, c0 + 2 * L);
        VECTOR.cast(s03).intoArray(c, c0 + last);
        VECTOR.cast(s10).intoArray(c, c1);
        VECTOR.cast(s11).intoArray(c, c1 + L);
        VECTOR.cast(s12).intoArray(c, c1 + 2 * L);
        VECTOR.cast(s13).intoArray(c, c1 + last);
        VECTOR.cast(s20).intoArray(c, c2);
        VECTOR.cast(s21).intoArray(c, c2 + L);
        VECTOR.cast(s22).intoArray(c, c2 + 2 * L);
        VECTOR.cast(s23).intoArray(c, c2 + last);
    }

    static void rows2(int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, int last, float[] c, int co,
            int ldc, boolean accumulate) {
        int depth = k & MAX_DEPTH;
        int a0 = ao & MAX_INDEX;
        int c0 = co;
        int a1 = a0 + lda & MAX_INDEX;
        int c1 = c0 + ldc;
        FloatVector s00, s01, s02, s03, s10, s11, s12, s13;
        if (accumulate) {
            s00 = FloatVector.fromArray(S, c, c0);
            s01 = FloatVector.fromArray(S, c, c0 + L);
            s02 = FloatVector.fromArray(S, c, c0 + 2 * L);
            s03 = FloatVector.fromArray(S, c, c0 + last);
            s10 = FloatVector.fromArray(S, c, c1);
            s11 = FloatVector.fromArray(S, c, c1 + L);
            s12 = FloatVector.fromArray(S, c, c1 + 2 * L);
            s13 = FloatVector.fromArray(S, c, c1 + last);
        } else {
            s00 = FloatVector.zero(S);
            s01 = FloatVector.zero(S);
            s02 = FloatVector.zero(S);
            s03 = FloatVector.zero(S);
            s10 = FloatVector.zero(S);
            s11 = FloatVector.zero(S);
            s12 = FloatVector.zero(S);
            s13 = FloatVector.zero(S);
        }
        for (int p = 0, q = bo; p < depth; p++, q += ldb) {
            FloatVector b0 = FloatVector.fromArray(S, b, q);
            FloatVector b1 = FloatVector.fromArray(S, b, q + L);
            FloatVector b2 = FloatVector.fromArray(S, b, q + 2 * L);
            FloatVector b3 = FloatVector.fromArray(S, b, q + last);
            FloatVector v0 = FloatVector.broadcast(S, a[a0 + p]);
            s00 = FMA ? v0.fma(b0, s00) : v0.mul(b0).add(s00);
            s01 = FMA ? v0.fma(b1, s01) : v0.mul(b1).add(s01);
            s02 = FMA ? v0.fma(b2, s02) : v0.mul(b2).add(s02);
            s03 = FMA ? v0.fma(b3, s03) : v0.mul(b3).add(s03);
            FloatVector v1 = FloatVector.broadcast(S, a[a1 + p]);
            s10 = FMA ? v1.fma(b0, s10) : v1.mul(b0).add(s10);
            s11 = FMA ? v1.fma(b1, s11) : v1.mul(b1).add(s11);
            s12 = FMA ? v1.fma(b2, s12) : v1.mul(b2).add(s12);
            s13 = FMA ? v1.fma(b3, s13) : v1.mul(b3).add(s13);
        }
        VECTOR.cast(s00).intoArray(c, c0);
        VECTOR.cast(s01).intoArray(c, c0 + L);
        VECTOR.cast(s02).intoArray(c, c0 + 2 * L);
        VECTOR.cast(s03).intoArray(c, c0 + last);
        VECTOR.cast(s10).intoArray(c, c1);
        VECTOR.cast(s11).intoArray(c, c1 + L);
        VECTOR.cast(s12).intoArray(c, c1 + 2 * L);
        VECTOR.cast(s13).intoArray(c, c1 + last);
    }

    static void rows1(int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, int last, float[] c, int co,
            int ldc, boolean accumulate) {
        int depth = k & MAX_DEPTH;
        int a0 = ao & MAX_INDEX;
        int c0 = co;
        FloatVector s00, s01, s02, s03;
        if (accumulate) {
            s00 = FloatVector.fromArray(S, c, c0);
            s01 = FloatVector.fromArray(S, c, c0 + L);
            s02 = FloatVector.fromArray(S, c, c0 + 2 * L);
            s03 = FloatVector.fromArray(S, c, c0 + last);
        } else {
            s00 = FloatVector.zero(S);
            s01 = FloatVector.zero(S);
            s02 = FloatVector.zero(S);
            s03 = FloatVector.zero(S);
        }
        for (int p = 0, q = bo; p < depth; p++, q += ldb) {
            FloatVector b0 = FloatVector.fromArray(S, b, q);
            FloatVector b1 = FloatVector.fromArray(S, b, q + L);
            FloatVector b2 = FloatVector.fromArray(S, b, q + 2 * L);
            FloatVector b3 = FloatVector.fromArray(S, b, q + last);
            FloatVector v0 = FloatVector.broadcast(S, a[a0 + p]);
            s00 = FMA ? v0.fma(b0, s00) : v0.mul(b0).add(s00);
            s01 = FMA ? v0.fma(b1, s01) : v0.mul(b1).add(s01);
            s02 = FMA ? v0.fma(b2, s02) : v0.mul(b2).add(s02);
            s03 = FMA ? v0.fma(b3, s03) : v0.mul(b3).add(s03);
        }
        VECTOR.cast(s00).intoArray(c, c0);
        VECTOR.cast(s01).intoArray(c, c0 + L);
        VECTOR.cast(s02).intoArray(c, c0 + 2 * L);
        VECTOR.cast(s03).intoArray(c, c0 + last);
    }
}
