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

/** The forward pass: the input's product for many steps at once, then for each step the state's product and one pass over the gates. */
final class LstmForward extends StepJob {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;
    private static final boolean FMA = Lanes.FMA;

    private final PackedWeights inputWeights = new PackedWeights();
    private final PackedWeights hiddenWeights = new PackedWeights();

    private int[] lengths;
    private int lengthsOffset;
    private float[] peepholes;
    private int peepholesOffset;
    private float[] gates;
    private int gatesOffset;
    private float[] c;
    private int cOffset;
    private float[] y;
    private int yOffset;
    // Of the present step.
    private float[] before;
    private int beforeOffset;

    void run(Workers workers, int steps, int batch, int inputs, int hidden, float[] x, int xOffset, float[] wInput,
            int wInputOffset, float[] wHidden, int wHiddenOffset, float[] bias, int biasOffset, float[] peepholes,
            int peepholesOffset, float[] h0, int h0Offset, float[] c0, int c0Offset, int[] lengths, int lengthsOffset,
            float[] gates, int gatesOffset,
            float[] c, int cOffset, float[] y, int yOffset) {
        begin(workers, batch, hidden);
        this.lengths = lengths;
        this.lengthsOffset = lengthsOffset;
        this.peepholes = peepholes;
        this.peepholesOffset = peepholesOffset;
        this.gates = gates;
        this.gatesOffset = gatesOffset;
        this.c = c;
        this.cOffset = cOffset;
        this.y = y;
        this.yOffset = yOffset;
        int width = 4 * hidden;
        int together = stepsTogether(width);
        // Packed even for one row: a product with a transposed matrix would add in another order than in a larger batch.
        PackedMatrix input = inputWeights.of(TRANS, inputs, width, wInput, wInputOffset, inputs);
        PackedMatrix state = hiddenWeights.of(TRANS, hidden, width, wHidden, wHiddenOffset, hidden);
        for (step = 0; step < steps; step++) {
            int at = step * batch;
            if (step % together == 0) {
                int rows = Math.min(together, steps - step) * batch;
                for (int row = at; row < at + rows; row++) {
                    Rows.copy(width, bias, biasOffset, gates, gatesOffset + row * width);
                }
                Gemm.sgemm(workers, NO_TRANS, rows, 1, x, xOffset + at * inputs, inputs, input, 1, gates,
                        gatesOffset + at * width, width, Epilogue.NONE);
            }
            boolean first = step == 0;
            Gemm.sgemm(workers, NO_TRANS, batch, 1, first ? h0 : y, first ? h0Offset : yOffset + (at - batch) * hidden,
                    hidden, state, 1, gates, gatesOffset + at * width, width, Epilogue.NONE);
            before = first ? c0 : c;
            beforeOffset = first ? c0Offset : cOffset + (at - batch) * hidden;
            pass();
        }
        forget();
    }

    private void forget() {
        workers = null;
        lengths = null;
        peepholes = null;
        gates = null;
        c = null;
        y = null;
        before = null;
    }

    @Override
    void row(int row, int worker) {
        float[] scratch = workers.scratch(worker, VectorMath.BLOCK);
        int at = step * batch + row;
        int gate = gatesOffset + at * 4 * hidden;
        int cAt = cOffset + at * hidden;
        int yAt = yOffset + at * hidden;
        if (step >= lengths[lengthsOffset + row]) {
            Arrays.fill(gates, gate, gate + 4 * hidden, 0f);
            Arrays.fill(c, cAt, cAt + hidden, 0f);
            Arrays.fill(y, yAt, yAt + hidden, 0f);
        } else {
            int beforeAt = beforeOffset + row * hidden;
            int output = gate + 3 * hidden;
            if (peepholes != null) {
                Rows.addProduct(hidden, peepholes, peepholesOffset, before, beforeAt, gates, gate);
                Rows.addProduct(hidden, peepholes, peepholesOffset + hidden, before, beforeAt, gates, gate + hidden);
            }
            VectorMath.sigmoid(2 * hidden, gates, gate, gates, gate);
            VectorMath.tanh(hidden, gates, gate + 2 * hidden, gates, gate + 2 * hidden, scratch);
            cells(hidden, gates, gate, before, beforeAt, c, cAt);
            if (peepholes != null) {
                Rows.addProduct(hidden, peepholes, peepholesOffset + 2 * hidden, c, cAt, gates, output);
            }
            VectorMath.sigmoid(hidden, gates, output, gates, output);
            VectorMath.tanh(hidden, c, cAt, y, yAt, scratch);
            Rows.multiply(hidden, gates, output, y, yAt, y, yAt);
        }
    }

    /** c = f before + i g. */
    private static void cells(int n, float[] gates, int gate, float[] before, int beforeOffset, float[] c,
            int cOffset) {
        int main = FLOATS.loopBound(n);
        for (int j = 0; j < main; j += LANES) {
            FloatVector ig = FloatVector.fromArray(FLOATS, gates, gate + j)
                    .mul(FloatVector.fromArray(FLOATS, gates, gate + 2 * n + j));
            FloatVector f = FloatVector.fromArray(FLOATS, gates, gate + n + j);
            FloatVector b = FloatVector.fromArray(FLOATS, before, beforeOffset + j);
            (FMA ? f.fma(b, ig) : f.mul(b).add(ig)).intoArray(c, cOffset + j);
        }
        for (int j = main; j < n; j++) {
            c[cOffset + j] = Lanes.fma(gates[gate + n + j], before[beforeOffset + j],
                    gates[gate + j] * gates[gate + 2 * n + j]);
        }
    }
}
