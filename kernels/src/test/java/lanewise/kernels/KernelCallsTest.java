package lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.Stream;
import lanewise.kernels.activation.Relu;
import lanewise.kernels.activation.Sigmoid;
import lanewise.kernels.elementwise.Elementwise;
import lanewise.kernels.loss.QuadraticLoss;
import lanewise.kernels.loss.SigmoidCrossEntropy;
import lanewise.kernels.loss.SoftmaxCrossEntropy;
import lanewise.kernels.optimizer.Sgd;
import lanewise.kernels.random.Philox;
import lanewise.kernels.reduction.Reduction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every kernel promises besides its result: no allocation, and the same bits from every team. */
class KernelCallsTest {

    // Several chunks and blocks, and a tail in the last.
    private static final int LARGE = 40_003;
    private static final int SMALL = 1003;

    private static final float[] X = new float[LARGE];
    private static final float[] T = new float[LARGE];

    static {
        Philox.normal(1, 1, LARGE, 0f, 3f, X, 0);
        Philox.uniform(1, 2, LARGE, 0f, 1f, T, 0);
    }

    /** A kernel on n elements of X and T, which leaves its result in y or index. */
    private interface Call {
        void run(Workers workers, int n, float[] y, int[] index);
    }

    private record Kernel(String name, Call call) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kernel> kernels() {
        float[] dLoss = {0.7f};
        return Stream.of(new Kernel("Relu.forward", (w, n, y, index) -> Relu.forward(w, n, X, 0, y, 0)),
                new Kernel("Relu.backward", (w, n, y, index) -> Relu.backward(w, n, X, 0, T, 0, y, 0, true)),
                new Kernel("Sigmoid.forward", (w, n, y, index) -> Sigmoid.forward(w, n, X, 0, y, 0)),
                new Kernel("Sigmoid.backward", (w, n, y, index) -> Sigmoid.backward(w, n, T, 0, X, 0, y, 0, true)),
                new Kernel("QuadraticLoss.forward",
                        (w, n, y, index) -> QuadraticLoss.forward(w, n, 0.3f, X, 0, T, 0, y, 0)),
                new Kernel("QuadraticLoss.backward",
                        (w, n, y, index) -> QuadraticLoss.backward(w, n, 0.3f, X, 0, T, 0, dLoss, 0, y, 0, true)),
                new Kernel("SigmoidCrossEntropy.forward",
                        (w, n, y, index) -> SigmoidCrossEntropy.forward(w, n, 0.3f, X, 0, T, 0, y, 0)),
                new Kernel("SigmoidCrossEntropy.backward",
                        (w, n, y, index) -> SigmoidCrossEntropy.backward(w, n, 0.3f, X, 0, T, 0, dLoss, 0, y, 0, true)),
                new Kernel("SoftmaxCrossEntropy.forward",
                        (w, n, y, index) -> SoftmaxCrossEntropy.forward(w, n / 10, 10, 0.3f, X, 0, 10, index, 0, y, 0)),
                new Kernel("SoftmaxCrossEntropy.backward",
                        (w, n, y, index) -> SoftmaxCrossEntropy.backward(w, n / 10, 10, 0.3f, X, 0, 10, index, 0, dLoss,
                                0, y, 0, 10, true)),
                new Kernel("Sgd.update", (w, n, y, index) -> Sgd.update(w, n, 0.1f, 0.01f, X, 0, y, 0)),
                new Kernel("Elementwise.add", (w, n, y, index) -> Elementwise.add(w, n, X, 0, T, 0, y, 0)),
                new Kernel("Elementwise.multiply", (w, n, y, index) -> Elementwise.multiply(w, n, X, 0, T, 0, y, 0)),
                new Kernel("Elementwise.axpy", (w, n, y, index) -> Elementwise.axpy(w, n, 0.7f, X, 0, y, 0)),
                new Kernel("Elementwise.scale", (w, n, y, index) -> Elementwise.scale(w, n, 0.7f, X, 0, y, 0)),
                new Kernel("Reduction.sum", (w, n, y, index) -> Reduction.sum(w, n, X, 0, y, 0)),
                new Kernel("Reduction.columnSums, few rows",
                        (w, n, y, index) -> Reduction.columnSums(w, 7, n / 7, X, 0, n / 7, y, 0, true)),
                new Kernel("Reduction.columnSums, few columns",
                        (w, n, y, index) -> Reduction.columnSums(w, n / 100, 100, X, 0, 100, y, 0, true)),
                new Kernel("Reduction.argMaxRows",
                        (w, n, y, index) -> Reduction.argMaxRows(w, n / 10, 10, X, 0, 10, index, 0)),
                new Kernel("Philox.bits", (w, n, y, index) -> Philox.bits(1, 2, n, index, 0)),
                new Kernel("Philox.uniform", (w, n, y, index) -> Philox.uniform(1, 2, n, 0f, 1f, y, 0)),
                new Kernel("Philox.normal", (w, n, y, index) -> Philox.normal(1, 2, n, 0f, 1f, y, 0)),
                new Kernel("Philox.permutation", (w, n, y, index) -> Philox.permutation(1, 2, n, index, 0)));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void teamsOfEverySizeGiveTheSameBits(Kernel kernel) {
        for (int n : new int[]{SMALL, LARGE}) {
            float[] expected = result(kernel, n, 1);
            for (int threads = 2; threads <= 4; threads++) {
                assertArrayEquals(expected, result(kernel, n, threads));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void allocatesNothing(Kernel kernel) {
        float[] y = new float[LARGE];
        int[] index = new int[LARGE];
        try (Workers workers = Workers.of(2)) {
            // Before C2 has compiled a kernel its vectors are objects: warm up until a series of calls allocates nothing.
            long allocated = Long.MAX_VALUE;
            for (int series = 0; series < 200 && allocated > 0; series++) {
                allocated = allocatedBy(() -> {
                    for (int i = 0; i < 20; i++) {
                        kernel.call.run(workers, SMALL, y, index);
                        kernel.call.run(workers, LARGE, y, index);
                    }
                });
            }
            assertEquals(0, allocated, "bytes in the last series of 40 calls");
        }
    }

    private static float[] result(Kernel kernel, int n, int threads) {
        float[] y = Arrays.copyOf(T, LARGE + n);
        int[] index = new int[n];
        try (Workers workers = Workers.of(threads)) {
            kernel.call.run(workers, n, y, index);
        }
        for (int i = 0; i < n; i++) {
            y[LARGE + i] = Float.intBitsToFloat(index[i] & 0x7F7F_FFFF);
        }
        return y;
    }

    private static long allocatedBy(Runnable calls) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        calls.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
