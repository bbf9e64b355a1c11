package lanewise.kernels.recurrent;

import static lanewise.kernels.gemm.Transpose.NO_TRANS;

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
 * The way back through time: for each step one pass over the gates and the product that leads to the step before. The gradients
 * of the gates stay, so that those of weights and inputs are one product each, at the end.
 */
final class LstmBackward extends StepJob {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;
    private static final boolean FMA = Lanes.FMA;

    private final PackedWeights hiddenWeights = new PackedWeights();

    private float[] peepholes;
    private int peepholesOffset;
    private int[] lengths;
    private int lengthsOffset;
    private float[] gates;
    private int gatesOffset;
    private float[] c;
    private int cOffset;
    private float[] dy;
    private int dyOffset;
    private float[] dcN;
    private int dcNOffset;
    private float[] dGates;
    private int dGatesOffset;
    // What comes from the step after: gradients of the state and of the cells. In the end they are those of the first.
    private float[] dh;
    private int dhOffset;
    private float[] dc;
    private int dcOffset;
    // Of the present step.
    private float[] before;
    private int beforeOffset;

    /** Computes the gradients of gates and of the initial state. */
    void run(Workers workers, int steps, int batch, int hidden, float[] wHidden, int wHiddenOffset, float[] peepholes,
            int peepholesOffset, float[] c0, int c0Offset, int[] lengths, int lengthsOffset, float[] gates,
            int gatesOffset, float[] c, int cOffset,
            float[] dy, int dyOffset, float[] dcN, int dcNOffset, float[] dGates, int dGatesOffset, float[] dh0,
            int dh0Offset, float[] dc0, int dc0Offset) {
        begin(workers, batch, hidden);
        this.peepholes = peepholes;
        this.peepholesOffset = peepholesOffset;
        this.lengths = lengths;
        this.lengthsOffset = lengthsOffset;
        this.gates = gates;
        this.gatesOffset = gatesOffset;
        this.c = c;
        this.cOffset = cOffset;
        this.dy = dy;
        this.dyOffset = dyOffset;
        this.dcN = dcN;
        this.dcNOffset = dcNOffset;
        this.dGates = dGates;
        this.dGatesOffset = dGatesOffset;
        dh = dh0;
        dhOffset = dh0Offset;
        dc = dc0;
        dcOffset = dc0Offset;
        Arrays.fill(dh, dhOffset, dhOffset + batch * hidden, 0f);
        Arrays.fill(dc, dcOffset, dcOffset + batch * hidden, 0f);
        int width = 4 * hidden;
        PackedMatrix state = hiddenWeights.of(NO_TRANS, width, hidden, wHidden, wHiddenOffset, hidden);
        for (step = steps - 1; step >= 0; step--) {
            int at = step * batch;
            before = step == 0 ? c0 : c;
            beforeOffset = step == 0 ? c0Offset : cOffset + (at - batch) * hidden;
            pass();
            Gemm.sgemm(workers, NO_TRANS, batch, 1, dGates, dGatesOffset + at * width, width, state, 0, dh, dhOffset,
                    hidden, Epilogue.NONE);
        }
        forget();
    }

    private void forget() {
        workers = null;
        peepholes = null;
        lengths = null;
        gates = null;
        c = null;
        dy = null;
        dcN = null;
        dGates = null;
        dh = null;
        dc = null;
        before = null;
    }

    @Override
    void row(int row, int worker) {
        float[] scratch = workers.scratch(worker, VectorMath.BLOCK + hidden);
        int at = step * batch + row;
        int length = lengths[lengthsOffset + row];
        int dGate = dGatesOffset + at * 4 * hidden;
        if (step >= length) {
            Arrays.fill(dGates, dGate, dGate + 4 * hidden, 0f);
            return;
        }
        int dcAt = dcOffset + row * hidden;
        if (step == length - 1) {
            System.arraycopy(dcN, dcNOffset + row * hidden, dc, dcAt, hidden);
        }
        VectorMath.tanh(hidden, c, cOffset + at * hidden, scratch, VectorMath.BLOCK, scratch);
        int gate = gatesOffset + at * 4 * hidden;
        int beforeAt = beforeOffset + row * hidden;
        outputs(hidden, gates, gate, scratch, VectorMath.BLOCK, dy, dyOffset + at * hidden, dh, dhOffset + row * hidden,
                dc, dcAt, dGates, dGate);
        if (peepholes != null) {
            Rows.addProduct(hidden, peepholes, peepholesOffset + 2 * hidden, dGates, dGate + 3 * hidden, dc, dcAt);
        }
        cells(hidden, gates, gate, before, beforeAt, dc, dcAt, dGates, dGate);
        if (peepholes != null) {
            Rows.addProduct(hidden, peepholes, peepholesOffset, dGates, dGate, dc, dcAt);
            Rows.addProduct(hidden, peepholes, peepholesOffset + hidden, dGates, dGate + hidden, dc, dcAt);
        }
    }

    /** The gradient of the output gate, and the state's share in that of the cells. */
    private static void outputs(int n, float[] gates, int gate, float[] tanhC, int tanhCOffset, float[] dy,
            int dyOffset, float[] dh, int dhOffset, float[] dc, int dcOffset, float[] dGates, int dGate) {
        int main = FLOATS.loopBound(n);
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        for (int j = 0; j < main; j += LANES) {
            FloatVector o = FloatVector.fromArray(FLOATS, gates, gate + 3 * n + j);
            FloatVector tc = FloatVector.fromArray(FLOATS, tanhC, tanhCOffset + j);
            FloatVector dState = FloatVector.fromArray(FLOATS, dy, dyOffset + j)
                    .add(FloatVector.fromArray(FLOATS, dh, dhOffset + j));
            FloatVector later = FloatVector.fromArray(FLOATS, dc, dcOffset + j);
            FloatVector slope = one.sub(tc.mul(tc));
            (FMA ? dState.mul(o).fma(slope, later) : dState.mul(o).mul(slope).add(later)).intoArray(dc, dcOffset + j);
            dState.mul(tc).mul(o.mul(one.sub(o))).intoArray(dGates, dGate + 3 * n + j);
        }
        for (int j = main; j < n; j++) {
            float o = gates[gate + 3 * n + j];
            float tc = tanhC[tanhCOffset + j];
            float dState = dy[dyOffset + j] + dh[dhOffset + j];
            dc[dcOffset + j] = Lanes.fma(dState * o, 1 - tc * tc, dc[dcOffset + j]);
            dGates[dGate + 3 * n + j] = dState * tc * (o * (1 - o));
        }
    }

    /** From the gradient of the cells those of the other gates, and of the cells before. */
    private static void cells(int n, float[] gates, int gate, float[] before, int beforeOffset, float[] dc,
            int dcOffset, float[] dGates, int dGate) {
        int main = FLOATS.loopBound(n);
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        for (int j = 0; j < main; j += LANES) {
            FloatVector i = FloatVector.fromArray(FLOATS, gates, gate + j);
            FloatVector f = FloatVector.fromArray(FLOATS, gates, gate + n + j);
            FloatVector g = FloatVector.fromArray(FLOATS, gates, gate + 2 * n + j);
            FloatVector dCell = FloatVector.fromArray(FLOATS, dc, dcOffset + j);
            dCell.mul(g).mul(i.mul(one.sub(i))).intoArray(dGates, dGate + j);
            dCell.mul(FloatVector.fromArray(FLOATS, before, beforeOffset + j)).mul(f.mul(one.sub(f)))
                    .intoArray(dGates, dGate + n + j);
            dCell.mul(i).mul(one.sub(g.mul(g))).intoArray(dGates, dGate + 2 * n + j);
            dCell.mul(f).intoArray(dc, dcOffset + j);
        }
        for (int j = main; j < n; j++) {
            float i = gates[gate + j];
            float f = gates[gate + n + j];
            float g = gates[gate + 2 * n + j];
            float dCell = dc[dcOffset + j];
            dGates[dGate + j] = dCell * g * (i * (1 - i));
            dGates[dGate + n + j] = dCell * before[beforeOffset + j] * (f * (1 - f));
            dGates[dGate + 2 * n + j] = dCell * i * (1 - g * g);
            dc[dcOffset + j] = dCell * f;
        }
    }
}
