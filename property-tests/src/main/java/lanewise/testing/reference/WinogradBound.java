package lanewise.testing.reference;

import lanewise.kernels.Window;
import lanewise.kernels.convolution.ConvolutionGeometry;
import lanewise.testing.Bounds;

/**
 * The error bound of a convolution by Winograd's minimal filtering F(4 x 4, 3 x 3) with the points 0, ±5/8, ±3/2 and
 * infinity:
 *
 * <pre>
 * γ(c + 30) · (565 · Σ max|filter| · max|pixels| + |what is added|)
 * </pre>
 *
 * The sum is over the c channels that go into a result; the maxima are over the nine weights from that channel, and over the
 * 6 x 6 pixels that the result's tile is made of. A pixel goes through 8 roundings in its transformation, a weight through 10,
 * a product through c + 1 in the sum, and that through 8 in the last transformation; the transformations together amplify by at
 * most 565.
 */
public final class WinogradBound {

    private static final double AMPLIFICATION = 565;
    private static final int ROUNDINGS = 30;
    private static final int RESULTS = 4;
    private static final int PIXELS = 6;
    private static final int WEIGHTS = 9;

    private WinogradBound() {}

    /**
     * Of the elements of y.
     *
     * @param g the shapes: two dimensions, 3 x 3, stride and dilation 1, one group
     * @param x [n, c, h, w]
     * @param filter [outC, c, 3, 3]
     * @param added bias of each element of y, or null
     * @return the absolute errors that are permitted before the activation
     */
    public static double[] forward(ConvolutionGeometry g, double[] x, double[] filter, double[] added) {
        double[] largest = new double[g.outC() * g.c()];
        for (int i = 0; i < filter.length; i++) {
            largest[i / WEIGHTS] = Math.max(largest[i / WEIGHTS], Math.abs(filter[i]));
        }
        return bounds(g.n(), g.height(), g.width(), g.c(), g.outC(), x, largest, added);
    }

    /**
     * Of the elements of dx: a convolution of dy with padding 2 − padding, from outC channels to c.
     *
     * @param g the shapes: two dimensions, 3 x 3, stride and dilation 1, one group
     * @param dy [n, outC, outH, outW]
     * @param filter [outC, c, 3, 3]
     * @param added the old elements of dx, or null
     * @return the absolute errors that are permitted
     */
    public static double[] backwardData(ConvolutionGeometry g, double[] dy, double[] filter, double[] added) {
        double[] largest = new double[g.c() * g.outC()];
        for (int i = 0; i < filter.length; i++) {
            int pair = i / WEIGHTS;
            int to = pair % g.c() * g.outC() + pair / g.c();
            largest[to] = Math.max(largest[to], Math.abs(filter[i]));
        }
        return bounds(g.n(), adjoint(g.height()), adjoint(g.width()), g.outC(), g.c(), dy, largest, added);
    }

    private static Window adjoint(Window window) {
        return Window.of(window.output(), window.kernel())
                .withPadding(window.kernel() - 1 - window.padBegin(), window.kernel() - 1 - window.padEnd());
    }

    private static double[] bounds(int n, Window h, Window w, int from, int to, double[] image, double[] largest,
            double... added) {
        int results = h.output() * w.output();
        double[] bounds = new double[n * to * results];
        for (int i = 0; i < bounds.length; i++) {
            int first = i / results / to * from;
            int top = i % results / w.output() / RESULTS * RESULTS - h.padBegin();
            int left = i % w.output() / RESULTS * RESULTS - w.padBegin();
            double sum = 0;
            for (int channel = 0; channel < from; channel++) {
                sum += largest[i / results % to * from + channel]
                        * largestPixel(image, first + channel, h.input(), w.input(), top, left);
            }
            bounds[i] = Bounds.gamma(from + ROUNDINGS)
                    * (AMPLIFICATION * sum + (added == null ? 0 : Math.abs(added[i])));
        }
        return bounds;
    }

    private static double largestPixel(double[] image, int plane, int h, int w, int top, int left) {
        double largest = 0;
        for (int row = Math.max(0, top); row < Math.min(h, top + PIXELS); row++) {
            for (int column = Math.max(0, left); column < Math.min(w, left + PIXELS); column++) {
                largest = Math.max(largest, Math.abs(image[(plane * h + row) * w + column]));
            }
        }
        return largest;
    }
}
