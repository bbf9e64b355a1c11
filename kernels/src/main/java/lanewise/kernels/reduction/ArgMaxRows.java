package lanewise.kernels.reduction;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;

/** The first maximum of each row: the body of {@link Reduction#argMaxRows}, and its job for a team. */
final class ArgMaxRows implements Workers.Job {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

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
        float max = max(n, x, xOffset);
        return Float.isNaN(max) ? firstNaN(n, x, xOffset) : firstEqual(n, x, xOffset, max);
    }

    private static float max(int n, float[] x, int xOffset) {
        int main = FLOATS.loopBound(n);
        float max = Float.NEGATIVE_INFINITY;
        if (main > 0) {
            FloatVector m = FloatVector.fromArray(FLOATS, x, xOffset);
            for (int i = LANES; i < main; i += LANES) {
                m = m.max(FloatVector.fromArray(FLOATS, x, xOffset + i));
            }
            max = m.reduceLanes(VectorOperators.MAX);
        }
        for (int i = main; i < n; i++) {
            max = Math.max(max, x[xOffset + i]);
        }
        return max;
    }

    private static int firstEqual(int n, float[] x, int xOffset, float value) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            VectorMask<Float> equal = FloatVector.fromArray(FLOATS, x, xOffset + i).compare(VectorOperators.EQ, value);
            if (equal.anyTrue()) {
                return i + equal.firstTrue();
            }
        }
        for (int i = main; i < n - 1; i++) {
            if (x[xOffset + i] == value) {
                return i;
            }
        }
        return n - 1;
    }

    private static int firstNaN(int n, float[] x, int xOffset) {
        int i = 0;
        while (i < n - 1 && !Float.isNaN(x[xOffset + i])) {
            i++;
        }
        return i;
    }
}
