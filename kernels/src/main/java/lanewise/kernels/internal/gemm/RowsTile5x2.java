package lanewise.kernels.internal.gemm;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.VectorMath;

/**
 * Micro-kernel for 16 registers: five rows of A at a time, where they are, times a packed panel of B.
 *
 * <p>
 * The fences emit no instruction. They keep C2 from hoisting the loads of all rows to the start of the loop body, which
 * would need more than 16 registers: see decision 0004.
 */
final class RowsTile5x2 {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;
    private static final Class<FloatVector> VECTOR = Lanes.VECTOR;
    private static final int L = Lanes.LANES;
    private static final int MAX_INDEX = GemmBlocking.MAX_INDEX;
    private static final int MAX_DEPTH = GemmBlocking.MAX_DEPTH;

    private RowsTile5x2() {}

    static void multiply(int m, int k, float[] a, int ao, int lda, float[] b, int bo, float[] c, int co, int ldc,
            boolean accumulate) {
        int depth = k & MAX_DEPTH;
        int panel = bo & MAX_INDEX;
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
                s01 = FloatVector.fromArray(S, c, c0 + L);
                s10 = FloatVector.fromArray(S, c, c1);
                s11 = FloatVector.fromArray(S, c, c1 + L);
                s20 = FloatVector.fromArray(S, c, c2);
                s21 = FloatVector.fromArray(S, c, c2 + L);
                s30 = FloatVector.fromArray(S, c, c3);
                s31 = FloatVector.fromArray(S, c, c3 + L);
                s40 = FloatVector.fromArray(S, c, c4);
                s41 = FloatVector.fromArray(S, c, c4 + L);
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
            for (int p = 0; p < depth; p++) {
                FloatVector b0 = FloatVector.fromArray(S, b, panel + p * (2 * L));
                FloatVector b1 = FloatVector.fromArray(S, b, panel + p * (2 * L) + L);
                FloatVector v0 = FloatVector.broadcast(S, a[a0 + p]);
                s00 = VectorMath.mulAdd(v0, b0, s00);
                s01 = VectorMath.mulAdd(v0, b1, s01);
                VarHandle.acquireFence();
                FloatVector v1 = FloatVector.broadcast(S, a[a1 + p]);
                s10 = VectorMath.mulAdd(v1, b0, s10);
                s11 = VectorMath.mulAdd(v1, b1, s11);
                VarHandle.acquireFence();
                FloatVector v2 = FloatVector.broadcast(S, a[a2 + p]);
                s20 = VectorMath.mulAdd(v2, b0, s20);
                s21 = VectorMath.mulAdd(v2, b1, s21);
                VarHandle.acquireFence();
                FloatVector v3 = FloatVector.broadcast(S, a[a3 + p]);
                s30 = VectorMath.mulAdd(v3, b0, s30);
                s31 = VectorMath.mulAdd(v3, b1, s31);
                VarHandle.acquireFence();
                FloatVector v4 = FloatVector.broadcast(S, a[a4 + p]);
                s40 = VectorMath.mulAdd(v4, b0, s40);
                s41 = VectorMath.mulAdd(v4, b1, s41);
            }
            VECTOR.cast(s00).intoArray(c, c0);
            VECTOR.cast(s01).intoArray(c, c0 + L);
            VECTOR.cast(s10).intoArray(c, c1);
            VECTOR.cast(s11).intoArray(c, c1 + L);
            VECTOR.cast(s20).intoArray(c, c2);
            VECTOR.cast(s21).intoArray(c, c2 + L);
            VECTOR.cast(s30).intoArray(c, c3);
            VECTOR.cast(s31).intoArray(c, c3 + L);
            VECTOR.cast(s40).intoArray(c, c4);
            VECTOR.cast(s41).intoArray(c, c4 + L);
        }
    }
}
