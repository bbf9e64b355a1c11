package lanewise.testing.reference;

import lanewise.kernels.Window;
import lanewise.kernels.convolution.ConvolutionGeometry;

/**
 * A convolution is one sum over all triples of an element of x, of the filter and of y that belong together:
 *
 * <pre>
 * y[n, o, i] = Σ x[n, c, i · stride − pad + k · dilation] · filter[o, c, k]
 * </pre>
 *
 * over the channels c of o's group and the places k of the filter, as long as they lie within x. Each of the three
 * directions sums the products of two of a triple at the place of the third.
 */
public final class ConvolutionReference {

    /** What is done with three elements that belong together. */
    @FunctionalInterface
    public interface Triple {

        /**
         * Takes a triple.
         *
         * @param x index of the element of x
         * @param filter index of the element of the filter
         * @param y index of the element of y
         */
        void take(int x, int filter, int y);
    }

    private ConvolutionReference() {}

    /**
     * All triples, those of an element of y in the order of the filter.
     *
     * @param g the shapes
     * @param triple is given each of them
     */
    public static void forEach(ConvolutionGeometry g, Triple triple) {
        int inputs = g.c() / g.groups();
        int outputs = g.outC() / g.groups();
        for (int n = 0; n < g.n(); n++) {
            for (int o = 0; o < g.outC(); o++) {
                for (int c = 0; c < inputs; c++) {
                    int image = n * g.c() + o / outputs * inputs + c;
                    plane(g, image, o * inputs + c, n * g.outC() + o, triple);
                }
            }
        }
    }

    private static void plane(ConvolutionGeometry g, int image, int filter, int result, Triple triple) {
        Window d = g.depth();
        Window h = g.height();
        Window w = g.width();
        for (int od = 0; od < d.output(); od++) {
            for (int oh = 0; oh < h.output(); oh++) {
                for (int ow = 0; ow < w.output(); ow++) {
                    for (int kd = 0; kd < d.kernel(); kd++) {
                        for (int kh = 0; kh < h.kernel(); kh++) {
                            for (int kw = 0; kw < w.kernel(); kw++) {
                                int id = place(d, od, kd);
                                int ih = place(h, oh, kh);
                                int iw = place(w, ow, kw);
                                if (id >= 0 && ih >= 0 && iw >= 0) {
                                    triple.take(((image * d.input() + id) * h.input() + ih) * w.input() + iw,
                                            ((filter * d.kernel() + kd) * h.kernel() + kh) * w.kernel() + kw,
                                            ((result * d.output() + od) * h.output() + oh) * w.output() + ow);
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /**
     * The element of the input that a place of a window covers.
     *
     * @param window the window
     * @param position which position of the window
     * @param k which place in it
     * @return the element's index, or −1 for padding
     */
    public static int place(Window window, int position, int k) {
        int i = position * window.stride() - window.padBegin() + k * window.dilation();
        return i < window.input() ? Math.max(i, -1) : -1;
    }

    /**
     * y = x ∗ filter.
     *
     * @param g the shapes
     * @param x [n, c, ...]
     * @param filter [outC, c / groups, ...]
     * @return the elements of y
     */
    public static SumsOfProducts forward(ConvolutionGeometry g, double[] x, double[] filter) {
        SumsOfProducts y = new SumsOfProducts(g.outputLength());
        forEach(g, (i, k, o) -> y.add(o, x[i], filter[k]));
        return y;
    }

    /**
     * Adds the bias of its channel to every element of y.
     *
     * @param g the shapes
     * @param y [n, outC, ...], changed
     * @param bias outC elements
     * @return y
     */
    public static SumsOfProducts addBias(ConvolutionGeometry g, SumsOfProducts y, double[] bias) {
        int plane = g.outD() * g.outH() * g.outW();
        for (int i = 0; i < g.outputLength(); i++) {
            y.add(i, bias[i / plane % g.outC()], 1);
        }
        return y;
    }

    /**
     * The gradient with respect to x.
     *
     * @param g the shapes
     * @param dy [n, outC, ...]
     * @param filter [outC, c / groups, ...]
     * @return the elements of dx
     */
    public static SumsOfProducts backwardData(ConvolutionGeometry g, double[] dy, double[] filter) {
        SumsOfProducts dx = new SumsOfProducts(g.imageLength());
        forEach(g, (i, k, o) -> dx.add(i, dy[o], filter[k]));
        return dx;
    }

    /**
     * The gradient with respect to the filter.
     *
     * @param g the shapes
     * @param x [n, c, ...]
     * @param dy [n, outC, ...]
     * @return the elements of dFilter
     */
    public static SumsOfProducts backwardFilter(ConvolutionGeometry g, double[] x, double[] dy) {
        SumsOfProducts dFilter = new SumsOfProducts(g.filterLength());
        forEach(g, (i, k, o) -> dFilter.add(k, x[i], dy[o]));
        return dFilter;
    }

    /**
     * The gradient with respect to the bias: the sum over images and places of a channel.
     *
     * @param g the shapes
     * @param dy [n, outC, ...]
     * @return the elements of dBias
     */
    public static SumsOfProducts backwardBias(ConvolutionGeometry g, double[] dy) {
        SumsOfProducts dBias = new SumsOfProducts(g.outC());
        int plane = g.outD() * g.outH() * g.outW();
        for (int i = 0; i < g.outputLength(); i++) {
            dBias.add(i / plane % g.outC(), dy[i], 1);
        }
        return dBias;
    }
}
