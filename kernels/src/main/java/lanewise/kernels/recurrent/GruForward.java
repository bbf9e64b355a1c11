package lanewise.kernels.recurrent;

import static lanewise.kernels.gemm.Transpose.NO_TRANS;
import static lanewise.kernels.gemm.Transpose.TRANS;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.gemm.Epilogue;
import lanewise.kernels.gemm.Gemm;
import lanewise.kernels.gemm.PackedMatrix;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.Rows;
import lanewise.kernels.internal.VectorMath;

/**
 * The forward pass. Of each unit four numbers are stored: r, z, n, and q, which is the state's part of n. Where r comes after the
 * product, q is U h' + its bias, else r h'.
 */
final class GruForward extends StepJob {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;
    private static final boolean FMA = Lanes.FMA;

    private final PackedWeights inputWeights = new PackedWeights();
    private final PackedWeights gateWeights = new PackedWeights();
    private final PackedWeights newWeights = new PackedWeights();

    private boolean resetAfter;
    // Which of the two passes of a step, where there are two.
    private boolean resets;
    private int[] lengths;
    private int lengthsOffset;
    private float[] gates;
    private int gatesOffset;
    private float[] y;
    private int yOffset;
    // The state before the present step.
    private float[] before;
    private int beforeOffset;

    void run(Workers workers, boolean resetAfter, int steps, int batch, int inputs, int hidden, float[] x, int xOffset,
            float[] wInput, int wInputOffset, float[] wHidden, int wHiddenOffset, float[] bias, int biasOffset,
            float[] h0, int h0Offset, int[] lengths, int lengthsOffset, float[] gates, int gatesOffset, float[] y,
            int yOffset) {
        begin(workers, batch, hidden);
        this.resetAfter = resetAfter;
        this.lengths = lengths;
        this.lengthsOffset = lengthsOffset;
        this.gates = gates;
        this.gatesOffset = gatesOffset;
        this.y = y;
        this.yOffset = yOffset;
        int stored = 4 * hidden;
        int together = stepsTogether(stored);
        // Packed even for one row: a product with a transposed matrix would add in another order than in a larger batch.
        PackedMatrix input = inputWeights.of(TRANS, inputs, 3 * hidden, wInput, wInputOffset, inputs);
        PackedMatrix both = gateWeights.of(TRANS, hidden, 2 * hidden, wHidden, wHiddenOffset, hidden);
        PackedMatrix fresh = newWeights.of(TRANS, hidden, hidden, wHidden, wHiddenOffset + 2 * hidden * hidden,
                hidden);
        for (step = 0; step < steps; step++) {
            int at = step * batch;
            int gate = gatesOffset + at * stored;
            if (step % together == 0) {
                int rows = Math.min(together, steps - step) * batch;
                for (int row = 0; row < rows; row++) {
                    biases(bias, biasOffset, gate + row * stored);
                }
                Gemm.sgemm(workers, NO_TRANS, rows, 1, x, xOffset + at * inputs, inputs, input, 1, gates, gate, stored,
                        Epilogue.NONE);
            }
            before = step == 0 ? h0 : y;
            beforeOffset = step == 0 ? h0Offset : yOffset + (at - batch) * hidden;
            Gemm.sgemm(workers, NO_TRANS, batch, 1, before, beforeOffset, hidden, both, 1, gates, gate, stored,
                    Epilogue.NONE);
            if (resetAfter) {
                Gemm.sgemm(workers, NO_TRANS, batch, 1, before, beforeOffset, hidden, fresh, 1, gates,
                        gate + 3 * hidden, stored, Epilogue.NONE);
            } else {
                resets = true;
                pass();
                resets = false;
                Gemm.sgemm(workers, NO_TRANS, batch, 1, gates, gate + 3 * hidden, stored, fresh, 1, gates,
                        gate + 2 * hidden, stored, Epilogue.NONE);
            }
            pass();
        }
        this.lengths = null;
        this.gates = null;
        this.y = null;
        before = null;
        this.workers = null;
    }

    /** Where gates begin before anything is added to them. */
    private void biases(float[] bias, int biasOffset, int gate) {
        Rows.copy(4 * hidden, bias, biasOffset, gates, gate);
        if (!resetAfter) {
            Rows.add(hidden, bias, biasOffset + 3 * hidden, gates, gate + 2 * hidden);
        }
    }

    @Override
    void row(int row, int worker) {
        int at = step * batch + row;
        int gate = gatesOffset + at * 4 * hidden;
        int yAt = yOffset + at * hidden;
        int old = beforeOffset + row * hidden;
        if (step >= lengths[lengthsOffset + row]) {
            Arrays.fill(gates, gate, gate + 4 * hidden, 0f);
            Arrays.fill(y, yAt, yAt + hidden, 0f);
        } else if (resets) {
            VectorMath.sigmoid(2 * hidden, gates, gate, gates, gate);
            Rows.multiply(hidden, gates, gate, before, old, gates, gate + 3 * hidden);
        } else {
            if (resetAfter) {
                VectorMath.sigmoid(2 * hidden, gates, gate, gates, gate);
                Rows.addProduct(hidden, gates, gate, gates, gate + 3 * hidden, gates, gate + 2 * hidden);
            }
            VectorMath.tanh(hidden, gates, gate + 2 * hidden, gates, gate + 2 * hidden,
                    workers.scratch(worker, VectorMath.BLOCK));
            states(hidden, gates, gate, before, old, y, yAt);
        }
    }

    /** y = n + z (before - n). */
    private static void states(int n, float[] gates, int gate, float[] before, int beforeOffset, float[] y,
            int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int j = 0; j < main; j += LANES) {
            FloatVector z = FloatVector.fromArray(FLOATS, gates, gate + n + j);
            FloatVector fresh = FloatVector.fromArray(FLOATS, gates, gate + 2 * n + j);
            FloatVector change = FloatVector.fromArray(FLOATS, before, beforeOffset + j).sub(fresh);
            (FMA ? z.fma(change, fresh) : z.mul(change).add(fresh)).intoArray(y, yOffset + j);
        }
        for (int j = main; j < n; j++) {
            float fresh = gates[gate + 2 * n + j];
            y[yOffset + j] = Lanes.fma(gates[gate + n + j], before[beforeOffset + j] - fresh, fresh);
        }
    }
}
