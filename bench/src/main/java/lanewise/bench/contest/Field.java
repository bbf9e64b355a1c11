package lanewise.bench.contest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The processes of one pass on one number of threads. Only one of them computes at any moment. */
final class Field implements AutoCloseable {

    private static final int CALIBRATIONS = 5;
    // After a call the idle threads of OpenMP and OpenBLAS spin for up to about 30 ms.
    private static final long SETTLE_MILLIS = 40;
    private static final long CALM_DOWN_MILLIS = 1000;
    // A call this long averages the noise by itself: one sample in a window is enough.
    private static final double LONG_SECONDS = 0.5;

    private final int threads;
    private final Schedule schedule;
    private final Measurements measurements;
    private final ContestantProcess limits;
    private final List<ContestantProcess> processes = new ArrayList<>();
    private final Placement placement;

    /** One measurement of a window. */
    private record Attempt(Map<ContestantProcess, List<Double>> samples, Calm calm) {}

    /** Starts the processes; those that cannot start are noted as absent. */
    Field(List<Contestant> contestants, Contestant meter, int threads, Schedule schedule, Measurements measurements)
            throws InterruptedException {
        this.threads = threads;
        this.schedule = schedule;
        this.measurements = measurements;
        placement = Placement.ofThisMachine();
        try {
            limits = new ContestantProcess(meter, threads);
        } catch (ContestantProcess.FailedException e) {
            throw unmeasurable(e);
        }
        for (Contestant contestant : contestants) {
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

    /** Measures all contestants in one workload. Returns a line that says what came out. */
    String measure(Workload workload) throws InterruptedException {
        List<ContestantProcess> ready = prepare(workload);
        if (!workload.limit().equals(Limit.FMA)) {
            limit(workload.limit());
        }
        Attempt best = attempt(workload, ready);
        boolean calm = best.calm().isEnough();
        int repetitions = 0;
        while (!calm && repetitions < schedule.repetitions()) {
            Thread.sleep(CALM_DOWN_MILLIS);
            Attempt attempt = attempt(workload, ready);
            if (attempt.calm().isCalmerThan(best.calm())) {
                best = attempt;
            }
            calm = attempt.calm().isEnough();
            repetitions++;
        }
        measurements.addWindow(workload, threads, repetitions, !best.calm().isEnough());
        best.samples().forEach((process, samples) -> {
            if (!samples.isEmpty()) {
                measurements.addPass(workload, threads, process.contestant(), samples);
            }
        });
        return inWords(workload, best, repetitions);
    }

    private List<ContestantProcess> prepare(Workload workload) throws InterruptedException {
        var ready = new ArrayList<ContestantProcess>();
        if (threads == 1) {
            // A JIT compiles beside the code that it warms up.
            placement.spread(handles());
        }
        for (ContestantProcess process : processes) {
            try {
                if (process.prepare(workload, schedule.warmUpSeconds())) {
                    ready.add(process);
                }
            } catch (ContestantProcess.FailedException e) {
                measurements.addFailure(process.contestant(), threads, workload, e.getMessage());
            }
            settle();
        }
        return ready;
    }

    private Attempt attempt(Workload workload, List<ContestantProcess> ready) throws InterruptedException {
        if (threads == 1) {
            gatherOnTheCalmestProcessor();
        }
        double before = canary();
        var load = new ForeignLoad(handles());
        Map<ContestantProcess, List<Double>> samples = window(workload, ready);
        double foreign = load.processors();
        return new Attempt(samples, new Calm(Math.min(before, canary()), foreign));
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

    private void gatherOnTheCalmestProcessor() throws InterruptedException {
        int calmest = -1;
        double best = 0;
        for (int processor : placement.processors()) {
            placement.gather(List.of(limits.handle()), processor);
            double rate = limit(Limit.SMALL_PRODUCT);
            if (rate > best) {
                best = rate;
                calmest = processor;
            }
        }
        if (calmest >= 0) {
            placement.gather(handles(), calmest);
        }
    }

    private List<ProcessHandle> handles() {
        return Stream.concat(processes.stream(), Stream.of(limits)).map(ContestantProcess::handle).toList();
    }

    // The rates now, relative to the best of the run; the lower of both.
    private double canary() throws InterruptedException {
        double fma = limit(Limit.FMA) / measurements.limit(Limit.FMA, threads);
        double product = limit(Limit.SMALL_PRODUCT) / measurements.limit(Limit.SMALL_PRODUCT, threads);
        return Math.min(fma, product);
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

    private static String inWords(Workload workload, Attempt attempt, int repetitions) {
        var line = new StringBuilder(workload.name()).append(": ");
        attempt.samples().forEach((process, seconds) -> {
            if (!seconds.isEmpty()) {
                double rate = workload.unit().rate(workload.work(), Statistics.median(seconds));
                line.append(String.format(Locale.ROOT, "%s %.4g, ", process.contestant().label(), rate));
            }
        });
        line.append(attempt.calm());
        if (repetitions > 0) {
            line.append(", repeated ").append(repetitions).append(repetitions == 1 ? " time" : " times");
        }
        return line.toString();
    }

    @Override
    public void close() {
        processes.forEach(ContestantProcess::close);
        limits.close();
    }
}
