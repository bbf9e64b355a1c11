package lanewise.kernels.diagnostics;

import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.VectorMath;

/**
 * What this machine can do: the limits that kernels are measured against. The speeds are measured when asked for, with
 * the same vectors as kernels use.
 */
public final class Machine {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final Class<FloatVector> VECTOR = Lanes.VECTOR;
    private static final int LANES = Lanes.LANES;

    private static final int ACCUMULATORS = 12;
    private static final int WARM_UP_CALLS = 20_000;
    private static final int WARM_UP_STEPS = 16;
    private static final int STEPS_PER_TASK = 4096;
    private static final int TASKS_PER_THREAD = 32;
    // Many short windows: on a busy machine some are undisturbed.
    private static final int LEAST_WINDOWS = 5;
    private static final long MEASURING_NANOS = 100_000_000;
    private static final long WINDOW_NANOS = 1_000_000;
    private static final int COPY_CHUNK = 1 << 16;

    private Machine() {}

    /**
     * The width of the vectors that kernels use.
     *
     * @return bits
     */
    public static int vectorBits() {
        return FLOATS.vectorBitSize();
    }

    /**
     * Whether fused multiply-add is an instruction here.
     *
     * @return whether it is
     */
    public static boolean hasFma() {
        return Lanes.FMA;
    }

    /**
     * Whether there are 32 vector registers and not 16.
     *
     * @return whether there are
     */
    public static boolean hasWideRegisterFile() {
        return Lanes.WIDE_REGISTER_FILE;
    }

    /**
     * The most fused multiply-adds that this machine does now, as the best of many short windows; about 0.1 seconds, and some
     * more at the first call. Other load on the machine lowers it.
     *
     * @param workers the team whose threads compute
     * @return 10<sup>9</sup> floating-point operations per second; a multiply-add counts as two
     */
    public static double fmaPeak(Workers workers) {
        Objects.requireNonNull(workers, "Machine.fmaPeak: workers is null");
        FmaJob job = new FmaJob(workers);
        job.steps = WARM_UP_STEPS;
        for (int i = 0; i < WARM_UP_CALLS; i++) {
            job.run(0, 0);
        }
        job.steps = STEPS_PER_TASK;
        double flopsPerTask = 2.0 * ACCUMULATORS * LANES * STEPS_PER_TASK;
        return flopsPerTask / best(workers, job, TASKS_PER_THREAD * workers.threads());
    }

    /**
     * The speed of copying an array of this size now, as the best of many short windows: 0.1 seconds, or the time
     * of five copies if that is longer.
     *
     * @param workers the team whose threads copy
     * @param bytes size of the array
     * @return 10<sup>9</sup> bytes per second; each byte counts twice, since it is read and written
     * @throws IllegalArgumentException if the size is not that of a float array of at least one element
     */
    public static double copyBandwidth(Workers workers, long bytes) {
        Objects.requireNonNull(workers, "Machine.copyBandwidth: workers is null");
        if (bytes < Float.BYTES || bytes / Float.BYTES > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("Machine.copyBandwidth: bytes = " + bytes + ", need " + Float.BYTES
                    + " <= bytes <= " + Float.BYTES * (Integer.MAX_VALUE - 8L));
        }
        CopyJob job = new CopyJob((int) (bytes / Float.BYTES));
        double nanosPerTask = best(workers, job, job.tasks());
        return 2.0 * Float.BYTES * job.from.length / (nanosPerTask * job.tasks());
    }

    /** The least time of a task, in nanoseconds, over windows of one or more runs of a job. */
    private static double best(Workers workers, Workers.Job job, int tasks) {
        double best = Double.POSITIVE_INFINITY;
        long begin = System.nanoTime();
        for (int window = 0; window < LEAST_WINDOWS || System.nanoTime() - begin < MEASURING_NANOS; window++) {
            long start = System.nanoTime();
            long elapsed;
            long runs = 0;
            do {
                workers.run(job, tasks);
                runs++;
                elapsed = System.nanoTime() - start;
            } while (elapsed < WINDOW_NANOS);
            best = Math.min(best, (double) elapsed / (runs * tasks));
        }
        return best;
    }

    private static final class FmaJob implements Workers.Job {

        private final Workers workers;
        private int steps;

        FmaJob(Workers workers) {
            this.workers = workers;
        }

        @Override
        public void run(int task, int worker) {
            multiplyAdd(steps, workers.scratch(worker, ACCUMULATORS * LANES));
        }
    }

    /**
     * Twelve independent chains: more than the 8 to 10 that two units with a latency of 4 or 5 cycles keep busy, and with the
     * two factors still within 16 registers. The sums grow so slowly that they never overflow nor become subnormal.
     */
    private static void multiplyAdd(int steps, float[] sums) {
        FloatVector x = FloatVector.broadcast(FLOATS, 0x1p-10f);
        FloatVector y = FloatVector.broadcast(FLOATS, 0x1p-10f);
        FloatVector s0 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector s1 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector s2 = FloatVector.broadcast(FLOATS, 2f);
        FloatVector s3 = FloatVector.broadcast(FLOATS, 3f);
        FloatVector s4 = FloatVector.broadcast(FLOATS, 4f);
        FloatVector s5 = FloatVector.broadcast(FLOATS, 5f);
        FloatVector s6 = FloatVector.broadcast(FLOATS, 6f);
        FloatVector s7 = FloatVector.broadcast(FLOATS, 7f);
        FloatVector s8 = FloatVector.broadcast(FLOATS, 8f);
        FloatVector s9 = FloatVector.broadcast(FLOATS, 9f);
        FloatVector s10 = FloatVector.broadcast(FLOATS, 10f);
        FloatVector s11 = FloatVector.broadcast(FLOATS, 11f);
        for (int i = 0; i < steps; i++) {
            s0 = VectorMath.mulAdd(x, y, s0);
            s1 = VectorMath.mulAdd(x, y, s1);
            s2 = VectorMath.mulAdd(x, y, s2);
            s3 = VectorMath.mulAdd(x, y, s3);
            s4 = VectorMath.mulAdd(x, y, s4);
            s5 = VectorMath.mulAdd(x, y, s5);
            s6 = VectorMath.mulAdd(x, y, s6);
            s7 = VectorMath.mulAdd(x, y, s7);
            s8 = VectorMath.mulAdd(x, y, s8);
            s9 = VectorMath.mulAdd(x, y, s9);
            s10 = VectorMath.mulAdd(x, y, s10);
            s11 = VectorMath.mulAdd(x, y, s11);
        }
        VECTOR.cast(s0).intoArray(sums, 0);
        VECTOR.cast(s1).intoArray(sums, LANES);
        VECTOR.cast(s2).intoArray(sums, 2 * LANES);
        VECTOR.cast(s3).intoArray(sums, 3 * LANES);
        VECTOR.cast(s4).intoArray(sums, 4 * LANES);
        VECTOR.cast(s5).intoArray(sums, 5 * LANES);
        VECTOR.cast(s6).intoArray(sums, 6 * LANES);
        VECTOR.cast(s7).intoArray(sums, 7 * LANES);
        VECTOR.cast(s8).intoArray(sums, 8 * LANES);
        VECTOR.cast(s9).intoArray(sums, 9 * LANES);
        VECTOR.cast(s10).intoArray(sums, 10 * LANES);
        VECTOR.cast(s11).intoArray(sums, 11 * LANES);
    }

    private static final class CopyJob implements Workers.Job {

        private final float[] from;
        private final float[] to;

        CopyJob(int length) {
            from = new float[length];
            to = new float[length];
        }

        int tasks() {
            return (from.length - 1) / COPY_CHUNK + 1;
        }

        @Override
        public void run(int task, int worker) {
            int offset = task * COPY_CHUNK;
            System.arraycopy(from, offset, to, offset, Math.min(COPY_CHUNK, from.length - offset));
        }
    }
}
