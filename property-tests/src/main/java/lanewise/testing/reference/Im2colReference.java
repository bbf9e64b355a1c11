package lanewise.testing.reference;

import lanewise.kernels.Window;
import lanewise.kernels.convolution.ConvolutionGeometry;

/**
 * The matrix of windows, for each image one row for each channel and place of the filter and one column for each position:
 * columns[n, c · kernel + k, o] = x[n, c, o · stride − pad + k · dilation], 0 in the padding.
 */
public final class Im2colReference {

    private Im2colReference() {}

    /**
     * Where each element of the columns comes from.
     *
     * @param g the shapes; groups do not matter
     * @return for each element of the columns the index in x, −1 for padding
     */
    public static int[] sources(ConvolutionGeometry g) {
        Window d = g.depth();
        Window h = g.height();
        Window w = g.width();
        int kernel = d.kernel() * h.kernel() * w.kernel();
        int positions = d.output() * h.output() * w.output();
        int[] sources = new int[g.n() * g.c() * kernel * positions];
        for (int i = 0; i < sources.length; i++) {
            int position = i % positions;
            int k = i / positions % kernel;
            int image = i / positions / kernel;
            int id = ConvolutionReference.place(d, position / (w.output() * h.output()), k / (w.kernel() * h.kernel()));
            int ih = ConvolutionReference.place(h, position / w.output() % h.output(), k / w.kernel() % h.kernel());
            int iw = ConvolutionReference.place(w, position % w.output(), k % w.kernel());
            sources[i] = id < 0 || ih < 0 || iw < 0 ? -1 : ((image * d.input() + id) * h.input() + ih) * w.input() + iw;
        }
        return sources;
    }

    /**
     * The columns, exact.
     *
     * @param g the shapes; groups do not matter
     * @param x [n, c, ...]
     * @return [n, c · kernel, positions]
     */
    public static float[] im2col(ConvolutionGeometry g, float[] x) {
        int[] sources = sources(g);
        float[] columns = new float[sources.length];
        for (int i = 0; i < sources.length; i++) {
            columns[i] = sources[i] < 0 ? 0 : x[sources[i]];
        }
        return columns;
    }

    /**
     * Every element of the columns added to where it came from.
     *
     * @param g the shapes; groups do not matter
     * @param columns [n, c · kernel, positions]
     * @return the elements of x
     */
    public static SumsOfProducts col2im(ConvolutionGeometry g, double[] columns) {
        int[] sources = sources(g);
        SumsOfProducts x = new SumsOfProducts(g.imageLength());
        for (int i = 0; i < sources.length; i++) {
            if (sources[i] >= 0) {
                x.add(sources[i], columns[i], 1);
            }
        }
        return x;
    }
}
