package lanewise.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lanewise.bench.contest.Contestant;
import lanewise.bench.contest.Limit;
import lanewise.bench.contest.Measurements;
import lanewise.bench.contest.Unit;
import lanewise.bench.contest.Workload;
import org.junit.jupiter.api.Test;

final class ReportTest {

    private static final Workload SMALL = new Workload("32x32x32", 1e9, Unit.GFLOPS, Limit.FMA);
    private static final Workload LARGE = new Workload("64x64x64", 8e9, Unit.GFLOPS, Limit.FMA);

    private static Contestant contestant(String impl, String variant) {
        return new Contestant(impl, variant, "Engine", List.<Path>of(), List.of(), Map.of());
    }

    private final Measurements measurements = new Measurements();

    ReportTest() {
        measurements.addLimit(Limit.FMA, 1, 90);
        measurements.addLimit(Limit.FMA, 1, 100);
        measurements.addLimit(Limit.FMA, 2, 200);
        // 50 GFLOP/s: the median of the passes' medians 0.02, 0.02 and 0.04
        add(SMALL, 1, "lanewise", "", List.of(0.02, 0.02, 0.9), List.of(0.02), List.of(0.04));
        add(SMALL, 1, "onednn", "sgemm", List.of(0.05));
        add(SMALL, 1, "onednn", "matmul", List.of(0.025));
        add(SMALL, 1, "mkl", "", List.of(0.1));
        add(SMALL, 1, "scalar", "", List.of(0.001));
        add(LARGE, 1, "lanewise", "", List.of(0.1));
        add(LARGE, 1, "onednn", "sgemm", List.of(0.05));
        // on two threads the best sample counts
        add(SMALL, 2, "lanewise", "", List.of(0.04, 0.01, 0.04));
        add(SMALL, 2, "mkl", "", List.of(0.02, 0.05));
        measurements.addWindow(LARGE, 2, 2, true);
        measurements.addAbsent(contestant("openblas", ""), "no such library");
    }

    @SafeVarargs
    private void add(Workload workload, int threads, String impl, String variant, List<Double>... passes) {
        for (List<Double> pass : passes) {
            measurements.addPass(workload, threads, contestant(impl, variant), pass);
        }
    }

    private TextReport report() {
        return new TextReport("gemm", List.of(SMALL, LARGE), List.of(1, 2), measurements);
    }

    private Row row(Workload workload, String impl, int threads) {
        return report().rows().stream().filter(
                row -> row.workload().equals(workload.name()) && row.impl().equals(impl) && row.threads() == threads)
                .findFirst().orElseThrow();
    }

    @Test
    void onOneThreadTheMedianCounts() {
        Row row = row(SMALL, "lanewise", 1);
        assertEquals(0.02, row.medianSeconds());
        assertEquals(50, row.value(), 1e-9);
        assertEquals(0.5, row.fractionOfLimit(), 1e-12);
    }

    @Test
    void onSeveralThreadsTheBestSampleCounts() {
        Row row = row(SMALL, "lanewise", 2);
        assertEquals(0.04, row.medianSeconds());
        assertEquals(100, row.value(), 1e-9);
        assertEquals(2, row.ratioToBestPeer(), 1e-12);
        assertEquals(0.5, row.fractionOfLimit(), 1e-12);
    }

    @Test
    void theBetterVariantOfAPeerIsThePeer() {
        Row row = row(SMALL, "onednn", 1);
        assertEquals("matmul", row.variant());
        assertEquals(40, row.value(), 1e-9);
    }

    @Test
    void plainLoopsAreNoPeer() {
        assertEquals(1.25, row(SMALL, "lanewise", 1).ratioToBestPeer(), 1e-12);
        assertEquals(1, row(SMALL, "onednn", 1).ratioToBestPeer(), 1e-12);
    }

    @Test
    void tableNamesRatesRatiosMeansAndTheLeastRow() {
        String text = report().toString();
        assertLine(text, "gemm, 1 thread, medians; FMA peak 100.0 GFLOP/s");
        assertLine(text, "workload unit lanewise spread of limit onednn ratio mkl ratio scalar ratio best peer");
        assertLine(text, "32x32x32 GFLOP/s 50.0 100 % 50 % 40.0 1.25 10.0 5.00 1000 0.05 1.25");
        assertLine(text, "64x64x64 GFLOP/s 80.0 0 % 80 % 160 0.50 - - - - 0.50");
        assertLine(text, "geometric mean against onednn: 0.79 (2 rows)");
        assertLine(text, "geometric mean against mkl: 5.00 (1 rows)");
        assertLine(text, "least against the best peer of a row: 0.50 (64x64x64)");
        assertLine(text, "gemm, 2 threads, best samples; FMA peak 200.0 GFLOP/s");
        assertLine(text, "32x32x32 2.00");
        assertLine(text, "onednn (matmul), 1 thread: 32x32x32");
        assertLine(text, "64x64x64, 2 threads");
        assertLine(text, "openblas: no such library");
        assertLine(text,
                "1 windows; 2 times one was measured again because a canary was below 0.92 of its best or"
                        + " others took over 0.15 of a processor; 1 kept although still disturbed.");
    }

    private static void assertLine(String text, String expected) {
        assertTrue(text.lines().map(line -> line.strip().replaceAll(" +", " ")).anyMatch(expected::equals),
                () -> "no line <" + expected + "> in\n" + text);
    }

    @Test
    void columnsStandBelowEachOther() {
        var table = new Table();
        table.add(List.of("a", "rate"));
        table.add(List.of("long", "1"));
        assertEquals("a     rate\nlong     1\n", table.toString());
    }

    @Test
    void jsonIsAnArrayOfObjectsOfTenMembers() {
        var rows = List.of(
                new Row("gemm", "512x512x512 At*B", "lanewise", "", 1, 0.0025, 0.01, "GFLOP/s", 107.5, Double.NaN,
                        0.92),
                new Row("gemm", "a \"b\" \\\t", "scalar", "x", 2, 1, 0, "1/s", 1, 0.5, 0.25));
        assertEquals("""
                [
                  {"family": "gemm", "workload": "512x512x512 At*B", "impl": "lanewise", "threads": 1, \
                "median_s": 0.0025, "spread": 0.01, "unit": "GFLOP/s", "value": 107.5, "ratio_to_best_peer": null, \
                "fraction_of_limit": 0.92},
                  {"family": "gemm", "workload": "a \\"b\\" \\\\\\u0009", "impl": "scalar", "threads": 2, \
                "median_s": 1.0, "spread": 0.0, "unit": "1/s", "value": 1.0, "ratio_to_best_peer": 0.5, \
                "fraction_of_limit": 0.25}
                ]
                """, JsonReport.of(rows));
    }
}
