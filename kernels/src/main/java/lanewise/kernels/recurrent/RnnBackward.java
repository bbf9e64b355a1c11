package lanewise.kernels.recurrent;

import static lanewise.kernels.gemm.Transpose.NO_TRANS;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.gemm.Epilogue;
import lanewise.kernels.gemm.Gemm;
import lanewise.kernels.gemm.PackedMatrix;

/** The way back through time. */
final class RnnBackward extends StepJob {

    private final PackedWeights hiddenWeights = new PackedWeights();

    private RnnFunction function;
    private int[] lengths;
    private int lengthsOffset;
    private float[] y;
    private int yOffset;
    private float[] dy;
    private int dyOffset;
    private float[] dSums;
    private int dSumsOffset;
    // What comes from the step after; in the end the gradient of the first state.
    private float[] dh;
    private int dhOffset;

    void run(Workers workers, RnnFunction function, int steps, int batch, int hidden, float[] wHidden,
            int wHiddenOffset, int[] lengths, int lengthsOffset, float[] y, int yOffset, float[] dy, int dyOffset,
            float[] dSums, int dSumsOffset, float[] dh0, int dh0Offset) {
        begin(workers, batch, hidden);
        this.function = function;
        this.lengths = lengths;
        this.lengthsOffset = lengthsOffset;
        this.y = y;
        this.yOffset = yOffset;
        this.dy = dy;
        this.dyOffset = dyOffset;
        this.dSums = dSums;
        this.dSumsOffset = dSumsOffset;
        dh = dh0;
        dhOffset = dh0Offset;
        Arrays.fill(dh, dhOffset, dhOffset + batch * hidden, 0f);
        PackedMatrix state = hiddenWeights.of(NO_TRANS, hidden, hidden, wHidden, wHiddenOffset, hidden);
        for (step = steps - 1; step >= 0; step--) {
            pass();
            Gemm.sgemm(workers, NO_TRANS, batch, 1, dSums, dSumsOffset + step * batch * hidden, hidden, state, 0, dh,
                    dhOffset, hidden, Epilogue.NONE);
        }
        this.lengths = null;
        this.y = null;
        this.dy = null;
        this.dSums = null;
        dh = null;
        this.workers = null;
    }

    // Plain loops: C2 makes vectors of them by itself, with the same bits, as no element depends on another.
    @Override
    void row(int row, int worker) {
        int at = (step * batch + row) * hidden;
        int to = dSumsOffset + at;
        int of = yOffset + at;
        int from = dyOffset + at;
        int later = dhOffset + row * hidden;
        if (step >= lengths[lengthsOffset + row]) {
            Arrays.fill(dSums, to, to + hidden, 0f);
        } else if (function == RnnFunction.TANH) {
            for (int j = 0; j < hidden; j++) {
                dSums[to + j] = (dy[from + j] + dh[later + j]) * (1 - y[of + j] * y[of + j]);
            }
        } else {
            for (int j = 0; j < hidden; j++) {
                dSums[to + j] = y[of + j] > 0 ? dy[from + j] + dh[later + j] : 0;
            }
        }
    }
}
