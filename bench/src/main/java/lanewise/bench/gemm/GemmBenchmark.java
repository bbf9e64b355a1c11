package lanewise.bench.gemm;

import lanewise.bench.EngineBenchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Products of matrices. */
public class GemmBenchmark extends EngineBenchmark {

    /** The shape, as {@link GemmShape#parse} reads it. */
    @Param({"32x32x32", "128x128x128", "512x512x512", "1x1024x1024", "512x512x512 A*Bt"})
    public String shape;

    /** For JMH. */
    public GemmBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        prepare(new LanewiseGemm(threads), new ScalarGemm(1), shape);
    }
}
