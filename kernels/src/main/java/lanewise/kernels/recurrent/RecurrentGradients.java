package lanewise.kernels.recurrent;

import static lanewise.kernels.gemm.Transpose.NO_TRANS;
import static lanewise.kernels.gemm.Transpose.TRANS;

import lanewise.kernels.Workers;
import lanewise.kernels.gemm.Epilogue;
import lanewise.kernels.gemm.Gemm;

/** The gradients of inputs and weights, of those of the gates of all steps: a product each. */
final class RecurrentGradients {

    private RecurrentGradients() {}

    /** dx (+)= dGates · wInput, for gates of the given width whose rows are ld apart. */
    static void input(Workers workers, int rows, int inputs, int width, int ld, float[] dGates, int dGatesOffset,
            float[] wInput, int wInputOffset, float[] dx, int dxOffset, boolean accumulate) {
        Gemm.sgemm(workers, NO_TRANS, NO_TRANS, rows, inputs, width, 1, dGates, dGatesOffset, ld, wInput, wInputOffset,
                inputs, accumulate ? 1 : 0, dx, dxOffset, inputs, Epilogue.NONE);
    }

    /** dw (+)= dGatesᵀ · x. */
    static void product(Workers workers, int rows, int width, int columns, float[] dGates, int dGatesOffset, int ld,
            float[] x, int xOffset, int ldx, float[] dw, int dwOffset, boolean accumulate) {
        Gemm.sgemm(workers, TRANS, NO_TRANS, width, columns, rows, 1, dGates, dGatesOffset, ld, x, xOffset, ldx,
                accumulate ? 1 : 0, dw, dwOffset, columns, Epilogue.NONE);
    }

    /** dw (+)= dGatesᵀ · h, where h is h0 before the first step and y of the step before, before the others. */
    static void state(Workers workers, int steps, int batch, int width, int hidden, float[] dGates, int dGatesOffset,
            int ld, float[] h0, int h0Offset, float[] y, int yOffset, float[] dw, int dwOffset, boolean accumulate) {
        product(workers, steps == 0 ? 0 : batch, width, hidden, dGates, dGatesOffset, ld, h0, h0Offset, hidden, dw,
                dwOffset, accumulate);
        if (steps > 1) {
            product(workers, (steps - 1) * batch, width, hidden, dGates, dGatesOffset + batch * ld, ld, y, yOffset,
                    hidden, dw, dwOffset, true);
        }
    }
}
