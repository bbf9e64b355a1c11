package lanewise.bench.contest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Everything that a contest has measured. */
public final class Measurements {

    private record Key(String workload, int threads, String impl, String variant) {}

    private record LimitKey(Limit limit, int threads) {}

    /**
     * The samples of one contestant in one row.
     *
     * @param impl the implementation
     * @param variant which of the contestants of that name
     * @param passes seconds per call, a list per pass
     */
    public record Series(String impl, String variant, List<List<Double>> passes) {

        /**
         * All samples.
         *
         * @return seconds per call
         */
        public List<Double> samples() {
            return passes.stream().flatMap(List::stream).toList();
        }

        /**
         * The median over passes of the medians of their samples.
         *
         * @return seconds per call
         */
        public double median() {
            return Statistics.median(passes.stream().map(Statistics::median).toList());
        }

        /**
         * The best sample.
         *
         * @return seconds per call
         */
        public double best() {
            return Statistics.quantile(samples(), 0);
        }
    }

    private final Map<Key, Series> series = new LinkedHashMap<>();
    private final Map<LimitKey, Double> limits = new LinkedHashMap<>();
    private final SortedMap<String, String> versions = new TreeMap<>();
    private final SortedMap<String, String> absent = new TreeMap<>();
    private final SortedSet<String> failures = new TreeSet<>();
    private int windows;
    private int repeated;
    private int stillDisturbed;
    private final SortedSet<String> disturbedRows = new TreeSet<>();

    /**
     * Adds the samples of one pass.
     *
     * @param workload the workload
     * @param threads the number of threads
     * @param contestant who was measured
     * @param samples seconds per call, at least one
     */
    public void addPass(Workload workload, int threads, Contestant contestant, List<Double> samples) {
        var key = new Key(workload.name(), threads, contestant.impl(), contestant.variant());
        series.computeIfAbsent(key, k -> new Series(k.impl(), k.variant(), new ArrayList<>())).passes()
                .add(List.copyOf(samples));
    }

    /**
     * Adds a measurement of a limit; the best one counts.
     *
     * @param limit which
     * @param threads on how many threads
     * @param rate the rate
     */
    public void addLimit(Limit limit, int threads, double rate) {
        limits.merge(new LimitKey(limit, threads), rate, Math::max);
    }

    /**
     * Notes what a contestant says of itself.
     *
     * @param contestant who
     * @param description on one line
     */
    public void addVersion(Contestant contestant, String description) {
        versions.put(contestant.label(), description);
    }

    /**
     * Notes who could not take part.
     *
     * @param contestant who
     * @param reason on one line
     */
    public void addAbsent(Contestant contestant, String reason) {
        absent.put(contestant.label(), reason);
    }

    /**
     * Notes what a contestant could not run.
     *
     * @param contestant who
     * @param threads the number of threads
     * @param workload the workload
     * @param reason on one line
     */
    public void addFailure(Contestant contestant, int threads, Workload workload, String reason) {
        failures.add(contestant.label() + ", " + Contest.inWords(threads) + ", " + workload.name() + ": " + reason);
    }

    /**
     * Counts a window.
     *
     * @param workload the workload
     * @param threads the number of threads
     * @param repetitions how often it was measured again
     * @param disturbed whether it was kept although it was still disturbed
     */
    public void addWindow(Workload workload, int threads, int repetitions, boolean disturbed) {
        windows++;
        repeated += repetitions;
        if (disturbed) {
            stillDisturbed++;
            disturbedRows.add(workload.name() + ", " + Contest.inWords(threads));
        }
    }

    /**
     * Rows with a window that stayed disturbed: no evidence.
     *
     * @return workload and number of threads
     */
    public SortedSet<String> disturbedRows() {
        return disturbedRows;
    }

    /**
     * The contestants of a row.
     *
     * @param workload the workload
     * @param threads the number of threads
     * @return a series for each contestant that was measured
     */
    public List<Series> series(Workload workload, int threads) {
        return series.entrySet().stream()
                .filter(e -> e.getKey().workload().equals(workload.name()) && e.getKey().threads() == threads)
                .map(Map.Entry::getValue).toList();
    }

    /**
     * A limit of the machine: the best that was seen during the run.
     *
     * @param limit which
     * @param threads on how many threads
     * @return the rate, or NaN when it was not measured
     */
    public double limit(Limit limit, int threads) {
        return limits.getOrDefault(new LimitKey(limit, threads), Double.NaN);
    }

    /**
     * What each contestant says of itself.
     *
     * @return label to description
     */
    public SortedMap<String, String> versions() {
        return versions;
    }

    /**
     * Who could not take part.
     *
     * @return label to reason
     */
    public SortedMap<String, String> absent() {
        return absent;
    }

    /**
     * Rows that a contestant could not run.
     *
     * @return sentences
     */
    public SortedSet<String> failures() {
        return failures;
    }

    /**
     * How calm the machine was.
     *
     * @return a sentence
     */
    public String canary() {
        return "%d windows; %d times one was measured again because %s; %d kept although still disturbed"
                .formatted(windows, repeated, Calm.CONDITION, stillDisturbed);
    }
}
