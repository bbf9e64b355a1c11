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

/** The way back through time. Of each unit the gradients of r, z, n before their functions and of q are stored. */
final class GruBackward extends StepJob {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;
    private static final boolean FMA = Lanes.FMA;

    private final PackedWeights gateWeights = new PackedWeights();
    private final PackedWeights newWeights = new PackedWeights();

    private boolean resetAfter;
    // Which of the two passes of a step, where there are two.
    private boolean resets;
    private int[] lengths;
    private int lengthsOffset;
    private float[] gates;
    private int gatesOffset;
    private float[] dy;
    private int dyOffset;
    private float[] dGates;
    private int dGatesOffset;
    // What comes from the step after; in the end the gradient of the first state.
    private float[] dh;
    private int dhOffset;
    private float[] before;
    private int beforeOffset;

    void run(Workers workers, boolean resetAfter, int steps, int batch, int hidden, float[] wHidden, int wHiddenOffset,
            float[] h0, int h0Offset, int[] lengths, int lengthsOffset, float[] gates, int gatesOffset, float[] y,
            int yOffset, float[] dy, int dyOffset, float[] dGates, int dGatesOffset, float[] dh0, int dh0Offset) {
        begin(workers, batch, hidden);
        this.resetAfter = resetAfter;
        this.lengths = lengths;
        this.lengthsOffset = lengthsOffset;
        this.gates = gates;
        this.gatesOffset = gatesOffset;
        this.dy = dy;
        this.dyOffset = dyOffset;
        this.dGates = dGates;
        this.dGatesOffset = dGatesOffset;
        dh = dh0;
        dhOffset = dh0Offset;
        Arrays.fill(dh, dhOffset, dhOffset + batch * hidden, 0f);
        int stored = 4 * hidden;
        PackedMatrix both = gateWeights.of(NO_TRANS, 2 * hidden, hidden, wHidden, wHiddenOffset, hidden);
        PackedMatrix fresh = newWeights.of(NO_TRANS, hidden, hidden, wHidden, wHiddenOffset + 2 * hidden * hidden,
                hidden);
        for (step = steps - 1; step >= 0; step--) {
            int at = step * batch;
            int gate = dGatesOffset + at * stored;
            before = step == 0 ? h0 : y;
            beforeOffset = step == 0 ? h0Offset : yOffset + (at - batch) * hidden;
            pass();
            if (resetAfter) {
                Gemm.sgemm(workers, NO_TRANS, batch, 1, dGates, gate + 3 * hidden, stored, fresh, 1, dh, dhOffset,
                        hidden, Epilogue.NONE);
            } else {
                Gemm.sgemm(workers, NO_TRANS, batch, 1, dGates, gate + 2 * hidden, stored, fresh, 0, dGates,
                        gate + 3 * hidden, stored, Epilogue.NONE);
                resets = true;
                pass();
                resets = false;
            }
            Gemm.sgemm(workers, NO_TRANS, batch, 1, dGates, gate, stored, both, 1, dh, dhOffset, hidden,
                    Epilogue.NONE);
        }
        this.lengths = null;
        this.gates = null;
        this.dy = null;
        this.dGates = null;
        dh = null;
        before = null;
        this.workers = null;
    }

    @Override
    void row(int row, int worker) {
        int at = step * batch + row;
        int gate = gatesOffset + at * 4 * hidden;
        int dGate = dGatesOffset + at * 4 * hidden;
        int old = beforeOffset + row * hidden;
        int dhAt = dhOffset + row * hidden;
        if (step >= lengths[lengthsOffset + row]) {
            Arrays.fill(dGates, dGate, dGate + 4 * hidden, 0f);
            Arrays.fill(dh, dhAt, dhAt + hidden, 0f);
        } else if (resets) {
            resetGradients(hidden, gates, gate, before, old, dGates, dGate, dh, dhAt);
        } else {
            gradients(hidden, gates, gate, before, old, dy, dyOffset + at * hidden, dGates, dGate, dh, dhAt);
            if (resetAfter) {
                productGradients(hidden, gates, gate, dGates, dGate);
            }
        }
    }

    /** Of z and n, and what goes to the state before past all gates. */
    private static void gradients(int n, float[] gates, int gate, float[] before, int beforeOffset, float[] dy,
            int dyOffset, float[] dGates, int dGate, float[] dh, int dhOffset) {
        int main = FLOATS.loopBound(n);
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        for (int j = 0; j < main; j += LANES) {
            FloatVector z = FloatVector.fromArray(FLOATS, gates, gate + n + j);
            FloatVector fresh = FloatVector.fromArray(FLOATS, gates, gate + 2 * n + j);
            FloatVector d = FloatVector.fromArray(FLOATS, dy, dyOffset + j)
                    .add(FloatVector.fromArray(FLOATS, dh, dhOffset + j));
            FloatVector rest = one.sub(z);
            d.mul(FloatVector.fromArray(FLOATS, before, beforeOffset + j).sub(fresh)).mul(z.mul(rest))
                    .intoArray(dGates, dGate + n + j);
            d.mul(rest).mul(one.sub(fresh.mul(fresh))).intoArray(dGates, dGate + 2 * n + j);
            d.mul(z).intoArray(dh, dhOffset + j);
        }
        for (int j = main; j < n; j++) {
            float z = gates[gate + n + j];
            float fresh = gates[gate + 2 * n + j];
            float d = dy[dyOffset + j] + dh[dhOffset + j];
            dGates[dGate + n + j] = d * (before[beforeOffset + j] - fresh) * (z * (1 - z));
            dGates[dGate + 2 * n + j] = d * (1 - z) * (1 - fresh * fresh);
            dh[dhOffset + j] = d * z;
        }
    }

    /** Of r and q, where n is the function of ... + r q. */
    private static void productGradients(int n, float[] gates, int gate, float[] dGates, int dGate) {
        int main = FLOATS.loopBound(n);
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        for (int j = 0; j < main; j += LANES) {
            FloatVector r = FloatVector.fromArray(FLOATS, gates, gate + j);
            FloatVector dn = FloatVector.fromArray(FLOATS, dGates, dGate + 2 * n + j);
            dn.mul(FloatVector.fromArray(FLOATS, gates, gate + 3 * n + j)).mul(r.mul(one.sub(r)))
                    .intoArray(dGates, dGate + j);
            dn.mul(r).intoArray(dGates, dGate + 3 * n + j);
        }
        for (int j = main; j < n; j++) {
            float r = gates[gate + j];
            float dn = dGates[dGate + 2 * n + j];
            dGates[dGate + j] = dn * gates[gate + 3 * n + j] * (r * (1 - r));
            dGates[dGate + 3 * n + j] = dn * r;
        }
    }

    /** Of r and of the state before, where q = r before. */
    private static void resetGradients(int n, float[] gates, int gate, float[] before, int beforeOffset,
            float[] dGates, int dGate, float[] dh, int dhOffset) {
        int main = FLOATS.loopBound(n);
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        for (int j = 0; j < main; j += LANES) {
            FloatVector r = FloatVector.fromArray(FLOATS, gates, gate + j);
            FloatVector dq = FloatVector.fromArray(FLOATS, dGates, dGate + 3 * n + j);
            FloatVector d = FloatVector.fromArray(FLOATS, dh, dhOffset + j);
            dq.mul(FloatVector.fromArray(FLOATS, before, beforeOffset + j)).mul(r.mul(one.sub(r)))
                    .intoArray(dGates, dGate + j);
            (FMA ? dq.fma(r, d) : dq.mul(r).add(d)).intoArray(dh, dhOffset + j);
        }
        for (int j = main; j < n; j++) {
            float r = gates[gate + j];
            float dq = dGates[dGate + 3 * n + j];
            dGates[dGate + j] = dq * before[beforeOffset + j] * (r * (1 - r));
            dh[dhOffset + j] = Lanes.fma(dq, r, dh[dhOffset + j]);
        }
    }
}
