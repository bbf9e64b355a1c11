package lanewise.bench;

import lanewise.bench.contest.Engine;
import lanewise.bench.contest.Operation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.TearDown;

/** What the benchmarks share that run engines of contests: these make their operands and compare their results themselves. */
public abstract class EngineBenchmark extends KernelBenchmark {

    private Engine engine;
    private Operation lanewise;
    private Operation scalar;

    /** For benchmarks. */
    protected EngineBenchmark() {}

    /**
     * Makes operands and compares results.
     *
     * @param lanewiseEngine Lanewise
     * @param scalarEngine plain loops
     * @param workload the name of the workload
     */
    protected final void prepare(Engine lanewiseEngine, Engine scalarEngine, String workload) {
        engine = lanewiseEngine;
        lanewise = lanewiseEngine.prepare(workload);
        scalar = scalarEngine.prepare(workload);
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
