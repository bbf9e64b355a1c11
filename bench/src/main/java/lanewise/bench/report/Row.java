package lanewise.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import lanewise.bench.contest.Contestant;
import lanewise.bench.contest.Measurements;
import lanewise.bench.contest.Measurements.Series;
import lanewise.bench.contest.Statistics;
import lanewise.bench.contest.Workload;

/**
 * One implementation in one workload: a row of the JSON report. On one thread the rate is that of the median; on several
 * it is that of the best sample, because there a virtual machine can lose half of its processors for seconds, so best is
 * compared with best.
 *
 * @param family the family
 * @param workload the workload's name
 * @param impl the implementation
 * @param variant which of its contestants was the best here
 * @param threads the number of threads
 * @param medianSeconds seconds per call, the median over passes of the medians of their samples
 * @param spread the distance between the quartiles of all samples, relative to their median
 * @param unit the unit of the rate
 * @param value the rate
 * @param ratioToBestPeer the rate relative to the best peer's in this workload, NaN without peers
 * @param fractionOfLimit the rate relative to the machine's limit
 */
public record Row(String family, String workload, String impl, String variant, int threads, double medianSeconds,
        double spread, String unit, double value, double ratioToBestPeer, double fractionOfLimit) {

    /**
     * Ranks what was measured.
     *
     * @param family the family
     * @param workload the workload
     * @param threads the number of threads
     * @param measurements all samples
     * @return a row for each implementation that was measured, in the order of the contestants
     */
    public static List<Row> of(String family, Workload workload, int threads, Measurements measurements) {
        Map<String, Series> fastest = new LinkedHashMap<>();
        for (Series series : measurements.series(workload, threads)) {
            fastest.merge(series.impl(), series,
                    (a, b) -> seconds(a, threads) <= seconds(b, threads) ? a : b);
        }
        OptionalDouble bestPeer = fastest.values().stream().filter(series -> Contestant.isPeer(series.impl()))
                .mapToDouble(series -> seconds(series, threads)).min();
        double limit = measurements.limit(workload.limit(), threads);
        var rows = new ArrayList<Row>();
        for (Series series : fastest.values()) {
            double value = workload.unit().rate(workload.work(), seconds(series, threads));
            double best = workload.unit().rate(workload.work(), bestPeer.orElse(Double.NaN));
            rows.add(new Row(family, workload.name(), series.impl(), series.variant(), threads, series.median(),
                    Statistics.spread(series.samples()), workload.unit().symbol(), value, value / best, value / limit));
        }
        return rows;
    }

    private static double seconds(Series series, int threads) {
        return threads == 1 ? series.median() : series.best();
    }

    static Comparator<Row> byRatio() {
        return Comparator.comparingDouble(Row::ratioToBestPeer);
    }
}
