package lanewise.kernels.pooling;

import lanewise.kernels.internal.Checks;

/**
 * The shapes of an adaptive pooling in one, two or three spatial dimensions: x is [n, c, d, h, w] and y [n, c, outD, outH,
 * outW], without the dimensions that are not there. In each dimension window o covers the elements from ⌊o · in / out⌋ to
 * before ⌈(o + 1) · in / out⌉: sizes differ by one at most, and neighbours may share an element. Immutable.
 */
public final class AdaptivePoolingGeometry {

    private static final String NAME = "AdaptivePoolingGeometry";

    private final int n;
    private final int c;
    private final int d;
    private final int h;
    private final int w;
    private final int outD;
    private final int outH;
    private final int outW;
    private final PoolingGeometry uniform;

    private AdaptivePoolingGeometry(int n, int c, int d, int h, int w, int outD, int outH, int outW) {
        Checks.size(NAME, "n", n);
        Checks.size(NAME, "c", c);
        this.n = n;
        this.c = c;
        this.d = require("d", d);
        this.h = require("h", h);
        this.w = require("w", w);
        this.outD = require("outD", outD);
        this.outH = require("outH", outH);
        this.outW = require("outW", outW);
        uniform = d % outD == 0 && h % outH == 0 && w % outW == 0
                ? PoolingGeometry.of3d(n, c, d, h, w, d / outD, h / outH, w / outW)
                : null;
    }

    /**
     * An adaptive pooling over signals: x is [n, c, w].
     *
     * @param n images
     * @param c channels of an image
     * @param w width of an image
     * @param outW width of the result
     * @return the geometry
     * @throws IllegalArgumentException if n or c is negative or another size less than 1
     */
    public static AdaptivePoolingGeometry of1d(int n, int c, int w, int outW) {
        return new AdaptivePoolingGeometry(n, c, 1, 1, w, 1, 1, outW);
    }

    /**
     * An adaptive pooling over images: x is [n, c, h, w].
     *
     * @param n images
     * @param c channels of an image
     * @param h height of an image
     * @param w its width
     * @param outH height of the result
     * @param outW its width
     * @return the geometry
     * @throws IllegalArgumentException if n or c is negative or another size less than 1
     */
    public static AdaptivePoolingGeometry of2d(int n, int c, int h, int w, int outH, int outW) {
        return new AdaptivePoolingGeometry(n, c, 1, h, w, 1, outH, outW);
    }

    /**
     * An adaptive pooling over volumes: x is [n, c, d, h, w].
     *
     * @param n images
     * @param c channels of an image
     * @param d depth of an image
     * @param h its height
     * @param w its width
     * @param outD depth of the result
     * @param outH its height
     * @param outW its width
     * @return the geometry
     * @throws IllegalArgumentException if n or c is negative or another size less than 1
     */
    public static AdaptivePoolingGeometry of3d(int n, int c, int d, int h, int w, int outD, int outH, int outW) {
        return new AdaptivePoolingGeometry(n, c, d, h, w, outD, outH, outW);
    }

    /**
     * The number of elements of x.
     *
     * @return the number
     * @throws IllegalArgumentException if there are more than an array can hold
     */
    public int imageLength() {
        return length("x", (double) n * c * d * h * w);
    }

    /**
     * The number of elements of y.
     *
     * @return the number
     * @throws IllegalArgumentException if there are more than an array can hold
     */
    public int outputLength() {
        return length("y", (double) n * c * outD * outH * outW);
    }

    int planes() {
        return n * c;
    }

    int d() {
        return d;
    }

    int h() {
        return h;
    }

    int w() {
        return w;
    }

    int outD() {
        return outD;
    }

    int outH() {
        return outH;
    }

    int outW() {
        return outW;
    }

    int planeLength() {
        return d * h * w;
    }

    int outputPlaneLength() {
        return outD * outH * outW;
    }

    /** The same as a pooling with one size of window, which is faster; null if the sizes differ. */
    PoolingGeometry uniform() {
        return uniform;
    }

    /** The first element of a window. */
    static int start(int output, int in, int out) {
        return (int) ((long) output * in / out);
    }

    /** The element after the last of a window. */
    static int end(int output, int in, int out) {
        return (int) Math.ceilDiv((output + 1L) * in, (long) out);
    }

    /** The first window that covers an element. */
    static int firstOutput(int element, int in, int out) {
        return (int) ((long) element * out / in);
    }

    /** The window after the last that covers an element. */
    static int endOutput(int element, int in, int out) {
        return (int) Math.ceilDiv((element + 1L) * out, (long) in);
    }

    private static int require(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(NAME + ": " + name + " = " + value + ", need " + name + " >= 1");
        }
        return value;
    }

    private static int length(String name, double elements) {
        if (elements > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(String.format("%s: %s would have %.0f elements, need at most %d", NAME,
                    name, elements, Integer.MAX_VALUE));
        }
        return (int) elements;
    }
}
