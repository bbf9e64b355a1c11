package lanewise.kernels.pooling;

import java.util.Arrays;
import lanewise.kernels.Workers;

/**
 * A job over planes that have nothing to do with one another. A task is as many of them as make a microsecond of work or
 * more, whatever the number of threads.
 */
abstract class PlaneJob implements Workers.Job {

    private static final int TASK = 8192;

    private Workers workers;
    private int planes;
    private int planesPerTask;
    private int[][] ints = new int[0][];
    private boolean[] prepared = {};

    /** Computes one plane. */
    abstract void plane(int plane, int worker);

    /** What a worker does once before its first plane. */
    void prepare(int worker) {}

    /** Lets go of the operands. */
    abstract void forget();

    /**
     * Computes all planes.
     *
     * @param workers the team
     * @param planes how many there are
     * @param planeLength elements of the larger of a plane's input and output
     */
    final void run(Workers workers, int planes, int planeLength) {
        if (planes == 0) {
            return;
        }
        this.workers = workers;
        this.planes = planes;
        planesPerTask = Math.max(1, TASK / planeLength);
        if (ints.length < workers.threads()) {
            ints = new int[workers.threads()][0];
            prepared = new boolean[workers.threads()];
        }
        Arrays.fill(prepared, false);
        try {
            workers.run(this, (planes - 1) / planesPerTask + 1);
        } finally {
            this.workers = null;
            forget();
        }
    }

    @Override
    public final void run(int task, int worker) {
        int end = Math.min(planes, (task + 1) * planesPerTask);
        if (!prepared[worker]) {
            prepare(worker);
            prepared[worker] = true;
        }
        for (int plane = task * planesPerTask; plane < end; plane++) {
            plane(plane, worker);
        }
    }

    /** Scratch memory of a worker. */
    final float[] scratch(int worker, int floats) {
        return workers.scratch(worker, floats);
    }

    /** Scratch memory of a worker for integers. */
    final int[] ints(int worker, int length) {
        int[] mine = ints[worker];
        return mine.length >= length ? mine : (ints[worker] = new int[length]);
    }

    static void requireArguments(String operation, Workers workers, Object geometry) {
        if (workers == null) {
            throw new NullPointerException(operation + ": workers is null");
        }
        if (geometry == null) {
            throw new NullPointerException(operation + ": geometry is null");
        }
    }
}
