package lanewise.bench.gemm;

import lanewise.bench.KernelBenchmark;
import lanewise.bench.contest.Operation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Products of matrices by the engines that also take part in contests, which compare their results themselves. */
public class GemmBenchmark extends KernelBenchmark {

    /** The shape, as {@link GemmShape#parse} reads it. */
    @Param({"32x32x32", "128x128x128", "512x512x512", "1x1024x1024", "512x512x512 A*Bt"})
    public String shape;

    private LanewiseGemm engine;
    private Operation lanewise;
    private Operation scalar;

    /** For JMH. */
    public GemmBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        engine = new LanewiseGemm(threads);
        lanewise = engine.prepare(shape);
        scalar = new ScalarGemm(1).prepare(shape);
    }

    /** Ends the threads. */
    @TearDown
    public void closeEngine() {
        engine.close();
    }

    /** Lanewise. */
    @Benchmark
    public void lanewise() {
        lanewise.run();
    }

    /** Plain loops. */
    @Benchmark
    public void scalar() {
        scalar.run();
    }
}
