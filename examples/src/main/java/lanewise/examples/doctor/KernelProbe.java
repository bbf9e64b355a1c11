package lanewise.examples.doctor;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Relu;
import lanewise.kernels.activation.Sigmoid;
import lanewise.kernels.elementwise.Elementwise;
import lanewise.kernels.gemm.Gemm;
import lanewise.kernels.gemm.Transpose;
import lanewise.kernels.loss.QuadraticLoss;
import lanewise.kernels.optimizer.Sgd;
import lanewise.kernels.random.Philox;
import lanewise.kernels.reduction.Reduction;

/**
 * A piece of work that is typical of a kernel family, and how fast it should be.
 *
 * @param family the kernel family
 * @param workload what is computed
 * @param limit what bounds its speed
 * @param work how much one run does: floating-point operations, or bytes read and written, as the limit counts
 * @param expected the share of the limit that it reaches on every machine where nothing is in its way; well below what is
 *            usual, for this looks for cliffs and not for percents
 * @param run does the work once
 */
record KernelProbe(String family, String workload, Limit limit, double work, double expected, Consumer<Workers> run) {

    /** What bounds a kernel's speed. */
    enum Limit {
        /** It computes: the bound is the speed of fused multiply-adds. */
        FMA_PEAK("GFLOP/s", "the FMA peak"),
        /** It moves data: the bound is the speed of a copy. */
        COPY("GB/s", "the speed of a copy");

        private final String unit;
        private final String title;

        Limit(String unit, String title) {
            this.unit = unit;
            this.title = title;
        }

        String unit() {
            return unit;
        }

        String title() {
            return title;
        }
    }

    /**
     * One probe per family.
     *
     * @param side rows and columns of the matrices
     * @param n length of the vectors
     */
    static List<KernelProbe> all(int side, int n) {
        return List.of(gemm(side), relu(n), sigmoid(n), add(n), sum(n), quadraticLoss(n), sgd(n), uniform(n));
    }

    private static KernelProbe gemm(int n) {
        float[] a = filled(n * n);
        float[] b = filled(n * n);
        float[] c = new float[n * n];
        return new KernelProbe("gemm", n + "x" + n + "x" + n, Limit.FMA_PEAK, 2.0 * n * n * n, 0.5,
                workers -> Gemm.sgemm(workers, Transpose.NO_TRANS, Transpose.NO_TRANS, n, n, n, 1f, a, 0, n, b, 0, n,
                        0f, c, 0, n));
    }

    private static KernelProbe relu(int n) {
        float[] x = filled(n);
        float[] y = new float[n];
        return streaming("activation", "ReLU", 2, n, 0.4, workers -> Relu.forward(workers, n, x, 0, y, 0));
    }

    private static KernelProbe sigmoid(int n) {
        float[] x = filled(n);
        float[] y = new float[n];
        return streaming("activation", "sigmoid", 2, n, 0.1, workers -> Sigmoid.forward(workers, n, x, 0, y, 0));
    }

    private static KernelProbe add(int n) {
        float[] a = filled(n);
        float[] b = filled(n);
        float[] y = new float[n];
        return streaming("elementwise", "addition", 3, n, 0.4,
                workers -> Elementwise.add(workers, n, a, 0, b, 0, y, 0));
    }

    private static KernelProbe sum(int n) {
        float[] x = filled(n);
        float[] sum = new float[1];
        return streaming("reduction", "sum", 1, n, 0.3, workers -> Reduction.sum(workers, n, x, 0, sum, 0));
    }

    private static KernelProbe quadraticLoss(int n) {
        float[] y = filled(n);
        float[] target = new float[n];
        float[] loss = new float[1];
        return streaming("loss", "quadratic loss", 2, n, 0.3,
                workers -> QuadraticLoss.forward(workers, n, 1f, y, 0, target, 0, loss, 0));
    }

    private static KernelProbe sgd(int n) {
        float[] dw = filled(n);
        float[] w = filled(n);
        return streaming("optimizer", "SGD", 3, n, 0.4, workers -> Sgd.update(workers, n, 1e-3f, 0f, dw, 0, w, 0));
    }

    private static KernelProbe uniform(int n) {
        float[] x = new float[n];
        return streaming("random", "uniform draws", 1, n, 0.002, workers -> Philox.uniform(7, 0, n, 0f, 1f, x, 0));
    }

    private static KernelProbe streaming(String family, String what, int streams, int n, double expected,
            Consumer<Workers> run) {
        return new KernelProbe(family, what + " of " + n / 1024 + " Ki floats", Limit.COPY,
                (double) streams * Float.BYTES * n, expected, run);
    }

    private static float[] filled(int n) {
        float[] x = new float[n];
        Arrays.fill(x, 0.5f);
        return x;
    }
}
