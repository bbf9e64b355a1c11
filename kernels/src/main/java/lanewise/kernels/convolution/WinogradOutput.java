package lanewise.kernels.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.gemm.Finish;

/** The results' side of {@link WinogradConvolution}: y = Aᵀ m A, tiles of 4 x 4 pixels. */
final class WinogradOutput {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;
    private static final int L = Lanes.LANES;

    /** Places of a tile of which only the columns are transformed. */
    private static final int PLACES = 24;
    private static final float A = WinogradConvolution.A;
    private static final float B = WinogradConvolution.B;
    private static final float A2 = A * A;
    private static final float B2 = B * B;
    private static final float A3 = A * A * A;
    private static final float B3 = B * B * B;

    private WinogradOutput() {}

    /**
     * Transforms some neighbouring tiles into four stripes, one for each of their rows; as many more as fill a vector are
     * transformed, too.
     */
    static void transform(int tiles, float[] s, int at, int distance, int to, int so, int stripe) {
        for (int q = 0; q < tiles; q += L) {
            columns(s, at + q, distance, s, to);
            rows(s, to, s, to + PLACES * L);
            for (int i = 0; i < 4; i++) {
                Quads.join(s, to + (PLACES + 4 * i) * L, s, so + i * stripe + 4 * q);
            }
        }
    }

    /** Copies rows of results from stripes, or adds them. */
    static void store(int rows, int columns, float[] s, int so, int stripe, boolean accumulate, float[] y, int yo,
            int ldy) {
        for (int i = 0; i < rows; i++) {
            if (accumulate) {
                Finish.add(columns, s, so + i * stripe, y, yo + i * ldy);
            } else {
                WinogradInput.copy(columns, s, so + i * stripe, y, yo + i * ldy);
            }
        }
    }

    /** t = Aᵀ m. */
    private static void columns(float[] m, int mo, int stride, float[] t, int to) {
        for (int j = 0; j < 6; j++) {
            int from = mo + j * stride;
            int o = to + j * L;
            FloatVector m1 = FloatVector.fromArray(S, m, from + 6 * stride);
            FloatVector m2 = FloatVector.fromArray(S, m, from + 12 * stride);
            FloatVector m3 = FloatVector.fromArray(S, m, from + 18 * stride);
            FloatVector m4 = FloatVector.fromArray(S, m, from + 24 * stride);
            FloatVector evenA = m1.add(m2);
            FloatVector oddA = m1.sub(m2);
            FloatVector evenB = m3.add(m4);
            FloatVector oddB = m3.sub(m4);
            FloatVector m0 = FloatVector.fromArray(S, m, from);
            evenA.add(evenB).add(m0).intoArray(t, o);
            (Lanes.FMA ? oddB.fma(FloatVector.broadcast(S, B), oddA.mul(A)) : oddB.mul(B).add(oddA.mul(A))).intoArray(t,
                    o + 6 * L);
            (Lanes.FMA ? evenB.fma(FloatVector.broadcast(S, B2), evenA.mul(A2)) : evenB.mul(B2).add(evenA.mul(A2)))
                    .intoArray(t, o + 12 * L);
            FloatVector m5 = FloatVector.fromArray(S, m, from + 30 * stride);
            (Lanes.FMA
                    ? oddB.fma(FloatVector.broadcast(S, B3), oddA.fma(FloatVector.broadcast(S, A3), m5))
                    : oddB.mul(B3).add(oddA.mul(A3).add(m5))).intoArray(t, o + 18 * L);
        }
    }

    /** y = t A. */
    private static void rows(float[] t, int to, float[] y, int yo) {
        for (int i = 0; i < 4; i++) {
            int from = to + i * 6 * L;
            int o = yo + i * 4 * L;
            FloatVector m1 = FloatVector.fromArray(S, t, from + L);
            FloatVector m2 = FloatVector.fromArray(S, t, from + 2 * L);
            FloatVector m3 = FloatVector.fromArray(S, t, from + 3 * L);
            FloatVector m4 = FloatVector.fromArray(S, t, from + 4 * L);
            FloatVector evenA = m1.add(m2);
            FloatVector oddA = m1.sub(m2);
            FloatVector evenB = m3.add(m4);
            FloatVector oddB = m3.sub(m4);
            FloatVector m0 = FloatVector.fromArray(S, t, from);
            evenA.add(evenB).add(m0).intoArray(y, o);
            (Lanes.FMA ? oddB.fma(FloatVector.broadcast(S, B), oddA.mul(A)) : oddB.mul(B).add(oddA.mul(A))).intoArray(y,
                    o + L);
            (Lanes.FMA ? evenB.fma(FloatVector.broadcast(S, B2), evenA.mul(A2)) : evenB.mul(B2).add(evenA.mul(A2)))
                    .intoArray(y, o + 2 * L);
            FloatVector m5 = FloatVector.fromArray(S, t, from + 5 * L);
            (Lanes.FMA
                    ? oddB.fma(FloatVector.broadcast(S, B3), oddA.fma(FloatVector.broadcast(S, A3), m5))
                    : oddB.mul(B3).add(oddA.mul(A3).add(m5))).intoArray(y, o + 3 * L);
        }
    }
}
