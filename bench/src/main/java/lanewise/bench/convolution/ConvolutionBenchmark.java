package lanewise.bench.convolution;

import lanewise.bench.EngineBenchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Convolutions, forward and backward. */
public class ConvolutionBenchmark extends EngineBenchmark {

    /** The shape, as {@link ConvolutionShape#parse} reads it. */
    @Param({"conv 64x1x28x28 k6 5x5 s1 p2 forward", "conv 8x64x56x56 k64 3x3 s1 p1 forward",
            "conv 8x64x56x56 k64 3x3 s1 p1 backward-data", "conv 8x64x56x56 k64 3x3 s1 p1 backward-filter",
            "conv 8x144x28x28 k144 g144 3x3 s1 p1 forward"})
    public String shape;

    /** For JMH. */
    public ConvolutionBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        prepare(new LanewiseConvolution(threads), new ScalarConvolution(1), shape);
    }
}
