package lanewise.kernels.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.VectorMath;

/**
 * Micro-kernels of the depthwise convolution with 3x3 filters, stride 1 and a padding of 1: a vector of columns goes down a
 * plane, where it is. Every row of x is loaded once, shifted by one column to the left and to the right, and takes part in
 * three rows of y, two of which wait in registers for their next row. So nine multiply-adds need three loads.
 */
final class DepthwiseTile {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;
    private static final Class<FloatVector> VECTOR = Lanes.VECTOR;
    private static final int L = Lanes.LANES;
    private static final VectorShuffle<Float> FROM_LEFT = VectorShuffle.iota(S, -1, 1, true);
    private static final VectorShuffle<Float> FROM_RIGHT = VectorShuffle.iota(S, 1, 1, true);
    private static final VectorMask<Float> FIRST = VectorMask.fromLong(S, 1);
    private static final VectorMask<Float> LAST = VectorMask.fromLong(S, 1L << (L - 1));

    private DepthwiseTile() {}

    /** A vector of columns of one plane: {@code kind} is -1 at its left edge, 1 at its right edge, else 0. */
    static void columns(int kind, int rows, float[] x, int xo, int rowX, float[] w, int wo, float bias, float[] y,
            int yo,
            int rowY) {
        if (kind < 0) {
            left(rows, x, xo, rowX, w, wo, bias, y, yo, rowY);
        } else if (kind == 0) {
            middle(rows, x, xo, rowX, w, wo, bias, y, yo, rowY);
        } else {
            right(rows, x, xo, rowX, w, wo, bias, y, yo, rowY);
        }
    }

    /** For columns with neighbours on both sides. */
    private static void middle(int rows, float[] x, int xo, int rowX, float[] w, int wo, float bias, float[] y, int yo,
            int rowY) {
        FloatVector w0 = FloatVector.broadcast(S, w[wo]);
        FloatVector w1 = FloatVector.broadcast(S, w[wo + 1]);
        FloatVector w2 = FloatVector.broadcast(S, w[wo + 2]);
        FloatVector w3 = FloatVector.broadcast(S, w[wo + 3]);
        FloatVector w4 = FloatVector.broadcast(S, w[wo + 4]);
        FloatVector w5 = FloatVector.broadcast(S, w[wo + 5]);
        FloatVector w6 = FloatVector.broadcast(S, w[wo + 6]);
        FloatVector w7 = FloatVector.broadcast(S, w[wo + 7]);
        FloatVector w8 = FloatVector.broadcast(S, w[wo + 8]);
        int q = xo;
        FloatVector next;
        FloatVector current;
        {
            FloatVector x1 = FloatVector.fromArray(S, x, q);
            FloatVector x0 = FloatVector.fromArray(S, x, q - 1);
            FloatVector x2 = FloatVector.fromArray(S, x, q + 1);
            current = VectorMath.mulAdd(w3, x0, FloatVector.zero(S));
            current = VectorMath.mulAdd(w4, x1, current);
            current = VectorMath.mulAdd(w5, x2, current);
            next = VectorMath.mulAdd(w0, x0, FloatVector.zero(S));
            next = VectorMath.mulAdd(w1, x1, next);
            next = VectorMath.mulAdd(w2, x2, next);
        }
        int to = yo;
        for (int r = 1; r < rows; r++, to += rowY) {
            q += rowX;
            FloatVector x1 = FloatVector.fromArray(S, x, q);
            FloatVector x0 = FloatVector.fromArray(S, x, q - 1);
            FloatVector x2 = FloatVector.fromArray(S, x, q + 1);
            current = VectorMath.mulAdd(w6, x0, current);
            current = VectorMath.mulAdd(w7, x1, current);
            current = VectorMath.mulAdd(w8, x2, current);
            current.add(bias).intoArray(y, to);
            current = VectorMath.mulAdd(w3, x0, next);
            current = VectorMath.mulAdd(w4, x1, current);
            current = VectorMath.mulAdd(w5, x2, current);
            next = VectorMath.mulAdd(w0, x0, FloatVector.zero(S));
            next = VectorMath.mulAdd(w1, x1, next);
            next = VectorMath.mulAdd(w2, x2, next);
        }
        VECTOR.cast(current).add(bias).intoArray(y, to);
    }

    /** For the first columns of a row, with a zero before them. */
    private static void left(int rows, float[] x, int xo, int rowX, float[] w, int wo, float bias, float[] y, int yo,
            int rowY) {
        FloatVector w0 = FloatVector.broadcast(S, w[wo]);
        FloatVector w1 = FloatVector.broadcast(S, w[wo + 1]);
        FloatVector w2 = FloatVector.broadcast(S, w[wo + 2]);
        FloatVector w3 = FloatVector.broadcast(S, w[wo + 3]);
        FloatVector w4 = FloatVector.broadcast(S, w[wo + 4]);
        FloatVector w5 = FloatVector.broadcast(S, w[wo + 5]);
        FloatVector w6 = FloatVector.broadcast(S, w[wo + 6]);
        FloatVector w7 = FloatVector.broadcast(S, w[wo + 7]);
        FloatVector w8 = FloatVector.broadcast(S, w[wo + 8]);
        int q = xo;
        FloatVector next;
        FloatVector current;
        {
            FloatVector x1 = FloatVector.fromArray(S, x, q);
            FloatVector x0 = x1.rearrange(FROM_LEFT).blend(0f, FIRST);
            FloatVector x2 = FloatVector.fromArray(S, x, q + 1);
            current = VectorMath.mulAdd(w3, x0, FloatVector.zero(S));
            current = VectorMath.mulAdd(w4, x1, current);
            current = VectorMath.mulAdd(w5, x2, current);
            next = VectorMath.mulAdd(w0, x0, FloatVector.zero(S));
            next = VectorMath.mulAdd(w1, x1, next);
            next = VectorMath.mulAdd(w2, x2, next);
        }
        int to = yo;
        for (int r = 1; r < rows; r++, to += rowY) {
            q += rowX;
            FloatVector x1 = FloatVector.fromArray(S, x, q);
            FloatVector x0 = x1.rearrange(FROM_LEFT).blend(0f, FIRST);
            FloatVector x2 = FloatVector.fromArray(S, x, q + 1);
            current = VectorMath.mulAdd(w6, x0, current);
            current = VectorMath.mulAdd(w7, x1, current);
            current = VectorMath.mulAdd(w8, x2, current);
            current.add(bias).intoArray(y, to);
            current = VectorMath.mulAdd(w3, x0, next);
            current = VectorMath.mulAdd(w4, x1, current);
            current = VectorMath.mulAdd(w5, x2, current);
            next = VectorMath.mulAdd(w0, x0, FloatVector.zero(S));
            next = VectorMath.mulAdd(w1, x1, next);
            next = VectorMath.mulAdd(w2, x2, next);
        }
        VECTOR.cast(current).add(bias).intoArray(y, to);
    }

    /** For the last columns of a row, with a zero after them. */
    private static void right(int rows, float[] x, int xo, int rowX, float[] w, int wo, float bias, float[] y, int yo,
            int rowY) {
        FloatVector w0 = FloatVector.broadcast(S, w[wo]);
        FloatVector w1 = FloatVector.broadcast(S, w[wo + 1]);
        FloatVector w2 = FloatVector.broadcast(S, w[wo + 2]);
        FloatVector w3 = FloatVector.broadcast(S, w[wo + 3]);
        FloatVector w4 = FloatVector.broadcast(S, w[wo + 4]);
        FloatVector w5 = FloatVector.broadcast(S, w[wo + 5]);
        FloatVector w6 = FloatVector.broadcast(S, w[wo + 6]);
        FloatVector w7 = FloatVector.broadcast(S, w[wo + 7]);
        FloatVector w8 = FloatVector.broadcast(S, w[wo + 8]);
        int q = xo;
        FloatVector next;
        FloatVector current;
        {
            FloatVector x1 = FloatVector.fromArray(S, x, q);
            FloatVector x0 = FloatVector.fromArray(S, x, q - 1);
            FloatVector x2 = x1.rearrange(FROM_RIGHT).blend(0f, LAST);
            current = VectorMath.mulAdd(w3, x0, FloatVector.zero(S));
            current = VectorMath.mulAdd(w4, x1, current);
            current = VectorMath.mulAdd(w5, x2, current);
            next = VectorMath.mulAdd(w0, x0, FloatVector.zero(S));
            next = VectorMath.mulAdd(w1, x1, next);
            next = VectorMath.mulAdd(w2, x2, next);
        }
        int to = yo;
        for (int r = 1; r < rows; r++, to += rowY) {
            q += rowX;
            FloatVector x1 = FloatVector.fromArray(S, x, q);
            FloatVector x0 = FloatVector.fromArray(S, x, q - 1);
            FloatVector x2 = x1.rearrange(FROM_RIGHT).blend(0f, LAST);
            current = VectorMath.mulAdd(w6, x0, current);
            current = VectorMath.mulAdd(w7, x1, current);
            current = VectorMath.mulAdd(w8, x2, current);
            current.add(bias).intoArray(y, to);
            current = VectorMath.mulAdd(w3, x0, next);
            current = VectorMath.mulAdd(w4, x1, current);
            current = VectorMath.mulAdd(w5, x2, current);
            next = VectorMath.mulAdd(w0, x0, FloatVector.zero(S));
            next = VectorMath.mulAdd(w1, x1, next);
            next = VectorMath.mulAdd(w2, x2, next);
        }
        VECTOR.cast(current).add(bias).intoArray(y, to);
    }
}
