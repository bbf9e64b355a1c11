package lanewise.kernels.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.VectorMath;

/**
 * Micro-kernels of the direct filter gradient: some taps times a panel of channels of the result, summed over the positions
 * of a plane. The gradient dy lies transposed, channels side by side, so that lanes are channels, and each element is one
 * chain of multiply-adds over the positions.
 */
final class DirectFilterTile {

    /** Taps of a tile. */
    static final int TAPS = 5;

    private static final VectorSpecies<Float> S = Lanes.FLOATS;
    private static final Class<FloatVector> VECTOR = Lanes.VECTOR;
    private static final int L = Lanes.LANES;

    private DirectFilterTile() {}

    /** Adds {@link #TAPS} taps' sums over rows of positions to those at {@code d}. */
    static void oneVector(int rows, int columns, float[] x, int xo, int[] offsets, int first, int rowDistance,
            float[] dy, int yo, float[] d, int at) {
        int x0 = xo + offsets[first + 0];
        int x1 = xo + offsets[first + 1];
        int x2 = xo + offsets[first + 2];
        int x3 = xo + offsets[first + 3];
        int x4 = xo + offsets[first + 4];
        FloatVector s00 = FloatVector.fromArray(S, d, at);
        FloatVector s10 = FloatVector.fromArray(S, d, at + L);
        FloatVector s20 = FloatVector.fromArray(S, d, at + 2 * L);
        FloatVector s30 = FloatVector.fromArray(S, d, at + 3 * L);
        FloatVector s40 = FloatVector.fromArray(S, d, at + 4 * L);
        for (int r = 0, y = yo; r < rows; r++, y += columns * L) {
            for (int c = 0, b = y; c < columns; c++, b += L) {
                FloatVector y0 = FloatVector.fromArray(S, dy, b);
                FloatVector v0 = FloatVector.broadcast(S, x[x0 + c]);
                s00 = VectorMath.mulAdd(v0, y0, s00);
                FloatVector v1 = FloatVector.broadcast(S, x[x1 + c]);
                s10 = VectorMath.mulAdd(v1, y0, s10);
                FloatVector v2 = FloatVector.broadcast(S, x[x2 + c]);
                s20 = VectorMath.mulAdd(v2, y0, s20);
                FloatVector v3 = FloatVector.broadcast(S, x[x3 + c]);
                s30 = VectorMath.mulAdd(v3, y0, s30);
                FloatVector v4 = FloatVector.broadcast(S, x[x4 + c]);
                s40 = VectorMath.mulAdd(v4, y0, s40);
            }
            x0 += rowDistance;
            x1 += rowDistance;
            x2 += rowDistance;
            x3 += rowDistance;
            x4 += rowDistance;
        }
        VECTOR.cast(s00).intoArray(d, at);
        VECTOR.cast(s10).intoArray(d, at + L);
        VECTOR.cast(s20).intoArray(d, at + 2 * L);
        VECTOR.cast(s30).intoArray(d, at + 3 * L);
        VECTOR.cast(s40).intoArray(d, at + 4 * L);
    }

    /** Adds {@link #TAPS} taps' sums over rows of positions to those at {@code d}. */
    static void twoVectors(int rows, int columns, float[] x, int xo, int[] offsets, int first, int rowDistance,
            float[] dy, int yo, float[] d, int at) {
        int x0 = xo + offsets[first + 0];
        int x1 = xo + offsets[first + 1];
        int x2 = xo + offsets[first + 2];
        int x3 = xo + offsets[first + 3];
        int x4 = xo + offsets[first + 4];
        FloatVector s00 = FloatVector.fromArray(S, d, at);
        FloatVector s01 = FloatVector.fromArray(S, d, at + L);
        FloatVector s10 = FloatVector.fromArray(S, d, at + 2 * L);
        FloatVector s11 = FloatVector.fromArray(S, d, at + 3 * L);
        FloatVector s20 = FloatVector.fromArray(S, d, at + 4 * L);
        FloatVector s21 = FloatVector.fromArray(S, d, at + 5 * L);
        FloatVector s30 = FloatVector.fromArray(S, d, at + 6 * L);
        FloatVector s31 = FloatVector.fromArray(S, d, at + 7 * L);
        FloatVector s40 = FloatVector.fromArray(S, d, at + 8 * L);
        FloatVector s41 = FloatVector.fromArray(S, d, at + 9 * L);
        for (int r = 0, y = yo; r < rows; r++, y += columns * 2 * L) {
            for (int c = 0, b = y; c < columns; c++, b += 2 * L) {
                FloatVector y0 = FloatVector.fromArray(S, dy, b);
                FloatVector y1 = FloatVector.fromArray(S, dy, b + L);
                FloatVector v0 = FloatVector.broadcast(S, x[x0 + c]);
                s00 = VectorMath.mulAdd(v0, y0, s00);
                s01 = VectorMath.mulAdd(v0, y1, s01);
                FloatVector v1 = FloatVector.broadcast(S, x[x1 + c]);
                s10 = VectorMath.mulAdd(v1, y0, s10);
                s11 = VectorMath.mulAdd(v1, y1, s11);
                FloatVector v2 = FloatVector.broadcast(S, x[x2 + c]);
                s20 = VectorMath.mulAdd(v2, y0, s20);
                s21 = VectorMath.mulAdd(v2, y1, s21);
                FloatVector v3 = FloatVector.broadcast(S, x[x3 + c]);
                s30 = VectorMath.mulAdd(v3, y0, s30);
                s31 = VectorMath.mulAdd(v3, y1, s31);
                FloatVector v4 = FloatVector.broadcast(S, x[x4 + c]);
                s40 = VectorMath.mulAdd(v4, y0, s40);
                s41 = VectorMath.mulAdd(v4, y1, s41);
            }
            x0 += rowDistance;
            x1 += rowDistance;
            x2 += rowDistance;
            x3 += rowDistance;
            x4 += rowDistance;
        }
        VECTOR.cast(s00).intoArray(d, at);
        VECTOR.cast(s01).intoArray(d, at + L);
        VECTOR.cast(s10).intoArray(d, at + 2 * L);
        VECTOR.cast(s11).intoArray(d, at + 3 * L);
        VECTOR.cast(s20).intoArray(d, at + 4 * L);
        VECTOR.cast(s21).intoArray(d, at + 5 * L);
        VECTOR.cast(s30).intoArray(d, at + 6 * L);
        VECTOR.cast(s31).intoArray(d, at + 7 * L);
        VECTOR.cast(s40).intoArray(d, at + 8 * L);
        VECTOR.cast(s41).intoArray(d, at + 9 * L);
    }
}
