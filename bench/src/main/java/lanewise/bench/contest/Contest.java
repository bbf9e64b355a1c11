package lanewise.bench.contest;

import java.io.PrintWriter;
import java.util.List;

/**
 * Measures contestants side by side: one process each, one sample at a time, in turns, so that whatever happens to the
 * machine happens to all of them.
 *
 * <p>
 * A <em>window</em> is all rounds of one workload in one pass: a second or so. Before and after it the FMA rate of the
 * machine is measured on the same number of threads, and during it the time that other processes take. When somebody else
 * had the processors, the window is measured again.
 */
public final class Contest {

    private final Family family;
    private final Contestant meter;
    private final Schedule schedule;
    private final PrintWriter progress;

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
     * Measures. Each pass has new processes, because the code that a JIT produces differs from process to process.
     *
     * @param workloads the rows
     * @return all samples and limits
     * @throws InterruptedException when the thread is interrupted
     */
    public Measurements run(List<Workload> workloads) throws InterruptedException {
        var measurements = new Measurements();
        for (int pass = 1; pass <= schedule.passes(); pass++) {
            for (int threads : schedule.threads()) {
                String title = "pass %d of %d, %s, ".formatted(pass, schedule.passes(), inWords(threads));
                try (var field = new Field(family.contestants(threads), meter, threads, schedule, measurements)) {
                    for (Workload workload : workloads) {
                        progress.println(title + field.measure(workload));
                        progress.flush();
                    }
                }
            }
        }
        return measurements;
    }

    /**
     * A number of threads.
     *
     * @param threads the number
     * @return such as {@code 1 thread}
     */
    public static String inWords(int threads) {
        return threads == 1 ? "1 thread" : threads + " threads";
    }
}
