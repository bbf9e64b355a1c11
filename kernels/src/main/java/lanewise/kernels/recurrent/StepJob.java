package lanewise.kernels.recurrent;

import lanewise.kernels.Workers;

/** Passes over the rows of a batch, one or two for each step; rows are shared among the workers. */
abstract class StepJob implements Workers.Job {

    // Units that a task computes at least: some microseconds.
    private static final int TASK = 1024;
    // Numbers that stay in the second-level cache.
    private static final int CACHED = 1 << 18;
    // Rows of a product that make packed weights pay.
    private static final int MANY_ROWS = 128;

    Workers workers;
    int batch;
    int hidden;
    int step;
    private int rowsPerTask;

    final void begin(Workers team, int rows, int units) {
        workers = team;
        batch = rows;
        hidden = units;
        rowsPerTask = Math.max(1, TASK / Math.max(1, units));
    }

    /**
     * Steps whose inputs are multiplied by one product: so many that it is a large one, and no more than those whose results, so wide a
     * row, are still cached when their step adds to them.
     */
    final int stepsTogether(int width) {
        int rows = Math.max(1, batch);
        return Math.max(Math.ceilDiv(MANY_ROWS, rows), CACHED / Math.max(1, rows * width));
    }

    /** Computes all rows of the present step. */
    final void pass() {
        int tasks = Math.ceilDiv(batch, rowsPerTask);
        if (batch * hidden <= 2 * TASK) {
            for (int task = 0; task < tasks; task++) {
                run(task, 0);
            }
        } else {
            workers.run(this, tasks);
        }
    }

    @Override
    public final void run(int task, int worker) {
        int end = Math.min(batch, (task + 1) * rowsPerTask);
        for (int row = task * rowsPerTask; row < end; row++) {
            row(row, worker);
        }
    }

    /** Computes a row of the present step. */
    abstract void row(int row, int worker);
}
