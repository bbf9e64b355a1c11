package lanewise.kernels.recurrent;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Rows;

/** The gradients of peepholes: sums over all steps and rows, for some units at a time. */
final class PeepholeGradients implements Workers.Job {

    /** Units of a task. */
    private static final int UNITS = 64;
    /** Elements that are worth a second thread. */
    private static final int LARGE = 1 << 16;

    private int rows;
    private int batch;
    private int hidden;
    private float[] c0;
    private int c0Offset;
    private float[] c;
    private int cOffset;
    private float[] dGates;
    private int dGatesOffset;
    private float[] sums;
    private int sumsOffset;

    void run(Workers workers, int steps, int batch, int hidden, float[] c0, int c0Offset, float[] c, int cOffset,
            float[] dGates, int dGatesOffset, float[] sums, int sumsOffset, boolean accumulate) {
        rows = steps * batch;
        this.batch = batch;
        this.hidden = hidden;
        this.c0 = c0;
        this.c0Offset = c0Offset;
        this.c = c;
        this.cOffset = cOffset;
        this.dGates = dGates;
        this.dGatesOffset = dGatesOffset;
        this.sums = sums;
        this.sumsOffset = sumsOffset;
        if (!accumulate) {
            Arrays.fill(sums, sumsOffset, sumsOffset + 3 * hidden, 0f);
        }
        int tasks = Math.ceilDiv(hidden, UNITS);
        if (rows * hidden < LARGE) {
            for (int task = 0; task < tasks; task++) {
                run(task, 0);
            }
        } else {
            workers.run(this, tasks);
        }
        this.c0 = null;
        this.c = null;
        this.dGates = null;
        this.sums = null;
    }

    @Override
    public void run(int task, int worker) {
        int unit = task * UNITS;
        int n = Math.min(UNITS, hidden - unit);
        int sum = sumsOffset + unit;
        for (int row = 0; row < rows; row++) {
            boolean first = row < batch;
            float[] before = first ? c0 : c;
            int beforeAt = first ? c0Offset + row * hidden : cOffset + (row - batch) * hidden;
            int gate = dGatesOffset + row * 4 * hidden + unit;
            Rows.addProduct(n, dGates, gate, before, beforeAt + unit, sums, sum);
            Rows.addProduct(n, dGates, gate + hidden, before, beforeAt + unit, sums, sum + hidden);
            Rows.addProduct(n, dGates, gate + 3 * hidden, c, cOffset + row * hidden + unit, sums, sum + 2 * hidden);
        }
    }
}
