package lanewise.kernels.convolution;

import java.util.Arrays;
import lanewise.kernels.Window;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;

/**
 * Unfolds images to the matrices whose product with the filters is the convolution, and adds such matrices back. All
 * channels are unfolded; the groups of the geometry do not matter, nor does its number of output channels.
 */
public final class Im2col {

    private Im2col() {}

    /**
     * columns[i][(c, kernel element)][(position)] ← the element of channel c of x[i] that this element of the filter meets
     * at this position, 0 in the padding.
     *
     * @shape x: [n, c, d, h, w]; columns: [n, c·kernelD·kernelH·kernelW, outD·outH·outW]
     * @writes overwrites columns
     * @aliasing columns must not overlap x (not detected)
     * @workspace none
     * @error exact
     * @special every value is copied as it is; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source K. Chellapilla, S. Puri, P. Simard, "High performance convolutional neural networks for document
     *         processing", 2006; PyTorch torch.nn.Unfold
     *
     * @param workers the team that computes
     * @param geometry the shapes
     * @param x the images
     * @param xOffset index of the first element
     * @param columns the matrices
     * @param columnsOffset index of the first element
     * @throws IllegalArgumentException if the filter is longer than the padded x
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void im2col(Workers workers, ConvolutionGeometry geometry, float[] x, int xOffset, float[] columns,
            int columnsOffset) {
        String op = "im2col";
        check(op, workers, geometry);
        Checks.vector(op, "x", x, xOffset, geometry.imageLength());
        Checks.vector(op, "columns", columns, columnsOffset, columnsLength(geometry));
        run(workers, geometry, geometry.n() * geometry.c(), x, xOffset, columns, columnsOffset, true);
    }

    /**
     * x[i][c] ← the sum over the elements of columns[i] that {@link #im2col} would have copied from there, or x plus that:
     * the adjoint of im2col.
     *
     * @shape columns: [n, c·kernelD·kernelH·kernelW, outD·outH·outW]; x: [n, c, d, h, w]
     * @writes overwrites x, or accumulates into it
     * @aliasing x must not overlap columns (not detected)
     * @workspace none
     * @error per element at most γ(k) · Σ|columns| (plus |x| when accumulating), k terms; proved
     * @special NaN and infinities propagate as in the sum; what lies in the padding is not read; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state: terms are added in the order of the filter's
     *                elements
     * @source ONNX Col2Im-18; PyTorch torch.nn.Fold
     *
     * @param workers the team that computes
     * @param geometry the shapes
     * @param columns the matrices
     * @param columnsOffset index of the first element
     * @param x the images
     * @param xOffset index of the first element
     * @param accumulate whether to add to x
     * @throws IllegalArgumentException if the filter is longer than the padded x
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void col2im(Workers workers, ConvolutionGeometry geometry, float[] columns, int columnsOffset,
            float[] x, int xOffset, boolean accumulate) {
        String op = "col2im";
        check(op, workers, geometry);
        Checks.vector(op, "columns", columns, columnsOffset, columnsLength(geometry));
        Checks.vector(op, "x", x, xOffset, geometry.imageLength());
        if (!accumulate) {
            Arrays.fill(x, xOffset, xOffset + geometry.imageLength(), 0f);
        }
        run(workers, geometry, geometry.n() * geometry.c(), x, xOffset, columns, columnsOffset, false);
    }

    /** Unfolds ({@code unfolds}) or adds back some channels, whichever images they belong to. */
    static void run(Workers workers, ConvolutionGeometry g, int channels, float[] x, int xOffset, float[] columns,
            int columnsOffset, boolean unfolds) {
        workers.reusable(Channels.class, Channels::new).run(workers, g, channels, x, xOffset, columns, columnsOffset,
                unfolds);
    }

    private static void check(String op, Workers workers, ConvolutionGeometry geometry) {
        if (workers == null) {
            throw new NullPointerException(op + ": workers is null");
        }
        if (geometry == null) {
            throw new NullPointerException(op + ": geometry is null");
        }
    }

    private static long columnsLength(ConvolutionGeometry g) {
        double columns = (double) g.depth().kernel() * g.height().kernel() * g.width().kernel();
        double positions = (double) g.outD() * g.outH() * g.outW();
        return (long) Math.min(0x1p62, columns * positions * g.n() * g.c());
    }

    /** One channel of one image is one task. */
    private static final class Channels implements Workers.Job {

        private Window depth;
        private Window height;
        private Window width;
        private int outD;
        private int outH;
        private int outW;
        private float[] x;
        private int xOffset;
        private float[] columns;
        private int columnsOffset;
        private boolean unfolds;

        void run(Workers workers, ConvolutionGeometry g, int channels, float[] x, int xOffset, float[] columns,
                int columnsOffset, boolean unfolds) {
            depth = g.depth();
            height = g.height();
            width = g.width();
            outD = g.outD();
            outH = g.outH();
            outW = g.outW();
            this.x = x;
            this.xOffset = xOffset;
            this.columns = columns;
            this.columnsOffset = columnsOffset;
            this.unfolds = unfolds;
            try {
                workers.run(this, channels);
            } finally {
                this.x = null;
                this.columns = null;
            }
        }

        @Override
        public void run(int task, int worker) {
            int plane = xOffset + task * depth.input() * height.input() * width.input();
            int rows = outD * outH;
            int at = columnsOffset + task * depth.kernel() * height.kernel() * width.kernel() * rows * outW;
            for (int kd = 0; kd < depth.kernel(); kd++) {
                for (int kh = 0; kh < height.kernel(); kh++) {
                    for (int kw = 0; kw < width.kernel(); kw++, at += rows * outW) {
                        element(plane, kd, kh, kw, at);
                    }
                }
            }
        }

        /** One row of the matrix: what one element of the filter meets. */
        private void element(int plane, int kd, int kh, int kw, int at) {
            int shift = kw * width.dilation() - width.padBegin();
            int first = StridedRow.first(outW, shift, width.stride());
            int end = StridedRow.end(outW, shift, width.stride(), width.input(), first);
            for (int od = 0; od < outD; od++) {
                int d = od * depth.stride() - depth.padBegin() + kd * depth.dilation();
                for (int oh = 0; oh < outH; oh++, at += outW) {
                    int h = oh * height.stride() - height.padBegin() + kh * height.dilation();
                    boolean inside = d >= 0 && d < depth.input() && h >= 0 && h < height.input();
                    int row = plane + (d * height.input() + h) * width.input();
                    if (inside && unfolds) {
                        StridedRow.gather(outW, first, end, width.stride(), x, row + shift, columns, at);
                    } else if (inside) {
                        StridedRow.add(first, end, width.stride(), columns, at, x, row + shift);
                    } else if (unfolds) {
                        Arrays.fill(columns, at, at + outW, 0f);
                    }
                }
            }
        }
    }
}
