package lanewise.kernels.recurrent;

import static lanewise.kernels.gemm.Transpose.NO_TRANS;
import static lanewise.kernels.gemm.Transpose.TRANS;

import lanewise.kernels.Workers;
import lanewise.kernels.gemm.Epilogue;
import lanewise.kernels.gemm.Gemm;
import lanewise.kernels.reduction.Reduction;

/** The gradients of inputs, weights and biases, of those of the gates of all steps: a product each. */
final class RecurrentGradients {

    private RecurrentGradients() {}

    static void input(Workers workers, int rows, int inputs, int width, float[] dGates, int dGatesOffset,
            float[] wInput, int wInputOffset, float[] dx, int dxOffset, boolean accumulate) {
        Gemm.sgemm(workers, NO_TRANS, NO_TRANS, rows, inputs, width, 1, dGates, dGatesOffset, width, wInput,
                wInputOffset, inputs, accumulate ? 1 : 0, dx, dxOffset, inputs, Epilogue.NONE);
    }

    static void weights(Workers workers, int steps, int batch, int inputs, int hidden, int width, float[] x,
            int xOffset, float[] h0, int h0Offset, float[] y, int yOffset, float[] dGates, int dGatesOffset,
            float[] dwInput, int dwInputOffset, float[] dwHidden, int dwHiddenOffset, float[] dBias, int dBiasOffset,
            boolean accumulate) {
        int rows = steps * batch;
        float beta = accumulate ? 1 : 0;
        Gemm.sgemm(workers, TRANS, NO_TRANS, width, inputs, rows, 1, dGates, dGatesOffset, width, x, xOffset, inputs,
                beta, dwInput, dwInputOffset, inputs, Epilogue.NONE);
        // The state before the first step is h0, before the others the output of the step before.
        Gemm.sgemm(workers, TRANS, NO_TRANS, width, hidden, Math.min(rows, batch), 1, dGates, dGatesOffset, width, h0,
                h0Offset, hidden, beta, dwHidden, dwHiddenOffset, hidden, Epilogue.NONE);
        if (rows > batch) {
            Gemm.sgemm(workers, TRANS, NO_TRANS, width, hidden, rows - batch, 1, dGates, dGatesOffset + batch * width,
                    width, y, yOffset, hidden, 1, dwHidden, dwHiddenOffset, hidden, Epilogue.NONE);
        }
        Reduction.columnSums(workers, rows, width, dGates, dGatesOffset, width, dBias, dBiasOffset, accumulate);
    }
}
