package lanewise.kernels.recurrent;

import lanewise.kernels.Workers;

/** Passes over the rows of a batch, one or two for each step; rows are shared among the workers. */
abstract class StepJob implements Workers.Job {

    // Units that a task computes at least: some microseconds.
    private static final int TASK = 1024;

    Workers workers;
    int batch;
    int hidden;
    int step;
    private int rowsPerTask;

    final void begin(Workers team, int rows, int units) {
        workers = team;
        batch = rows;
        hidden = units;
        rowsPerTask = Math.max(1, TASK / units);
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
