package lanewise.kernels.recurrent;

import static lanewise.kernels.gemm.Transpose.NO_TRANS;
import static lanewise.kernels.gemm.Transpose.TRANS;

import lanewise.kernels.Workers;
import lanewise.kernels.elementwise.Elementwise;
import lanewise.kernels.gemm.Epilogue;
import lanewise.kernels.gemm.Gemm;
import lanewise.kernels.internal.gemm.GemmPacking;

/**
 * The gradients of inputs and weights, of those of the gates of all steps: a product each.
 *
 * <p>
 * That of weights is computed transposed, xᵀ · dGates: inputs and states, which are narrower than the gates, are then what is
 * transposed for the product, and in the end the weights.
 */
final class RecurrentGradients {

    private float[] product = new float[0];
    private float[] transposed = new float[0];

    /** dx (+)= dGates · wInput, for gates of the given width whose rows are ld apart. */
    static void input(Workers workers, int rows, int inputs, int width, int ld, float[] dGates, int dGatesOffset,
            float[] wInput, int wInputOffset, float[] dx, int dxOffset, boolean accumulate) {
        Gemm.sgemm(workers, NO_TRANS, NO_TRANS, rows, inputs, width, 1, dGates, dGatesOffset, ld, wInput, wInputOffset,
                inputs, accumulate ? 1 : 0, dx, dxOffset, inputs, Epilogue.NONE);
    }

    /** dw (+)= dGatesᵀ · x. */
    static void product(Workers workers, int rows, int width, int columns, float[] dGates, int dGatesOffset, int ld,
            float[] x, int xOffset, int ldx, float[] dw, int dwOffset, boolean accumulate) {
        RecurrentGradients gradients = of(workers);
        gradients.begin(width * columns);
        gradients.add(workers, rows, width, columns, dGates, dGatesOffset, ld, x, xOffset, ldx, false);
        gradients.give(workers, width, columns, dw, dwOffset, accumulate);
    }

    /** dw (+)= dGatesᵀ · h, where h is h0 before the first step and y of the step before, before the others. */
    static void state(Workers workers, int steps, int batch, int width, int hidden, float[] dGates, int dGatesOffset,
            int ld, float[] h0, int h0Offset, float[] y, int yOffset, float[] dw, int dwOffset, boolean accumulate) {
        RecurrentGradients gradients = of(workers);
        gradients.begin(width * hidden);
        gradients.add(workers, steps == 0 ? 0 : batch, width, hidden, dGates, dGatesOffset, ld, h0, h0Offset, hidden,
                false);
        if (steps > 1) {
            gradients.add(workers, (steps - 1) * batch, width, hidden, dGates, dGatesOffset + batch * ld, ld, y,
                    yOffset, hidden, true);
        }
        gradients.give(workers, width, hidden, dw, dwOffset, accumulate);
    }

    private static RecurrentGradients of(Workers workers) {
        return workers.reusable(RecurrentGradients.class, RecurrentGradients::new);
    }

    private void begin(int size) {
        if (product.length < size) {
            product = new float[size];
            transposed = new float[size];
        }
    }

    private void add(Workers workers, int rows, int width, int columns, float[] dGates, int dGatesOffset, int ld,
            float[] x, int xOffset, int ldx, boolean accumulate) {
        Gemm.sgemm(workers, TRANS, NO_TRANS, columns, width, rows, 1, x, xOffset, ldx, dGates, dGatesOffset, ld,
                accumulate ? 1 : 0, product, 0, width, Epilogue.NONE);
    }

    private void give(Workers workers, int width, int columns, float[] dw, int dwOffset, boolean accumulate) {
        float[] to = accumulate ? transposed : dw;
        int at = accumulate ? 0 : dwOffset;
        GemmPacking.transpose(columns, width, product, 0, width, to, at, columns);
        if (accumulate) {
            Elementwise.add(workers, width * columns, transposed, 0, dw, dwOffset, dw, dwOffset);
        }
    }
}
