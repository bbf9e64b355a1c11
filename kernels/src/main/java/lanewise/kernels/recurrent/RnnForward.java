package lanewise.kernels.recurrent;

import static lanewise.kernels.gemm.Transpose.NO_TRANS;
import static lanewise.kernels.gemm.Transpose.TRANS;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.gemm.Epilogue;
import lanewise.kernels.gemm.Gemm;
import lanewise.kernels.gemm.PackedMatrix;
import lanewise.kernels.internal.Rows;
import lanewise.kernels.internal.VectorMath;

/** The forward pass: sums are computed where the states will be. */
final class RnnForward extends StepJob {

    private final PackedWeights inputWeights = new PackedWeights();
    private final PackedWeights hiddenWeights = new PackedWeights();

    private RnnFunction function;
    private int[] lengths;
    private int lengthsOffset;
    private float[] y;
    private int yOffset;

    void run(Workers workers, RnnFunction function, int steps, int batch, int inputs, int hidden, float[] x,
            int xOffset, float[] wInput, int wInputOffset, float[] wHidden, int wHiddenOffset, float[] bias,
            int biasOffset, float[] h0, int h0Offset, int[] lengths, int lengthsOffset, float[] y, int yOffset) {
        begin(workers, batch, hidden);
        this.function = function;
        this.lengths = lengths;
        this.lengthsOffset = lengthsOffset;
        this.y = y;
        this.yOffset = yOffset;
        int rows = steps * batch;
        for (int row = 0; row < rows; row++) {
            Rows.copy(hidden, bias, biasOffset, y, yOffset + row * hidden);
        }
        // Packed even for one row: a product with a transposed matrix would add in another order than in a larger batch.
        PackedMatrix input = inputWeights.of(TRANS, inputs, hidden, wInput, wInputOffset, inputs);
        Gemm.sgemm(workers, NO_TRANS, rows, 1, x, xOffset, inputs, input, 1, y, yOffset, hidden, Epilogue.NONE);
        PackedMatrix state = hiddenWeights.of(TRANS, hidden, hidden, wHidden, wHiddenOffset, hidden);
        for (step = 0; step < steps; step++) {
            int at = yOffset + step * batch * hidden;
            boolean first = step == 0;
            Gemm.sgemm(workers, NO_TRANS, batch, 1, first ? h0 : y, first ? h0Offset : at - batch * hidden, hidden,
                    state, 1, y, at, hidden, Epilogue.NONE);
            pass();
        }
        this.lengths = null;
        this.y = null;
        this.workers = null;
    }

    @Override
    void row(int row, int worker) {
        int at = yOffset + (step * batch + row) * hidden;
        if (step >= lengths[lengthsOffset + row]) {
            Arrays.fill(y, at, at + hidden, 0f);
        } else if (function == RnnFunction.TANH) {
            VectorMath.tanh(hidden, y, at, y, at, workers.scratch(worker, VectorMath.BLOCK));
        } else {
            for (int j = at; j < at + hidden; j++) {
                y[j] = Math.max(y[j], 0f);
            }
        }
    }
}
