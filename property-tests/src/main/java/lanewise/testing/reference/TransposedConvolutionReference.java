package lanewise.testing.reference;

import lanewise.kernels.convolution.ConvolutionGeometry;

/**
 * Transposed convolution: every element of x adds the filter, times itself, to y:
 *
 * <pre>
 * y[n, o, p · stride − padding + t · dilation] += x[n, c, p] · filter[c, o, t]
 * </pre>
 *
 * over the channels c of o's group, the positions p of x and the places t of the filter; what falls outside y is dropped. The
 * same elements meet as in the convolution from y to x, the adjoint, by whose geometry the shapes are given.
 */
public final class TransposedConvolutionReference {

    private TransposedConvolutionReference() {}

    /**
     * The elements of y, without bias.
     *
     * @param adjoint the shapes of the convolution from y to x
     * @param x [n, adjoint's outC, ...]
     * @param filter [adjoint's outC, adjoint's c / groups, ...]
     * @return the elements of y: [n, adjoint's c, ...]
     */
    public static SumsOfProducts forward(ConvolutionGeometry adjoint, double[] x, double[] filter) {
        SumsOfProducts y = new SumsOfProducts(adjoint.imageLength());
        ConvolutionReference.forEach(adjoint, (i, t, p) -> y.add(i, x[p], filter[t]));
        return y;
    }

    /**
     * Adds the bias of its channel to every element of y.
     *
     * @param adjoint the shapes of the convolution from y to x
     * @param y [n, adjoint's c, ...], changed
     * @param bias one for each of adjoint's c channels
     * @return y
     */
    public static SumsOfProducts addBias(ConvolutionGeometry adjoint, SumsOfProducts y, double[] bias) {
        int plane = plane(adjoint);
        for (int i = 0; i < adjoint.imageLength(); i++) {
            y.add(i, bias[i / plane % adjoint.c()], 1);
        }
        return y;
    }

    /**
     * The gradient with respect to x.
     *
     * @param adjoint the shapes of the convolution from y to x
     * @param dy [n, adjoint's c, ...]
     * @param filter [adjoint's outC, adjoint's c / groups, ...]
     * @return the elements of dx
     */
    public static SumsOfProducts backwardData(ConvolutionGeometry adjoint, double[] dy, double[] filter) {
        SumsOfProducts dx = new SumsOfProducts(adjoint.outputLength());
        ConvolutionReference.forEach(adjoint, (i, t, p) -> dx.add(p, dy[i], filter[t]));
        return dx;
    }

    /**
     * The gradient with respect to the filter.
     *
     * @param adjoint the shapes of the convolution from y to x
     * @param x [n, adjoint's outC, ...]
     * @param dy [n, adjoint's c, ...]
     * @return the elements of dFilter
     */
    public static SumsOfProducts backwardFilter(ConvolutionGeometry adjoint, double[] x, double[] dy) {
        SumsOfProducts dFilter = new SumsOfProducts(adjoint.filterLength());
        ConvolutionReference.forEach(adjoint, (i, t, p) -> dFilter.add(t, x[p], dy[i]));
        return dFilter;
    }

    /**
     * The gradient with respect to the bias: the sum over images and places of a channel.
     *
     * @param adjoint the shapes of the convolution from y to x
     * @param dy [n, adjoint's c, ...]
     * @return the elements of dBias
     */
    public static SumsOfProducts backwardBias(ConvolutionGeometry adjoint, double[] dy) {
        SumsOfProducts dBias = new SumsOfProducts(adjoint.c());
        int plane = plane(adjoint);
        for (int i = 0; i < adjoint.imageLength(); i++) {
            dBias.add(i / plane % adjoint.c(), dy[i], 1);
        }
        return dBias;
    }

    private static int plane(ConvolutionGeometry g) {
        return g.depth().input() * g.height().input() * g.width().input();
    }
}
