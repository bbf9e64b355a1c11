package lanewise.kernels.reduction;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.VectorMath;

/** The first maximum of each row: the body of {@link Reduction#argMaxRows}, and its job for a team. */
final class ArgMaxRows implements Workers.Job {

    private int rows;
    private int cols;
    private int rowsPerTask;
    private float[] x;
    private int xOffset;
    private int ldx;
    private int[] index;
    private int indexOffset;

    void run(Workers workers, int rowsPerTask, int rows, int cols, float[] x, int xOffset, int ldx, int[] index,
            int indexOffset) {
        this.rows = rows;
        this.cols = cols;
        this.x = x;
        this.xOffset = xOffset;
        this.ldx = ldx;
        this.index = index;
        this.indexOffset = indexOffset;
        this.rowsPerTask = rowsPerTask;
        try {
            workers.run(this, (rows - 1) / rowsPerTask + 1);
        } finally {
            this.x = null;
            this.index = null;
        }
    }

    @Override
    public void run(int task, int worker) {
        int from = task * rowsPerTask;
        compute(Math.min(rowsPerTask, rows - from), cols, x, xOffset + from * ldx, ldx, index,
                indexOffset + from);
    }

    static void compute(int rows, int cols, float[] x, int xOffset, int ldx, int[] index, int indexOffset) {
        for (int i = 0; i < rows; i++) {
            index[indexOffset + i] = argMax(cols, x, xOffset + i * ldx);
        }
    }

    /** First the maximum, which may be NaN, then where it stands. */
    private static int argMax(int n, float[] x, int xOffset) {
        float max = VectorMath.max(n, x, xOffset);
        return Float.isNaN(max) ? firstNaN(n, x, xOffset) : VectorMath.firstEqual(n, x, xOffset, max);
    }

    private static int firstNaN(int n, float[] x, int xOffset) {
        int i = 0;
        while (i < n - 1 && !Float.isNaN(x[xOffset + i])) {
            i++;
        }
        return i;
    }
}
