package lanewise.kernels.layout;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;
import lanewise.kernels.internal.RowJob;

/** Numbers of classes as rows of zeros with a one. */
public final class OneHot {

    private OneHot() {}

    /**
     * y[o][m][i] ← m = index[o][i] ? on : off.
     *
     * @shape index: outer × inner; y: outer × n × inner
     * @writes overwrites y
     * @aliasing outputs must not overlap inputs (not detected)
     * @workspace none
     * @error exact
     * @special on and off may be any numbers; no elements: nothing is done
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX OneHot-11, with numbers in range; PyTorch one_hot
     *
     * @param workers the team that computes
     * @param outer number of blocks
     * @param n classes: elements of a row
     * @param inner rows of a block; 1 for rows along the last axis
     * @param off what stands elsewhere
     * @param on what stands at the class
     * @param index the numbers of classes, from 0 to n − 1
     * @param indexOffset index of the first
     * @param y the rows
     * @param yOffset index of the first element
     * @throws IllegalArgumentException if outer, n or inner is negative, or a number is out of range
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int outer, int n, int inner, float off, float on, int[] index,
            int indexOffset, float[] y, int yOffset) {
        String op = "OneHot.forward";
        Checks.workers(op, workers);
        Checks.size(op, "outer", outer);
        Checks.size(op, "n", n);
        Checks.size(op, "inner", inner);
        Checks.vector(op, "index", index, indexOffset, (long) outer * inner);
        Checks.vector(op, "y", y, yOffset, RowJob.length(outer, n, inner));
        Checks.numbers(op, outer * inner, n, "the classes", index, indexOffset);
        if (outer > 0 && inner > 0) {
            workers.reusable(Job.class, Job::new).run(workers, outer, n, inner, off, on, index, indexOffset, y,
                    yOffset);
        }
    }

    private static final class Job implements Workers.Job {

        // Elements of a task, about: a microsecond of work.
        private static final int TASK = 16384;

        private int outer;
        private int n;
        private int inner;
        private float off;
        private float on;
        private int[] index;
        private int indexOffset;
        private float[] y;
        private int yOffset;
        private int blocksPerTask;

        void run(Workers workers, int outer, int n, int inner, float off, float on, int[] index, int indexOffset,
                float[] y, int yOffset) {
            this.outer = outer;
            this.n = n;
            this.inner = inner;
            this.off = off;
            this.on = on;
            this.index = index;
            this.indexOffset = indexOffset;
            this.y = y;
            this.yOffset = yOffset;
            blocksPerTask = (int) Math.max(1, TASK / ((long) n * inner));
            try {
                workers.run(this, Math.ceilDiv(outer, blocksPerTask));
            } finally {
                this.index = null;
                this.y = null;
            }
        }

        @Override
        public void run(int task, int worker) {
            int first = task * blocksPerTask;
            int end = Math.min(outer, first + blocksPerTask);
            Arrays.fill(y, yOffset + first * n * inner, yOffset + end * n * inner, off);
            for (int block = first; block < end; block++) {
                int whole = yOffset + block * n * inner;
                for (int i = 0; i < inner; i++) {
                    y[whole + index[indexOffset + block * inner + i] * inner + i] = on;
                }
            }
        }
    }
}
