package lanewise.kernels.embedding;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Rows;

/**
 * The body of {@link Embedding}. Looking up, a task is some rows; adding up, some columns of all rows, since two rows may go to
 * the same place.
 */
final class EmbeddingJob implements Workers.Job {

    // Elements of a task, about: a microsecond of work.
    private static final int TASK = 8192;
    // Columns of a task: some cache lines, of which two tasks share one at most.
    private static final int COLUMNS = 256;

    private boolean add;
    private int n;
    private int cols;
    private int perTask;
    private float[] from;
    private int fromOffset;
    private int[] index;
    private int indexOffset;
    private float[] to;
    private int toOffset;

    void lookUp(Workers workers, int n, int cols, float[] weight, int weightOffset, int[] index, int indexOffset,
            float[] y,
            int yOffset) {
        add = false;
        perTask = Math.max(1, TASK / cols);
        run(workers, Math.ceilDiv(n, perTask), n, cols, weight, weightOffset, index, indexOffset, y, yOffset);
    }

    void add(Workers workers, int n, int cols, float[] dy, int dyOffset, int[] index, int indexOffset, float[] dWeight,
            int dWeightOffset) {
        add = true;
        perTask = COLUMNS;
        run(workers, Math.ceilDiv(cols, perTask), n, cols, dy, dyOffset, index, indexOffset, dWeight, dWeightOffset);
    }

    private void run(Workers workers, int tasks, int n, int cols, float[] from, int fromOffset, int[] index,
            int indexOffset, float[] to, int toOffset) {
        this.n = n;
        this.cols = cols;
        this.from = from;
        this.fromOffset = fromOffset;
        this.index = index;
        this.indexOffset = indexOffset;
        this.to = to;
        this.toOffset = toOffset;
        try {
            workers.run(this, tasks);
        } finally {
            this.from = null;
            this.index = null;
            this.to = null;
        }
    }

    @Override
    public void run(int task, int worker) {
        int first = task * perTask;
        if (add) {
            int width = Math.min(perTask, cols - first);
            for (int i = 0; i < n; i++) {
                Rows.add(width, from, fromOffset + i * cols + first, to,
                        toOffset + index[indexOffset + i] * cols + first);
            }
        } else {
            for (int i = first; i < Math.min(n, first + perTask); i++) {
                Rows.copy(cols, from, fromOffset + index[indexOffset + i] * cols, to, toOffset + i * cols);
            }
        }
    }
}
