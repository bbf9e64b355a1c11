package lanewise.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lanewise.bench.contest.Contest;
import lanewise.bench.contest.Contestant;
import lanewise.bench.contest.Measurements;
import lanewise.bench.contest.Statistics;
import lanewise.bench.contest.Workload;

/** A contest as a person reads it: a table per number of threads, and what follows from it. */
public final class TextReport {

    private final String family;
    private final List<Workload> workloads;
    private final List<Integer> threads;
    private final Measurements measurements;
    private final List<Row> rows = new ArrayList<>();

    /**
     * Makes the report.
     *
     * @param family the family
     * @param workloads its rows
     * @param threads the numbers of threads, a table each
     * @param measurements all samples
     */
    public TextReport(String family, List<Workload> workloads, List<Integer> threads, Measurements measurements) {
        this.family = family;
        this.workloads = workloads;
        this.threads = threads;
        this.measurements = measurements;
        for (int count : threads) {
            for (Workload workload : workloads) {
                rows.addAll(Row.of(family, workload, count, measurements));
            }
        }
    }

    /**
     * The rows of the report.
     *
     * @return for JSON
     */
    public List<Row> rows() {
        return List.copyOf(rows);
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int count : threads) {
            text.append(header(count)).append(table(count)).append('\n');
            text.append(summary(count));
        }
        text.append(scaling());
        text.append(measurements.canary()).append(".\n");
        section(text, "Disturbed", List.copyOf(measurements.disturbedRows()));
        section(text, "Better variant of each row", variants());
        section(text, "Versions", pairs(measurements.versions()));
        section(text, "Absent", pairs(measurements.absent()));
        section(text, "Failed", List.copyOf(measurements.failures()));
        return text.toString();
    }

    private String header(int count) {
        String what = count == 1 ? "medians" : "best samples";
        String limits = workloads.stream().map(Workload::limit).distinct()
                .map(limit -> String.format(Locale.ROOT, "%s %.1f %s", limit.title(),
                        measurements.limit(limit, count), limit.unit().symbol()))
                .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "%s, %s, %s; %s%n%n", family, Contest.inWords(count), what, limits);
    }

    private String table(int count) {
        var table = new Table();
        List<String> impls = impls(count);
        var head = new ArrayList<String>(List.of("workload", "unit"));
        for (String impl : impls) {
            head.add(impl);
            if (impl.equals(Contestant.LANEWISE)) {
                head.addAll(List.of("spread", "of limit"));
            } else {
                head.add("ratio");
            }
        }
        head.add("best peer");
        table.add(head);
        for (Workload workload : workloads) {
            table.add(cells(workload, count, impls));
        }
        return table.toString();
    }

    private List<String> cells(Workload workload, int count, List<String> impls) {
        var cells = new ArrayList<String>(List.of(workload.name(), workload.unit().symbol()));
        Optional<Row> own = row(workload, Contestant.LANEWISE, count);
        for (String impl : impls) {
            Optional<Row> row = row(workload, impl, count);
            cells.add(row.map(r -> rate(r.value())).orElse("-"));
            if (impl.equals(Contestant.LANEWISE)) {
                cells.add(row.map(r -> percent(r.spread())).orElse("-"));
                cells.add(row.map(r -> percent(r.fractionOfLimit())).orElse("-"));
            } else {
                cells.add(row.flatMap(peer -> own.map(o -> ratio(o.value() / peer.value()))).orElse("-"));
            }
        }
        cells.add(own.map(Row::ratioToBestPeer).filter(Double::isFinite).map(TextReport::ratio).orElse("-"));
        return cells;
    }

    private String summary(int count) {
        var text = new StringBuilder();
        for (String impl : impls(count)) {
            double[] ratios = workloads.stream()
                    .flatMap(workload -> row(workload, Contestant.LANEWISE, count)
                            .flatMap(own -> row(workload, impl, count).map(peer -> own.value() / peer.value()))
                            .stream())
                    .mapToDouble(Double::doubleValue).toArray();
            if (!impl.equals(Contestant.LANEWISE) && ratios.length > 0) {
                text.append(String.format(Locale.ROOT, "geometric mean against %s: %.2f (%d rows)%n", impl,
                        Statistics.geometricMean(ratios), ratios.length));
            }
        }
        rows.stream()
                .filter(row -> row.threads() == count && row.impl().equals(Contestant.LANEWISE)
                        && Double.isFinite(row.ratioToBestPeer()))
                .min(Row.byRatio()).ifPresent(row -> text.append(String.format(Locale.ROOT,
                        "least against the best peer of a row: %.2f (%s)%n", row.ratioToBestPeer(), row.workload())));
        return text.append('\n').toString();
    }

    // How much faster Lanewise is on several threads than on one, both at their best.
    private String scaling() {
        if (!threads.contains(1) || threads.size() < 2) {
            return "";
        }
        var table = new Table();
        var head = new ArrayList<String>(List.of("lanewise, best with best"));
        threads.stream().filter(count -> count > 1).forEach(count -> head.add(Contest.inWords(count) + " over 1"));
        table.add(head);
        for (Workload workload : workloads) {
            double one = best(workload, 1);
            var cells = new ArrayList<String>(List.of(workload.name()));
            threads.stream().filter(count -> count > 1).mapToDouble(count -> one / best(workload, count))
                    .forEach(scale -> cells.add(Double.isFinite(scale) ? ratio(scale) : "-"));
            table.add(cells);
        }
        return table.toString() + "\n";
    }

    private double best(Workload workload, int count) {
        return measurements.series(workload, count).stream().filter(s -> s.impl().equals(Contestant.LANEWISE))
                .mapToDouble(Measurements.Series::best).min().orElse(Double.NaN);
    }

    private List<String> variants() {
        Map<String, Set<String>> winners = new TreeMap<>();
        for (Row row : rows) {
            if (!row.variant().isEmpty()) {
                winners.computeIfAbsent(row.impl() + " (" + row.variant() + "), " + Contest.inWords(row.threads()),
                        key -> new LinkedHashSet<>()).add(row.workload());
            }
        }
        return winners.entrySet().stream().map(e -> e.getKey() + ": " + String.join(", ", e.getValue())).toList();
    }

    private List<String> impls(int count) {
        return rows.stream().filter(row -> row.threads() == count).map(Row::impl).distinct().toList();
    }

    private Optional<Row> row(Workload workload, String impl, int count) {
        return rows.stream().filter(row -> row.workload().equals(workload.name()) && row.impl().equals(impl)
                && row.threads() == count).findFirst();
    }

    private static void section(StringBuilder text, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append('\n').append(title).append(":\n");
            lines.forEach(line -> text.append("  ").append(line).append('\n'));
        }
    }

    private static List<String> pairs(Map<String, String> map) {
        return map.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList();
    }

    private static String rate(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String percent(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.0f %%", 100 * value) : "-";
    }
}
