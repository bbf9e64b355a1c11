package lanewise.kernels.internal.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;

/** Micro-kernels for one vector of columns: rows of A times columns of B, both where they are. */
final class OneVectorTile {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;
    private static final Class<FloatVector> VECTOR = Lanes.VECTOR;
    private static final boolean FMA = Lanes.FMA;
    private static final int MAX_INDEX = GemmBlocking.MAX_INDEX;
    private static final int MAX_DEPTH = GemmBlocking.MAX_DEPTH;

    private OneVectorTile() {}

    static void rows8(int m, int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] c, int co, int ldc,
            boolean accumulate) {
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
            FloatVector s00, s10, s20, s30, s40, s50, s60, s70;
            if (accumulate) {
                s00 = FloatVector.fromArray(S, c, c0);
                s10 = FloatVector.fromArray(S, c, c1);
                s20 = FloatVector.fromArray(S, c, c2);
                s30 = FloatVector.fromArray(S, c, c3);
                s40 = FloatVector.fromArray(S, c, c4);
                s50 = FloatVector.fromArray(S, c, c5);
                s60 = FloatVector.fromArray(S, c, c6);
                s70 = FloatVector.fromArray(S, c, c7);
            } else {
                s00 = FloatVector.zero(S);
                s10 = FloatVector.zero(S);
                s20 = FloatVector.zero(S);
                s30 = FloatVector.zero(S);
                s40 = FloatVector.zero(S);
                s50 = FloatVector.zero(S);
                s60 = FloatVector.zero(S);
                s70 = FloatVector.zero(S);
            }
            for (int p = 0, q = bo; p < depth; p++, q += ldb) {
                FloatVector b0 = FloatVector.fromArray(S, b, q);
                FloatVector v0 = FloatVector.broadcast(S, a[a0 + p]);
                s00 = FMA ? v0.fma(b0, s00) : v0.mul(b0).add(s00);
                FloatVector v1 = FloatVector.broadcast(S, a[a1 + p]);
                s10 = FMA ? v1.fma(b0, s10) : v1.mul(b0).add(s10);
                FloatVector v2 = FloatVector.broadcast(S, a[a2 + p]);
                s20 = FMA ? v2.fma(b0, s20) : v2.mul(b0).add(s20);
                FloatVector v3 = FloatVector.broadcast(S, a[a3 + p]);
                s30 = FMA ? v3.fma(b0, s30) : v3.mul(b0).add(s30);
                FloatVector v4 = FloatVector.broadcast(S, a[a4 + p]);
                s40 = FMA ? v4.fma(b0, s40) : v4.mul(b0).add(s40);
                FloatVector v5 = FloatVector.broadcast(S, a[a5 + p]);
                s50 = FMA ? v5.fma(b0, s50) : v5.mul(b0).add(s50);
                FloatVector v6 = FloatVector.broadcast(S, a[a6 + p]);
                s60 = FMA ? v6.fma(b0, s60) : v6.mul(b0).add(s60);
                FloatVector v7 = FloatVector.broadcast(S, a[a7 + p]);
                s70 = FMA ? v7.fma(b0, s70) : v7.mul(b0).add(s70);
            }
            VECTOR.cast(s00).intoArray(c, c0);
            VECTOR.cast(s10).intoArray(c, c1);
            VECTOR.cast(s20).intoArray(c, c2);
            VECTOR.cast(s30).intoArray(c, c3);
            VECTOR.cast(s40).intoArray(c, c4);
            VECTOR.cast(s50).intoArray(c, c5);
            VECTOR.cast(s60).intoArray(c, c6);
            VECTOR.cast(s70).intoArray(c, c7);
        }
    }

    static void rows4(int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] c, int co, int ldc,
            boolean accumulate) {
        int depth = k & MAX_DEPTH;
        int a0 = ao & MAX_INDEX;
        int c0 = co;
        int a1 = a0 + lda & MAX_INDEX;
        int c1 = c0 + ldc;
        int a2 = a1 + lda & MAX_INDEX;
        int c2 = c1 + ldc;
        int a3 = a2 + lda & MAX_INDEX;
        int c3 = c2 + ldc;
        FloatVector s00, s10, s20, s30;
        if (accumulate) {
            s00 = FloatVector.fromArray(S, c, c0);
            s10 = FloatVector.fromArray(S, c, c1);
            s20 = FloatVector.fromArray(S, c, c2);
            s30 = FloatVector.fromArray(S, c, c3);
        } else {
            s00 = FloatVector.zero(S);
            s10 = FloatVector.zero(S);
            s20 = FloatVector.zero(S);
            s30 = FloatVector.zero(S);
        }
        for (int p = 0, q = bo; p < depth; p++, q += ldb) {
            FloatVector b0 = FloatVector.fromArray(S, b, q);
            FloatVector v0 = FloatVector.broadcast(S, a[a0 + p]);
            s00 = FMA ? v0.fma(b0, s00) : v0.mul(b0).add(s00);
            FloatVector v1 = FloatVector.broadcast(S, a[a1 + p]);
            s10 = FMA ? v1.fma(b0, s10) : v1.mul(b0).add(s10);
            FloatVector v2 = FloatVector.broadcast(S, a[a2 + p]);
            s20 = FMA ? v2.fma(b0, s20) : v2.mul(b0).add(s20);
            FloatVector v3 = FloatVector.broadcast(S, a[a3 + p]);
            s30 = FMA ? v3.fma(b0, s30) : v3.mul(b0).add(s30);
        }
        VECTOR.cast(s00).intoArray(c, c0);
        VECTOR.cast(s10).intoArray(c, c1);
        VECTOR.cast(s20).intoArray(c, c2);
        VECTOR.cast(s30).intoArray(c, c3);
    }

    static void rows2(int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] c, int co, int ldc,
            boolean accumulate) {
        int depth = k & MAX_DEPTH;
        int a0 = ao & MAX_INDEX;
        int c0 = co;
        int a1 = a0 + lda & MAX_INDEX;
        int c1 = c0 + ldc;
        FloatVector s00, s10;
        if (accumulate) {
            s00 = FloatVector.fromArray(S, c, c0);
            s10 = FloatVector.fromArray(S, c, c1);
        } else {
            s00 = FloatVector.zero(S);
            s10 = FloatVector.zero(S);
        }
        for (int p = 0, q = bo; p < depth; p++, q += ldb) {
            FloatVector b0 = FloatVector.fromArray(S, b, q);
            FloatVector v0 = FloatVector.broadcast(S, a[a0 + p]);
            s00 = FMA ? v0.fma(b0, s00) : v0.mul(b0).add(s00);
            FloatVector v1 = FloatVector.broadcast(S, a[a1 + p]);
            s10 = FMA ? v1.fma(b0, s10) : v1.mul(b0).add(s10);
        }
        VECTOR.cast(s00).intoArray(c, c0);
        VECTOR.cast(s10).intoArray(c, c1);
    }

    static void rows1(int k, float[] a, int ao, int lda, float[] b, int bo, int ldb, float[] c, int co, int ldc,
            boolean accumulate) {
        int depth = k & MAX_DEPTH;
        int a0 = ao & MAX_INDEX;
        int c0 = co;
        FloatVector s00;
        if (accumulate) {
            s00 = FloatVector.fromArray(S, c, c0);
        } else {
            s00 = FloatVector.zero(S);
        }
        for (int p = 0, q = bo; p < depth; p++, q += ldb) {
            FloatVector b0 = FloatVector.fromArray(S, b, q);
            FloatVector v0 = FloatVector.broadcast(S, a[a0 + p]);
            s00 = FMA ? v0.fma(b0, s00) : v0.mul(b0).add(s00);
        }
        VECTOR.cast(s00).intoArray(c, c0);
    }
}
