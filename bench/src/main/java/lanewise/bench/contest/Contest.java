package lanewise.bench.contest;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures contestants side by side: one process each, one sample at a time, in turns, so that whatever happens to the
 * machine happens to all of them.
 *
 * <p>
 * A <em>window</em> is all rounds of one workload in one pass: a second or so. Before and after it the FMA rate of the
 * machine is measured on the same number of threads; when it is below {@value #CALM} of its best, somebody else had the
 * processor, and the window is measured again.
 */
public final class Contest {

    /** The canary's rate relative to its best below which a window is measured again. */
    static final double CALM = 0.92;

    private static final int MAX_REPETITIONS = 4;
    private static final int CALIBRATIONS = 5;
    // After a call the idle threads of OpenMP and OpenBLAS spin for up to about 30 ms.
    private static final long SETTLE_MILLIS = 40;
    private static final long CALM_DOWN_MILLIS = 1000;
    // A call this long averages the noise by itself: one sample in a window is enough.
    private static final double LONG_SECONDS = 0.5;

    private final Family family;
    private final Contestant meter;
    private final Schedule schedule;
    private final PrintWriter progress;
    private final Measurements measurements = new Measurements();

    /**
     * Makes a contest.
     *
     * @param family who takes part
     * @param meter whose engine is {@link MachineLimits}
     * @param schedule how long and how often
     * @param progress receives a line per window
     */
    public Contest(Family family, Contestant meter, Schedule schedule, PrintWriter progress) {
        this.family = family;
        this.meter = meter;
        this.schedule = schedule;
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @param workloads the rows
     * @return all samples and limits
     * @throws InterruptedException when the thread is interrupted
     */
    public Measurements run(List<Workload> workloads) throws InterruptedException {
        for (int pass = 1; pass <= schedule.passes(); pass++) {
            for (int threads : schedule.threads()) {
                try (var field = new Field(threads)) {
                    for (Workload workload : workloads) {
                        field.measure(workload,
                                "pass %d of %d, %s".formatted(pass, schedule.passes(), inWords(threads)));
                    }
                }
            }
        }
        return measurements;
    }

    static String inWords(int threads) {
        return threads == 1 ? "1 thread" : threads + " threads";
    }

    /** The processes of one pass on one number of threads. */
    private final class Field implements AutoCloseable {

        private final int threads;
        private final List<ContestantProcess> processes = new ArrayList<>();
        private final ContestantProcess limits;

        Field(int threads) throws InterruptedException {
            this.threads = threads;
            try {
                limits = new ContestantProcess(meter, threads);
            } catch (ContestantProcess.FailedException e) {
                throw unmeasurable(e);
            }
            for (Contestant contestant : family.contestants(threads)) {
                try {
                    var process = new ContestantProcess(contestant, threads);
                    processes.add(process);
                    measurements.addVersion(contestant, process.description());
                } catch (ContestantProcess.FailedException e) {
                    measurements.addAbsent(contestant, e.getMessage());
                }
            }
            for (int i = 0; i < CALIBRATIONS; i++) {
                canary();
            }
        }

        private static IllegalStateException unmeasurable(ContestantProcess.FailedException e) {
            return new IllegalStateException("the limits of the machine cannot be measured: " + e.getMessage(), e);
        }

        void measure(Workload workload, String title) throws InterruptedException {
            List<ContestantProcess> ready = prepare(workload);
            if (!workload.limit().equals(Limit.FMA)) {
                limit(workload.limit());
            }
            Map<ContestantProcess, List<Double>> best = Map.of();
            double calmest = -1;
            int repetitions = 0;
            for (double before = canary();; repetitions++) {
                Map<ContestantProcess, List<Double>> samples = window(workload, ready);
                double after = canary();
                double calm = Math.min(before, after);
                if (calm > calmest) {
                    calmest = calm;
                    best = samples;
                }
                if (calm >= CALM || repetitions == MAX_REPETITIONS) {
                    break;
                }
                Thread.sleep(CALM_DOWN_MILLIS);
                before = canary();
            }
            measurements.addWindow(repetitions, calmest < CALM);
            best.forEach((process, samples) -> {
                if (!samples.isEmpty()) {
                    measurements.addPass(workload, threads, process.contestant(), samples);
                }
            });
            report(workload, title, best, calmest, repetitions);
        }

        private List<ContestantProcess> prepare(Workload workload) throws InterruptedException {
            var ready = new ArrayList<ContestantProcess>();
            for (ContestantProcess process : processes) {
                try {
                    process.prepare(workload, schedule.warmUpSeconds());
                    ready.add(process);
                } catch (ContestantProcess.FailedException e) {
                    measurements.addFailure(process.contestant(), threads, workload, e.getMessage());
                }
                settle();
            }
            return ready;
        }

        private Map<ContestantProcess, List<Double>> window(Workload workload, List<ContestantProcess> ready)
                throws InterruptedException {
            var samples = new LinkedHashMap<ContestantProcess, List<Double>>();
            ready.forEach(process -> samples.put(process, new ArrayList<>()));
            for (int round = 0; round < schedule.rounds(); round++) {
                for (ContestantProcess process : List.copyOf(ready)) {
                    List<Double> taken = samples.get(process);
                    if (!taken.isEmpty() && taken.getFirst() > LONG_SECONDS) {
                        continue;
                    }
                    try {
                        taken.add(process.sample(workload, schedule.sampleSeconds()));
                    } catch (ContestantProcess.FailedException e) {
                        measurements.addFailure(process.contestant(), threads, workload, e.getMessage());
                        ready.remove(process);
                    }
                    settle();
                }
            }
            return samples;
        }

        // The FMA rate now, relative to the best of the run.
        private double canary() throws InterruptedException {
            double rate = limit(Limit.FMA);
            return rate / measurements.limit(Limit.FMA, threads);
        }

        private double limit(Limit limit) throws InterruptedException {
            try {
                double rate = limits.limit(limit);
                measurements.addLimit(limit, threads, rate);
                settle();
                return rate;
            } catch (ContestantProcess.FailedException e) {
                throw unmeasurable(e);
            }
        }

        private void settle() throws InterruptedException {
            if (threads > 1) {
                Thread.sleep(SETTLE_MILLIS);
            }
        }

        private void report(Workload workload, String title, Map<ContestantProcess, List<Double>> samples, double calm,
                int repetitions) {
            var line = new StringBuilder(title).append(", ").append(workload.name()).append(':');
            samples.forEach((process, seconds) -> {
                if (!seconds.isEmpty()) {
                    double rate = workload.unit().rate(workload.work(), Statistics.median(seconds));
                    line.append(String.format(Locale.ROOT, " %s %.4g,", process.contestant().label(), rate));
                }
            });
            line.append(String.format(Locale.ROOT, " canary %.2f", calm));
            if (repetitions > 0) {
                line.append(" after ").append(repetitions).append(" repetitions");
            }
            progress.println(line);
            progress.flush();
        }

        @Override
        public void close() {
            processes.forEach(ContestantProcess::close);
            limits.close();
        }
    }
}
