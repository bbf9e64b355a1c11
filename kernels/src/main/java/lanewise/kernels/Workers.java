package lanewise.kernels;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.IdentityHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A team of threads and their scratch memory: all that a kernel needs besides its operands.
 *
 * <p>
 * The caller makes it, passes it to every kernel and closes it; there is no static pool. The calling thread is worker 0
 * and takes its share of every job, so {@code of(1)} starts no thread. A team serves one caller at a time: two threads
 * that compute at once need two teams.
 *
 * <p>
 * Kernels cut their work by shape, never by the number of threads, and every task writes what no other task writes, so
 * results do not depend on the size of the team. Waiting threads spin for a bounded time and then park: starting work
 * costs about half a microsecond while they spin, where an executor needs tens.
 */
public final class Workers implements AutoCloseable {

    /** The part of a kernel that runs on several threads. */
    @FunctionalInterface
    public interface Job {

        /**
         * Runs one task.
         *
         * @param task which task
         * @param worker which worker runs it; its scratch memory is free for the task
         */
        void run(int task, int worker);
    }

    // About 100 microseconds: longer than the gap between two kernels of a training step, short enough to be no burden.
    private static final int SPINS = 4_000;
    private static final int SPINS_BEFORE_YIELD = 20_000;

    // The ticket holds the job's number in its high half and the next task in its low half. While a job is being set up
    // the low half is CLOSED, so that a late worker can never take a task of a job that it has not read.
    private static final int CLOSED = Integer.MAX_VALUE;
    private static final VarHandle TICKET;
    private static final VarHandle COMPLETED;
    private static final VarHandle BUSY;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            TICKET = lookup.findVarHandle(Workers.class, "ticket", long.class);
            COMPLETED = lookup.findVarHandle(Workers.class, "completed", int.class);
            BUSY = lookup.findVarHandle(Workers.class, "busy", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // Two lines of the caches, as processors fetch them in pairs. What one worker writes must not be in a line with what another
    // reads: both then wait for each other at every write.
    private static final int APART = 32;

    private final Helper[] helpers;
    private final float[][] scratch;
    private final float[][] distance;
    private final IdentityHashMap<Class<?>, Object> reusable = new IdentityHashMap<>();
    private final int spins;
    private float[] sharedScratch = new float[0];
    private Job job;
    private int tasks;
    private volatile long ticket = CLOSED;
    private volatile int completed;
    private volatile Throwable failure;
    private volatile boolean closed;
    @SuppressWarnings("unused") // set through BUSY
    private volatile boolean busy;

    private Workers(int threads) {
        scratch = new float[threads][0];
        distance = new float[threads][];
        helpers = new Helper[threads - 1];
        spins = threads <= Runtime.getRuntime().availableProcessors() ? SPINS : 1;
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Helper(i + 1);
        }
    }

    /**
     * A team of the calling thread alone.
     *
     * @return a new team
     */
    public static Workers single() {
        return of(1);
    }

    /**
     * A team of some threads, the caller counted as one. The others are daemon threads.
     *
     * @param threads how many, at least 1
     * @return a new team
     * @throws IllegalArgumentException if {@code threads} is less than 1
     */
    public static Workers of(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("Workers: threads = " + threads + ", need threads >= 1");
        }
        Workers workers = new Workers(threads);
        for (Helper helper : workers.helpers) {
            helper.start();
        }
        return workers;
    }

    /**
     * The number of threads, the caller counted as one.
     *
     * @return the number
     */
    public int threads() {
        return scratch.length;
    }

    /**
     * Runs every task in {@code [0, tasks)} exactly once and returns when all are done. What the tasks wrote is then
     * visible to the caller. For authors of kernels.
     *
     * @param job the work; a failure in it is thrown here after all tasks have ended
     * @param tasks how many tasks
     * @throws IllegalStateException if the team is closed, or is running a job already (for another thread, or for the
     *             job that calls)
     */
    public void run(Job job, int tasks) {
        if (KernelEvent.isWanted()) {
            runRecorded(job, tasks);
        } else {
            runUnrecorded(job, tasks);
        }
    }

    private void runRecorded(Job job, int tasks) {
        KernelEvent event = new KernelEvent();
        event.begin();
        runUnrecorded(job, tasks);
        event.end();
        if (event.shouldCommit()) {
            event.kernel = job.getClass();
            event.tasks = tasks;
            event.threads = threads();
            event.commit();
        }
    }

    private void runUnrecorded(Job job, int tasks) {
        begin();
        try {
            if (helpers.length == 0 || tasks <= 1) {
                for (int task = 0; task < tasks; task++) {
                    job.run(task, 0);
                }
            } else {
                runTogether(job, tasks);
            }
        } finally {
            busy = false;
        }
    }

    /**
     * Scratch memory of one worker, for use within a job or between jobs. Its contents are undefined. It grows when more
     * is asked for than ever before and then stays, so that nothing is allocated in steady state.
     *
     * @param worker the worker
     * @param floats how many elements at least
     * @return the array
     */
    public float[] scratch(int worker, int floats) {
        float[] mine = scratch[worker];
        return mine.length >= floats ? mine : grow(worker, floats);
    }

    /** With a distance to the object that was made before, often the job, whose fields all workers read, and to the next one. */
    private float[] grow(int worker, int floats) {
        distance[worker] = new float[APART];
        scratch[worker] = new float[floats + APART];
        return scratch[worker];
    }

    /**
     * Scratch memory that all workers of a job read, asked for before the job starts. Its contents are undefined.
     *
     * @param floats how many elements at least
     * @return the array
     */
    public float[] sharedScratch(int floats) {
        return sharedScratch.length >= floats ? sharedScratch : (sharedScratch = new float[floats]);
    }

    /**
     * The team's one object of a class, made at the first request: a kernel keeps the operands of its jobs there, so
     * that a call allocates nothing.
     *
     * @param type the class
     * @param factory makes the object; must not capture anything
     * @param <T> the class
     * @return the object
     */
    public <T> T reusable(Class<T> type, Supplier<T> factory) {
        Object known = reusable.get(type);
        if (known == null) {
            known = factory.get();
            reusable.put(type, known);
        }
        return type.cast(known);
    }

    /** Ends the team's threads. A second call does nothing. */
    @Override
    public void close() {
        closed = true;
        for (Helper helper : helpers) {
            LockSupport.unpark(helper);
        }
    }

    private void begin() {
        if (closed) {
            throw new IllegalStateException("Workers: this team is closed");
        }
        if (!BUSY.compareAndSet(this, false, true)) {
            throw new IllegalStateException(
                    "Workers: this team is running a job already; a team serves one caller at a "
                            + "time, so give each thread a team of its own");
        }
    }

    private void runTogether(Job job, int tasks) {
        long number = (ticket >>> 32) + 1 & 0xFFFF_FFFFL;
        this.job = job;
        this.tasks = tasks;
        completed = 0;
        ticket = number << 32;
        for (int i = 0; i < helpers.length && i < tasks - 1; i++) {
            helpers[i].wake();
        }
        takeTasks(0, number);
        for (int waited = 0; completed < tasks; waited++) {
            if (waited < SPINS_BEFORE_YIELD && spins > 1) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        ticket = number << 32 | CLOSED;
        this.job = null;
        Throwable failed = failure;
        if (failed != null) {
            failure = null;
            if (failed instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failed;
        }
    }

    /**
     * Takes tasks of the job with this number until none is left: as many successive ones at a time as a fair share of a
     * half of what is left, so that a worker goes through memory in long stretches.
     */
    private void takeTasks(int worker, long number) {
        for (;;) {
            long now = ticket;
            int first = (int) now;
            if (now >>> 32 != number || first >= tasks) {
                return;
            }
            int count = Math.max(1, (tasks - first) / (2 * threads()));
            if (TICKET.compareAndSet(this, now, now + count)) {
                try {
                    for (int task = first; task < first + count; task++) {
                        runOne(task, worker);
                    }
                } finally {
                    COMPLETED.getAndAdd(this, count);
                }
            }
        }
    }

    private void runOne(int task, int worker) {
        try {
            job.run(task, worker);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    private final class Helper extends Thread {

        private final int worker;
        private volatile boolean parked;

        Helper(int worker) {
            super("lanewise-worker-" + worker);
            this.worker = worker;
            setDaemon(true);
        }

        @Override
        public void run() {
            long done = 0;
            while (!closed) {
                done = awaitJobAfter(done);
                takeTasks(worker, done);
            }
        }

        void wake() {
            if (parked) {
                LockSupport.unpark(this);
            }
        }

        private long awaitJobAfter(long done) {
            for (int i = 0; i < spins; i++) {
                if (isOpenAfter(done)) {
                    return ticket >>> 32;
                }
                Thread.onSpinWait();
            }
            parked = true;
            while (!isOpenAfter(done) && !closed) {
                LockSupport.park(Workers.this);
                Thread.interrupted(); // an interrupt means nothing to this thread, but would turn park into a busy loop
            }
            parked = false;
            return ticket >>> 32;
        }

        private boolean isOpenAfter(long done) {
            long now = ticket;
            return now >>> 32 != done && (int) now != CLOSED;
        }
    }
}
