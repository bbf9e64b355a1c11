package lanewise.kernels.loss;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.SoftmaxTerms;
import lanewise.kernels.internal.SumJob;
import lanewise.kernels.internal.VectorMath;

/**
 * The body of {@link SoftmaxCrossEntropy}, and its job for a team. A task is one block of rows, by shape alone: they are
 * brought side by side into scratch memory, so that exp takes rows of a few classes in one call.
 */
final class SoftmaxCrossEntropyRows implements Workers.Job {

    private static final int BLOCK = SumJob.BLOCK;
    // Below this, a second thread costs more than it brings.
    private static final int SMALL_TASKS = 4;
    private static final int TERMS = Lanes.SUM_LANES;

    private Workers workers;
    private int rows;
    private int cols;
    private int rowsPerTask;
    private float[] z;
    private int zOffset;
    private int ldz;
    private int[] label;
    private int labelOffset;
    private float[] losses;
    private double factor;
    private float[] dz;
    private int dzOffset;
    private int lddz;
    private boolean accumulate;

    double total(Workers workers, int rows, int cols, float[] z, int zOffset, int ldz, int[] label, int labelOffset) {
        losses = workers.sharedScratch(rows);
        dz = null;
        float[] rowLosses = losses;
        run(workers, rows, cols, z, zOffset, ldz, label, labelOffset);
        double total = 0;
        for (int i = 0; i < rows; i++) {
            total += rowLosses[i];
        }
        return total;
    }

    void backward(Workers workers, int rows, int cols, double factor, float[] z, int zOffset, int ldz, int[] label,
            int labelOffset, float[] dz, int dzOffset, int lddz, boolean accumulate) {
        this.factor = factor;
        this.dz = dz;
        this.dzOffset = dzOffset;
        this.lddz = lddz;
        this.accumulate = accumulate;
        run(workers, rows, cols, z, zOffset, ldz, label, labelOffset);
    }

    private void run(Workers workers, int rows, int cols, float[] z, int zOffset, int ldz, int[] label,
            int labelOffset) {
        this.workers = workers;
        this.rows = rows;
        this.cols = cols;
        this.z = z;
        this.zOffset = zOffset;
        this.ldz = ldz;
        this.label = label;
        this.labelOffset = labelOffset;
        rowsPerTask = Math.max(1, BLOCK / cols);
        int tasks = (rows - 1) / rowsPerTask + 1;
        try {
            if (tasks <= SMALL_TASKS && tasks * (long) cols <= SMALL_TASKS * BLOCK) {
                for (int task = 0; task < tasks; task++) {
                    run(task, 0);
                }
            } else {
                workers.run(this, tasks);
            }
        } finally {
            this.workers = null;
            this.z = null;
            this.label = null;
            losses = null;
            dz = null;
        }
    }

    @Override
    public void run(int task, int worker) {
        int from = task * rowsPerTask;
        int count = Math.min(rowsPerTask, rows - from);
        int max = TERMS + Math.max(BLOCK, cols);
        float[] scratch = workers.scratch(worker, max + count);
        for (int i = 0; i < count; i++) {
            int row = zOffset + (from + i) * ldz;
            scratch[max + i] = VectorMath.greatest(cols, z, row);
            if (dz == null) {
                losses[from + i] = -(z[row + label[labelOffset + from + i]] - scratch[max + i]);
            }
        }
        // To dz, if it is free: while exp computes, memory has time to take what it stores.
        boolean isFree = dz != null && dz != z && lddz == cols && !accumulate;
        float[] terms = isFree ? dz : scratch;
        int termsOffset = isFree ? dzOffset + from * cols : TERMS;
        SoftmaxTerms.exponentials(count, cols, z, zOffset + from * ldz, ldz, scratch, max, terms, termsOffset);
        for (int i = 0; i < count; i++) {
            int row = termsOffset + i * cols;
            // One of the largest has the term 1 exactly. Left out of the sum, it cannot swallow the digits of the others. In a
            // row with NaN or infinity no term need be 1, but then the sum or the term found instead is NaN.
            int largest = row + VectorMath.firstEqual(cols, terms, row, 1f);
            float one = terms[largest];
            terms[largest] = 0;
            double others = SoftmaxTerms.sum(cols, terms, row, scratch) + (one - 1.0);
            terms[largest] = one;
            if (dz == null) {
                // Not Math.log1p, whose bits may depend on the JIT.
                losses[from + i] = (float) (losses[from + i] + StrictMath.log1p(others));
            } else {
                gradient(from + i, terms, row, others);
            }
        }
    }

    private void gradient(int i, float[] terms, int termsOffset, double others) {
        int row = dzOffset + i * lddz;
        int atLabel = row + label[labelOffset + i];
        double perTerm = factor / (1 + others);
        double rest = 1.0 - terms[termsOffset + label[labelOffset + i]] + others;
        float old = dz[atLabel];
        SoftmaxTerms.scale(cols, terms, termsOffset, (float) perTerm, dz, row, accumulate);
        float d = (float) (-perTerm * rest);
        dz[atLabel] = accumulate ? old + d : d;
    }
}
