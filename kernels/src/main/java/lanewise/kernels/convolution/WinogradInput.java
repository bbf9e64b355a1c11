package lanewise.kernels.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;

/**
 * The images' side of {@link WinogradConvolution}: V = Bᵀ d B for tiles d of 6 x 6 pixels that overlap by two. The lanes of a
 * vector are neighbouring tiles, also over the ends of rows of tiles.
 */
final class WinogradInput {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;
    private static final int L = Lanes.LANES;

    private static final float A = WinogradConvolution.A;
    private static final float B = WinogradConvolution.B;
    private static final float A2 = A * A;
    private static final float B2 = B * B;

    private WinogradInput() {}

    /**
     * Puts the pixels of some rows of tiles so that those of one place in neighbouring tiles are neighbours: place (i, j) of
     * tile q is at {@code (i % 4 * 6 + j) * distance + q + (i / 4) * tilesW}. All rows are copied before the first is split,
     * since a load that spans two stores waits until these have left the store queue.
     */
    static void split(int tileRows, int tilesW, int firstRow, int h, int w, int padTop, int padLeft, float[] x, int xo,
            float[] s, int ro, int at, int distance) {
        int width = 4 * tilesW;
        int plane = (tileRows + 1) * width;
        copyRows(4 * tileRows + 2, width, firstRow - padTop, h, w, padLeft, x, xo, s, ro, plane);
        for (int i = 0; i < 4; i++) {
            int places = (i < 2 ? tileRows + 1 : tileRows) * tilesW;
            Quads.split(places, s, ro + i * plane, s, at + i * 6 * distance, distance);
        }
        int right = width - padLeft;
        for (int i = 0; i < 4; i++) {
            ends(i < 2 ? tileRows + 1 : tileRows, right >= 0 && right < w, right >= -1 && right < w - 1,
                    firstRow + i - padTop, h, w, x, xo + right, s, at + (i * 6 + 4) * distance + tilesW - 1, distance,
                    tilesW);
        }
    }

    /** Places 4 and 5 of the last tile of each row of tiles, which are the first of no other. */
    private static void ends(int count, boolean first, boolean second, int row, int h, int w, float[] x, int xo,
            float[] d, int at, int distance, int tilesW) {
        for (int q = 0; q < count; q++, row += 4, at += tilesW) {
            boolean inside = row >= 0 && row < h;
            d[at] = inside && first ? x[xo + row * w] : 0;
            d[at + distance] = inside && second ? x[xo + row * w + 1] : 0;
        }
    }

    /** Rows of an image with zeros around it, each fourth after the fourth before it. */
    private static void copyRows(int count, int width, int firstRow, int h, int w, int padLeft, float[] x, int xo,
            float[] rows,
            int ro, int plane) {
        int from = Math.min(width, padLeft);
        int length = Math.max(0, Math.min(width - from, w));
        for (int r = 0; r < count; r++) {
            int row = firstRow + r;
            int to = ro + (r & 3) * plane + (r >> 2) * width;
            if (row < 0 || row >= h) {
                zero(rows, to, width);
            } else {
                zero(rows, to, from);
                zero(rows, to + from + length, width - from - length);
                copy(length, x, xo + row * w, rows, to + from);
            }
        }
    }

    /** The last vector may overlap the one before. */
    static void copy(int n, float[] x, int xo, float[] y, int yo) {
        if (n >= L) {
            for (int i = 0; i < n; i += L) {
                int at = Math.min(i, n - L);
                FloatVector.fromArray(S, x, xo + at).intoArray(y, yo + at);
            }
        } else {
            for (int i = 0; i < n; i++) {
                y[yo + i] = x[xo + i];
            }
        }
    }

    private static void zero(float[] a, int from, int length) {
        for (int i = from; i < from + length; i++) {
            a[i] = 0;
        }
    }

    /** Transforms some neighbouring tiles; as many more as fill a vector are transformed, too. */
    static void transform(int tiles, float[] s, int at, int distance, int tilesW, int to, float[] v, int vo,
            int stride) {
        for (int q = 0; q < tiles; q += L) {
            columns(s, at + q, distance, tilesW, s, to);
            rows(s, to, v, vo + q, stride);
        }
    }

    /** t = Bᵀ d. */
    private static void columns(float[] d, int at, int distance, int tilesW, float[] t, int to) {
        for (int j = 0; j < 6; j++) {
            int from = at + j * distance;
            int o = to + j * L;
            FloatVector d0 = FloatVector.fromArray(S, d, from);
            FloatVector d1 = FloatVector.fromArray(S, d, from + 6 * distance);
            FloatVector d2 = FloatVector.fromArray(S, d, from + 12 * distance);
            FloatVector d3 = FloatVector.fromArray(S, d, from + 18 * distance);
            FloatVector d4 = FloatVector.fromArray(S, d, from + tilesW);
            FloatVector d5 = FloatVector.fromArray(S, d, from + 6 * distance + tilesW);
            (Lanes.FMA
                    ? d0.fma(FloatVector.broadcast(S, A2 * B2), d2.fma(FloatVector.broadcast(S, -(A2 + B2)), d4))
                    : d0.mul(A2 * B2).add(d2.mul(-(A2 + B2)).add(d4))).intoArray(t, o);
            (Lanes.FMA
                    ? d1.fma(FloatVector.broadcast(S, A2 * B2), d3.fma(FloatVector.broadcast(S, -(A2 + B2)), d5))
                    : d1.mul(A2 * B2).add(d3.mul(-(A2 + B2)).add(d5))).intoArray(t, o + 30 * L);
            FloatVector even = Lanes.FMA ? d2.fma(FloatVector.broadcast(S, -B2), d4) : d2.mul(-B2).add(d4);
            FloatVector odd = Lanes.FMA ? d1.fma(FloatVector.broadcast(S, -B2), d3) : d1.mul(-B2).add(d3);
            (Lanes.FMA ? odd.fma(FloatVector.broadcast(S, A), even) : odd.mul(A).add(even)).intoArray(t, o + 6 * L);
            (Lanes.FMA ? odd.fma(FloatVector.broadcast(S, -A), even) : odd.mul(-A).add(even)).intoArray(t, o + 12 * L);
            even = Lanes.FMA ? d2.fma(FloatVector.broadcast(S, -A2), d4) : d2.mul(-A2).add(d4);
            odd = Lanes.FMA ? d1.fma(FloatVector.broadcast(S, -A2), d3) : d1.mul(-A2).add(d3);
            (Lanes.FMA ? odd.fma(FloatVector.broadcast(S, B), even) : odd.mul(B).add(even)).intoArray(t, o + 18 * L);
            (Lanes.FMA ? odd.fma(FloatVector.broadcast(S, -B), even) : odd.mul(-B).add(even)).intoArray(t, o + 24 * L);
        }
    }

    /** v = t B. */
    private static void rows(float[] t, int to, float[] v, int vo, int stride) {
        for (int i = 0; i < 6; i++) {
            int from = to + i * 6 * L;
            int o = vo + i * 6 * stride;
            FloatVector d0 = FloatVector.fromArray(S, t, from);
            FloatVector d1 = FloatVector.fromArray(S, t, from + L);
            FloatVector d2 = FloatVector.fromArray(S, t, from + 2 * L);
            FloatVector d3 = FloatVector.fromArray(S, t, from + 3 * L);
            FloatVector d4 = FloatVector.fromArray(S, t, from + 4 * L);
            FloatVector d5 = FloatVector.fromArray(S, t, from + 5 * L);
            (Lanes.FMA
                    ? d0.fma(FloatVector.broadcast(S, A2 * B2), d2.fma(FloatVector.broadcast(S, -(A2 + B2)), d4))
                    : d0.mul(A2 * B2).add(d2.mul(-(A2 + B2)).add(d4))).intoArray(v, o);
            (Lanes.FMA
                    ? d1.fma(FloatVector.broadcast(S, A2 * B2), d3.fma(FloatVector.broadcast(S, -(A2 + B2)), d5))
                    : d1.mul(A2 * B2).add(d3.mul(-(A2 + B2)).add(d5))).intoArray(v, o + 5 * stride);
            FloatVector even = Lanes.FMA ? d2.fma(FloatVector.broadcast(S, -B2), d4) : d2.mul(-B2).add(d4);
            FloatVector odd = Lanes.FMA ? d1.fma(FloatVector.broadcast(S, -B2), d3) : d1.mul(-B2).add(d3);
            (Lanes.FMA ? odd.fma(FloatVector.broadcast(S, A), even) : odd.mul(A).add(even)).intoArray(v, o + stride);
            (Lanes.FMA ? odd.fma(FloatVector.broadcast(S, -A), even) : odd.mul(-A).add(even)).intoArray(v,
                    o + 2 * stride);
            even = Lanes.FMA ? d2.fma(FloatVector.broadcast(S, -A2), d4) : d2.mul(-A2).add(d4);
            odd = Lanes.FMA ? d1.fma(FloatVector.broadcast(S, -A2), d3) : d1.mul(-A2).add(d3);
            (Lanes.FMA ? odd.fma(FloatVector.broadcast(S, B), even) : odd.mul(B).add(even)).intoArray(v,
                    o + 3 * stride);
            (Lanes.FMA ? odd.fma(FloatVector.broadcast(S, -B), even) : odd.mul(-B).add(even)).intoArray(v,
                    o + 4 * stride);
        }
    }
}
