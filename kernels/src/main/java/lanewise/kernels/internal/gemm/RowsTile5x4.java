package lanewise.kernels.internal.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;

/**
 * Micro-kernels for 32 registers: five rows of A at a time, where they are, times a panel of B.
 *
 * <p>
 * The five rows of a tile are not neighbours but a fifth of all rows apart: from tile to tile each goes on through memory
 * where it was, and hardware prefetchers follow five long streams where they would lose five short ones.
 */
final class RowsTile5x4 {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;
    private static final Class<FloatVector> VECTOR = Lanes.VECTOR;
    private static final int L = Lanes.LANES;
    private static final int MAX_INDEX = GemmBlocking.MAX_INDEX;
    private static final int MAX_DEPTH = GemmBlocking.MAX_DEPTH;

    // Written out, as so many calls of VectorMath.mulAdd are over the budget up to which C2 inlines: it would box the rest.
    private static final boolean FMA = Lanes.FMA;

    private RowsTile5x4() {}

    /** All rows, a multiple of five, times a packed panel. */
    static void multiply(int m, int k, float[] a, int ao, int lda, float[] b, int bo, float[] c, int co, int ldc,
            boolean accumulate) {
        int depth = k & MAX_DEPTH;
        int panel = bo & MAX_INDEX;
        int tiles = m / 5;
        int distanceA = tiles * lda;
        int distanceC = tiles * ldc;
        for (int i = 0; i < tiles; i++) {
            int a0 = ao + i * lda & MAX_INDEX;
            int c0 = co + i * ldc;
            int a1 = a0 + distanceA & MAX_INDEX;
            int c1 = c0 + distanceC;
            int a2 = a1 + distanceA & MAX_INDEX;
            int c2 = c1 + distanceC;
            int a3 = a2 + distanceA & MAX_INDEX;
            int c3 = c2 + distanceC;
            int a4 = a3 + distanceA & MAX_INDEX;
            int c4 = c3 + distanceC;
            FloatVector s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33, s40, s41, s42,
                    s43;
            if (accumulate) {
                s00 = FloatVector.fromArray(S, c, c0);
                s01 = FloatVector.fromArray(S, c, c0 + L);
                s02 = FloatVector.fromArray(S, c, c0 + 2 * L);
                s03 = FloatVector.fromArray(S, c, c0 + 3 * L);
                s10 = FloatVector.fromArray(S, c, c1);
                s11 = FloatVector.fromArray(S, c, c1 + L);
                s12 = FloatVector.fromArray(S, c, c1 + 2 * L);
                s13 = FloatVector.fromArray(S, c, c1 + 3 * L);
                s20 = FloatVector.fromArray(S, c, c2);
                s21 = FloatVector.fromArray(S, c, c2 + L);
                s22 = FloatVector.fromArray(S, c, c2 + 2 * L);
                s23 = FloatVector.fromArray(S, c, c2 + 3 * L);
                s30 = FloatVector.fromArray(S, c, c3);
                s31 = FloatVector.fromArray(S, c, c3 + L);
                s32 = FloatVector.fromArray(S, c, c3 + 2 * L);
                s33 = FloatVector.fromArray(S, c, c3 + 3 * L);
                s40 = FloatVector.fromArray(S, c, c4);
                s41 = FloatVector.fromArray(S, c, c4 + L);
                s42 = FloatVector.fromArray(S, c, c4 + 2 * L);
                s43 = FloatVector.fromArray(S, c, c4 + 3 * L);
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
            for (int p = 0; p < depth; p++) {
                FloatVector b0 = FloatVector.fromArray(S, b, panel + p * (4 * L));
                FloatVector b1 = FloatVector.fromArray(S, b, panel + p * (4 * L) + L);
                FloatVector b2 = FloatVector.fromArray(S, b, panel + p * (4 * L) + 2 * L);
                FloatVector b3 = FloatVector.fromArray(S, b, panel + p * (4 * L) + 3 * L);
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
            VECTOR.cast(s03).intoArray(c, c0 + 3 * L);
            VECTOR.cast(s10).intoArray(c, c1);
            VECTOR.cast(s11).intoArray(c, c1 + L);
            VECTOR.cast(s12).intoArray(c, c1 + 2 * L);
            VECTOR.cast(s13).intoArray(c, c1 + 3 * L);
            VECTOR.cast(s20).intoArray(c, c2);
            VECTOR.cast(s21).intoArray(c, c2 + L);
            VECTOR.cast(s22).intoArray(c, c2 + 2 * L);
            VECTOR.cast(s23).intoArray(c, c2 + 3 * L);
            VECTOR.cast(s30).intoArray(c, c3);
            VECTOR.cast(s31).intoArray(c, c3 + L);
            VECTOR.cast(s32).intoArray(c, c3 + 2 * L);
            VECTOR.cast(s33).intoArray(c, c3 + 3 * L);
            VECTOR.cast(s40).intoArray(c, c4);
            VECTOR.cast(s41).intoArray(c, c4 + L);
            VECTOR.cast(s42).intoArray(c, c4 + 2 * L);
            VECTOR.cast(s43).intoArray(c, c4 + 3 * L);
        }
    }

    /** The first five rows of A times a panel of B where it is, which is packed on the way: the store unit is idle otherwise. */
    static void multiplyAndPack(int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] packed, int po,
            float[] c, int co, int ldc, boolean accumulate) {
        int depth = k & MAX_DEPTH;
        int panel = po & MAX_INDEX;
        int a0 = ao & MAX_INDEX;
        int c0 = co;
        int a1 = a0 + lda & MAX_INDEX;
        int c1 = c0 + ldc;
        int a2 = a1 + lda & MAX_INDEX;
        int c2 = c1 + ldc;
        int a3 = a2 + lda & MAX_INDEX;
        int c3 = c2 + ldc;
        int a4 = a3 + lda & MAX_INDEX;
        int c4 = c3 + ldc;
        FloatVector s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33, s40, s41, s42, s43;
        if (accumulate) {
            s00 = FloatVector.fromArray(S, c, c0);
            s01 = FloatVector.fromArray(S, c, c0 + L);
            s02 = FloatVector.fromArray(S, c, c0 + 2 * L);
            s03 = FloatVector.fromArray(S, c, c0 + 3 * L);
            s10 = FloatVector.fromArray(S, c, c1);
            s11 = FloatVector.fromArray(S, c, c1 + L);
            s12 = FloatVector.fromArray(S, c, c1 + 2 * L);
            s13 = FloatVector.fromArray(S, c, c1 + 3 * L);
            s20 = FloatVector.fromArray(S, c, c2);
            s21 = FloatVector.fromArray(S, c, c2 + L);
            s22 = FloatVector.fromArray(S, c, c2 + 2 * L);
            s23 = FloatVector.fromArray(S, c, c2 + 3 * L);
            s30 = FloatVector.fromArray(S, c, c3);
            s31 = FloatVector.fromArray(S, c, c3 + L);
            s32 = FloatVector.fromArray(S, c, c3 + 2 * L);
            s33 = FloatVector.fromArray(S, c, c3 + 3 * L);
            s40 = FloatVector.fromArray(S, c, c4);
            s41 = FloatVector.fromArray(S, c, c4 + L);
            s42 = FloatVector.fromArray(S, c, c4 + 2 * L);
            s43 = FloatVector.fromArray(S, c, c4 + 3 * L);
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
            FloatVector b3 = FloatVector.fromArray(S, b, q + 3 * L);
            b0.intoArray(packed, panel + p * (4 * L));
            b1.intoArray(packed, panel + p * (4 * L) + L);
            b2.intoArray(packed, panel + p * (4 * L) + 2 * L);
            b3.intoArray(packed, panel + p * (4 * L) + 3 * L);
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
        VECTOR.cast(s03).intoArray(c, c0 + 3 * L);
        VECTOR.cast(s10).intoArray(c, c1);
        VECTOR.cast(s11).intoArray(c, c1 + L);
        VECTOR.cast(s12).intoArray(c, c1 + 2 * L);
        VECTOR.cast(s13).intoArray(c, c1 + 3 * L);
        VECTOR.cast(s20).intoArray(c, c2);
        VECTOR.cast(s21).intoArray(c, c2 + L);
        VECTOR.cast(s22).intoArray(c, c2 + 2 * L);
        VECTOR.cast(s23).intoArray(c, c2 + 3 * L);
        VECTOR.cast(s30).intoArray(c, c3);
        VECTOR.cast(s31).intoArray(c, c3 + L);
        VECTOR.cast(s32).intoArray(c, c3 + 2 * L);
        VECTOR.cast(s33).intoArray(c, c3 + 3 * L);
        VECTOR.cast(s40).intoArray(c, c4);
        VECTOR.cast(s41).intoArray(c, c4 + L);
        VECTOR.cast(s42).intoArray(c, c4 + 2 * L);
        VECTOR.cast(s43).intoArray(c, c4 + 3 * L);
    }
}
