package lanewise.kernels.convolution;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.gemm.Gemm;
import lanewise.kernels.gemm.Transpose;
import lanewise.kernels.internal.gemm.Finish;

/**
 * The textbook way: {@link Im2col} writes the matrix of windows of one image, and a matrix product for each group does the
 * rest. Needs kernel size times the memory of an image.
 */
final class Im2colConvolution {

    /** The greatest number of elements of the matrix. */
    static final int MAX_COLUMNS = 1 << 29;

    // Not the team's scratch memory, which the product uses.
    private float[] columns = new float[0];
    private int filters;
    private int rows;
    private int positions;

    /** Whether the matrix of one image fits an array. */
    static boolean supports(ConvolutionGeometry g) {
        return columns(g) <= MAX_COLUMNS;
    }

    /** Elements of the matrix of one image. */
    static double columns(ConvolutionGeometry g) {
        return (double) g.filterLength() / g.outC() * g.groups() * g.outD() * g.outH() * g.outW();
    }

    private void prepare(ConvolutionGeometry g) {
        filters = g.outC() / g.groups();
        rows = g.filterLength() / g.outC();
        positions = g.outD() * g.outH() * g.outW();
        if (columns.length < g.groups() * rows * positions) {
            columns = new float[g.groups() * rows * positions];
        }
    }

    void forward(Workers workers, ConvolutionGeometry g, float[] x, int xOffset, float[] filter, int filterOffset,
            float[] bias, int biasOffset, Activation activation, float[] y, int yOffset) {
        prepare(g);
        int image = g.n() == 0 ? 0 : g.imageLength() / g.n();
        for (int i = 0; i < g.n(); i++) {
            Im2col.run(workers, g, g.c(), x, xOffset + i * image, columns, 0, true);
            for (int group = 0; group < g.groups(); group++) {
                int o = group * filters;
                Gemm.sgemm(workers, Transpose.NO_TRANS, Transpose.NO_TRANS, filters, positions, rows, 1, filter,
                        filterOffset + o * rows, rows, columns, group * rows * positions, positions, 0, y,
                        yOffset + (i * g.outC() + o) * positions, positions);
            }
        }
        for (int plane = 0; plane < g.n() * g.outC(); plane++) {
            int at = yOffset + plane * positions;
            if (bias != null) {
                Finish.add(positions, bias[biasOffset + plane % g.outC()], y, at);
            }
            Finish.activate(activation, positions, y, at);
        }
    }

    void backwardData(Workers workers, ConvolutionGeometry g, float[] dy, int dyOffset, float[] filter,
            int filterOffset, float[] dx, int dxOffset, boolean accumulate) {
        prepare(g);
        int image = g.n() == 0 ? 0 : g.imageLength() / g.n();
        if (!accumulate) {
            Arrays.fill(dx, dxOffset, dxOffset + g.imageLength(), 0f);
        }
        for (int i = 0; i < g.n(); i++) {
            for (int group = 0; group < g.groups(); group++) {
                int o = group * filters;
                Gemm.sgemm(workers, Transpose.TRANS, Transpose.NO_TRANS, rows, positions, filters, 1, filter,
                        filterOffset + o * rows, rows, dy, dyOffset + (i * g.outC() + o) * positions, positions, 0,
                        columns, group * rows * positions, positions);
            }
            Im2col.run(workers, g, g.c(), dx, dxOffset + i * image, columns, 0, false);
        }
    }

    void backwardFilter(Workers workers, ConvolutionGeometry g, float[] x, int xOffset, float[] dy, int dyOffset,
            float[] dFilter, int dFilterOffset, boolean accumulate) {
        prepare(g);
        int image = g.n() == 0 ? 0 : g.imageLength() / g.n();
        if (!accumulate) {
            Arrays.fill(dFilter, dFilterOffset, dFilterOffset + g.filterLength(), 0f);
        }
        for (int i = 0; i < g.n(); i++) {
            Im2col.run(workers, g, g.c(), x, xOffset + i * image, columns, 0, true);
            for (int group = 0; group < g.groups(); group++) {
                int o = group * filters;
                Gemm.sgemm(workers, Transpose.NO_TRANS, Transpose.TRANS, filters, rows, positions, 1, dy,
                        dyOffset + (i * g.outC() + o) * positions, positions, columns, group * rows * positions,
                        positions, 1, dFilter, dFilterOffset + o * rows, rows);
            }
        }
    }
}
