package lanewise.kernels.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;

/** The filters' side of {@link WinogradConvolution}: U = G g Gᵀ, as rows that the micro-kernels of matrix products read. */
final class WinogradFilter {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;
    private static final int L = Lanes.LANES;

    /** Channels whose filters are so at a time: what was stored first is read when it has left the store queue. */
    private static final int CHUNK = 64;

    // The points of interpolation are 0, ±A, ±B and infinity; a row of G is (1, p, p²) over the product of the distances of
    // p from the other points.
    private static final float A = WinogradConvolution.A;
    private static final float B = WinogradConvolution.B;
    private static final float A2 = A * A;
    private static final float B2 = B * B;
    private static final float N0 = 1 / (A2 * B2);
    private static final float NA = 1 / (2 * A2 * (A2 - B2));
    private static final float NB = 1 / (2 * B2 * (B2 - A2));

    /** Scratch elements. */
    static final int SCRATCH = 9 * CHUNK + 18 * L;

    private WinogradFilter() {}

    /**
     * Transforms the filters of one output channel.
     *
     * @param c input channels
     * @param filter nine elements for each
     * @param fo index of the first
     * @param distance elements between two filters
     * @param rotated whether each is rotated by 180 degrees
     * @param s scratch memory
     * @param so index of its first element
     * @param u receives, for each place, a row of c elements, filled up to whole vectors
     * @param uo index of its first element
     * @param place elements between the rows of two places
     */
    static void transform(int c, float[] filter, int fo, int distance, boolean rotated, float[] s, int so, float[] u,
            int uo, int place) {
        int tile = so + 9 * CHUNK;
        for (int next = 0; next < c; next += CHUNK) {
            int count = Math.min(CHUNK, c - next);
            gather(count, filter, fo + next * distance, distance, s, so);
            for (int i = 0; i < count; i += L) {
                if (rotated) {
                    columns(s, so + 8 * CHUNK + i, -CHUNK, s, tile);
                } else {
                    columns(s, so + i, CHUNK, s, tile);
                }
                rows(s, tile, u, uo + next + i, place);
            }
        }
    }

    /** Element p of filter i to {@code p * CHUNK + i}. */
    private static void gather(int count, float[] filter, int fo, int distance, float[] s, int so) {
        for (int i = 0; i < count; i++) {
            int f = fo + i * distance;
            s[so + i] = filter[f];
            s[so + i + CHUNK] = filter[f + 1];
            s[so + i + 2 * CHUNK] = filter[f + 2];
            s[so + i + 3 * CHUNK] = filter[f + 3];
            s[so + i + 4 * CHUNK] = filter[f + 4];
            s[so + i + 5 * CHUNK] = filter[f + 5];
            s[so + i + 6 * CHUNK] = filter[f + 6];
            s[so + i + 7 * CHUNK] = filter[f + 7];
            s[so + i + 8 * CHUNK] = filter[f + 8];
        }
    }

    /** t = G g: three columns of three to three columns of six. */
    private static void columns(float[] g, int go, int distance, float[] t, int to) {
        for (int j = 0; j < 3; j++) {
            int from = go + j * distance;
            int at = to + j * L;
            FloatVector g0 = FloatVector.fromArray(S, g, from);
            FloatVector g1 = FloatVector.fromArray(S, g, from + 3 * distance);
            FloatVector g2 = FloatVector.fromArray(S, g, from + 6 * distance);
            g0.mul(N0).intoArray(t, at);
            FloatVector even = Lanes.FMA ? g2.fma(FloatVector.broadcast(S, A2), g0) : g2.mul(A2).add(g0);
            FloatVector odd = g1.mul(A);
            even.add(odd).mul(NA).intoArray(t, at + 3 * L);
            even.sub(odd).mul(NA).intoArray(t, at + 6 * L);
            even = Lanes.FMA ? g2.fma(FloatVector.broadcast(S, B2), g0) : g2.mul(B2).add(g0);
            odd = g1.mul(B);
            even.add(odd).mul(NB).intoArray(t, at + 9 * L);
            even.sub(odd).mul(NB).intoArray(t, at + 12 * L);
            g2.intoArray(t, at + 15 * L);
        }
    }

    /** u = t Gᵀ: six rows of three to six rows of six. */
    private static void rows(float[] t, int to, float[] u, int uo, int stride) {
        for (int i = 0; i < 6; i++) {
            int from = to + i * 3 * L;
            int at = uo + i * 6 * stride;
            FloatVector g0 = FloatVector.fromArray(S, t, from);
            FloatVector g1 = FloatVector.fromArray(S, t, from + L);
            FloatVector g2 = FloatVector.fromArray(S, t, from + 2 * L);
            g0.mul(N0).intoArray(u, at);
            FloatVector even = Lanes.FMA ? g2.fma(FloatVector.broadcast(S, A2), g0) : g2.mul(A2).add(g0);
            FloatVector odd = g1.mul(A);
            even.add(odd).mul(NA).intoArray(u, at + stride);
            even.sub(odd).mul(NA).intoArray(u, at + 2 * stride);
            even = Lanes.FMA ? g2.fma(FloatVector.broadcast(S, B2), g0) : g2.mul(B2).add(g0);
            odd = g1.mul(B);
            even.add(odd).mul(NB).intoArray(u, at + 3 * stride);
            even.sub(odd).mul(NB).intoArray(u, at + 4 * stride);
            g2.intoArray(u, at + 5 * stride);
        }
    }
}
