package lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import lanewise.bench.activation.ReluBenchmark;
import lanewise.bench.activation.SigmoidBenchmark;
import lanewise.bench.contest.DisagreementException;
import lanewise.bench.convolution.ConvolutionBenchmark;
import lanewise.bench.elementwise.ElementwiseBenchmark;
import lanewise.bench.embedding.EmbeddingBenchmark;
import lanewise.bench.gemm.GemmBenchmark;
import lanewise.bench.layout.StridedBenchmark;
import lanewise.bench.loss.QuadraticLossBenchmark;
import lanewise.bench.loss.SigmoidCrossEntropyBenchmark;
import lanewise.bench.loss.SoftmaxCrossEntropyBenchmark;
import lanewise.bench.optimizer.SgdBenchmark;
import lanewise.bench.pooling.AdaptiveAveragePoolingBenchmark;
import lanewise.bench.pooling.AdaptiveMaxPoolingBenchmark;
import lanewise.bench.pooling.AveragePoolingBenchmark;
import lanewise.bench.pooling.LpPoolingBenchmark;
import lanewise.bench.pooling.MaxPoolingBenchmark;
import lanewise.bench.pooling.MaxUnpoolingBenchmark;
import lanewise.bench.random.PhiloxBenchmark;
import lanewise.bench.reduction.ReductionBenchmark;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** The comparisons that the benchmarks make before they are timed, at a size that is no multiple of a vector. */
final class KernelBenchmarksTest {

    private static final int N = 1003;

    @TestFactory
    List<DynamicTest> kernelsAndPlainLoopsAgree() {
        var relu = new ReluBenchmark();
        relu.n = N;
        var sigmoid = new SigmoidBenchmark();
        sigmoid.n = N;
        var elementwise = new ElementwiseBenchmark();
        elementwise.n = N;
        var quadratic = new QuadraticLossBenchmark();
        quadratic.n = N;
        var crossEntropy = new SigmoidCrossEntropyBenchmark();
        crossEntropy.n = N;
        var softmax = new SoftmaxCrossEntropyBenchmark();
        softmax.shape = "17x59";
        var sgd = new SgdBenchmark();
        sgd.n = N;
        var philox = new PhiloxBenchmark();
        philox.n = N;
        var reduction = new ReductionBenchmark();
        reduction.rows = 17;
        reduction.cols = 59;
        var gemm = new GemmBenchmark();
        gemm.shape = "7x9x33 At*B";
        var convolution = new ConvolutionBenchmark();
        convolution.shape = "conv 2x6x7x9 k4 g2 3x3 s2 p1 backward-data";
        var strided = new StridedBenchmark();
        strided.shape = "2x5x7";
        var embedding = new EmbeddingBenchmark();
        embedding.shape = "17x59";
        var maxPooling = new MaxPoolingBenchmark();
        maxPooling.size = 38;
        maxPooling.planes = 3;
        var averagePooling = new AveragePoolingBenchmark();
        averagePooling.size = 38;
        averagePooling.planes = 3;
        var lpPooling = new LpPoolingBenchmark();
        lpPooling.size = 38;
        lpPooling.planes = 3;
        var maxUnpooling = new MaxUnpoolingBenchmark();
        maxUnpooling.size = 38;
        maxUnpooling.planes = 3;
        var adaptiveMaxPooling = new AdaptiveMaxPoolingBenchmark();
        adaptiveMaxPooling.size = 38;
        adaptiveMaxPooling.planes = 3;
        var adaptiveAveragePooling = new AdaptiveAveragePoolingBenchmark();
        adaptiveAveragePooling.size = 38;
        adaptiveAveragePooling.planes = 3;
        return List.of(test(relu, relu::prepare), test(sigmoid, sigmoid::prepare),
                test(elementwise, elementwise::prepare), test(quadratic, quadratic::prepare),
                test(crossEntropy, crossEntropy::prepare), test(softmax, softmax::prepare), test(sgd, sgd::prepare),
                test(philox, philox::prepare),
                test(reduction, reduction::prepare), test(gemm, gemm::prepare),
                test(convolution, convolution::prepare), test(strided, strided::prepare),
                test(embedding, embedding::prepare),
                test(maxPooling, maxPooling::prepare),
                test(averagePooling, averagePooling::prepare),
                test(lpPooling, lpPooling::prepare),
                test(maxUnpooling, maxUnpooling::prepare),
                test(adaptiveMaxPooling, adaptiveMaxPooling::prepare),
                test(adaptiveAveragePooling, adaptiveAveragePooling::prepare));
    }

    private static DynamicTest test(KernelBenchmark benchmark, Executable prepare) {
        benchmark.threads = 2;
        return DynamicTest.dynamicTest(benchmark.getClass().getSimpleName(), () -> {
            prepare.execute();
            benchmark.close();
        });
    }

    @Test
    void aWrongResultIsNotTimed() {
        var failure = assertThrows(DisagreementException.class,
                () -> KernelBenchmark.requireAgreement("y", new float[]{1, 2}, i -> 1, 4));
        assertEquals("y[1] = 2.0, formula 1.0, bound 2.4e-07", failure.getMessage());
        assertThrows(DisagreementException.class,
                () -> KernelBenchmark.requireAgreement("y", new float[]{Float.NaN}, i -> 1, 4));
    }
}
