package lanewise.properties.gradient;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.activation.Elu;
import lanewise.kernels.activation.Gelu;
import lanewise.kernels.activation.LeakyRelu;
import lanewise.kernels.activation.Relu;
import lanewise.kernels.activation.Sigmoid;
import lanewise.kernels.activation.Silu;
import lanewise.kernels.activation.Softplus;
import lanewise.kernels.activation.Tanh;
import lanewise.kernels.convolution.Convolution;
import lanewise.kernels.convolution.ConvolutionGeometry;
import lanewise.kernels.gemm.Gemm;
import lanewise.kernels.gemm.Transpose;
import lanewise.kernels.loss.QuadraticLoss;
import lanewise.kernels.loss.SigmoidCrossEntropy;
import lanewise.kernels.loss.SoftmaxCrossEntropy;
import lanewise.testing.GradientCheck;
import lanewise.testing.arbitrary.ConvolutionCase;
import lanewise.testing.reference.ConvolutionReference;
import lanewise.testing.reference.EluReference;
import lanewise.testing.reference.GeluReference;
import lanewise.testing.reference.LeakyReluReference;
import lanewise.testing.reference.QuadraticLossReference;
import lanewise.testing.reference.ReluReference;
import lanewise.testing.reference.SigmoidCrossEntropyReference;
import lanewise.testing.reference.SigmoidReference;
import lanewise.testing.reference.SiluReference;
import lanewise.testing.reference.SoftmaxCrossEntropyReference;
import lanewise.testing.reference.SoftplusReference;
import lanewise.testing.reference.TanhReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The backward kernel of each pair computes the gradient of its forward kernel's reference. */
class KernelGradientProperties {

    private static Workers workers;

    @BeforeContainer
    static void open() {
        workers = Workers.of(2);
    }

    @AfterContainer
    static void close() {
        workers.close();
    }

    @Property(tries = 50)
    void sigmoid(@ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
        GradientCheck.of(v -> weighted(v[1], Arrays.stream(v[0]).map(SigmoidReference::value).toArray()), v -> {
            float[] y = new float[n];
            float[] dx = new float[n];
            Sigmoid.forward(workers, n, v[0], 0, y, 0);
            Sigmoid.backward(workers, n, y, 0, v[1], 0, dx, 0, false);
            return new float[][]{dx, y};
        }).variable("x", n).variable("dy", n).seed(seed).assertCorrect();
    }

    @Property(tries = 50)
    void relu(@ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
        GradientCheck.of(v -> weighted(v[1], Arrays.stream(v[0]).map(ReluReference::value).toArray()), v -> {
            float[] y = new float[n];
            float[] dx = new float[n];
            Relu.forward(workers, n, v[0], 0, y, 0);
            Relu.backward(workers, n, y, 0, v[1], 0, dx, 0, false);
            return new float[][]{dx, y};
        }).variable("x", n).variable("dy", n).seed(seed).assertCorrect();
    }

    @Property(tries = 50)
    void tanh(@ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
        GradientCheck.of(v -> weighted(v[1], Arrays.stream(v[0]).map(TanhReference::value).toArray()), v -> {
            float[] y = new float[n];
            float[] dx = new float[n];
            Tanh.forward(workers, n, v[0], 0, y, 0);
            Tanh.backward(workers, n, y, 0, v[1], 0, dx, 0, false);
            return new float[][]{dx, y};
        }).variable("x", n).variable("dy", n).seed(seed).assertCorrect();
    }

    @Property(tries = 50)
    void silu(@ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
        GradientCheck.of(v -> weighted(v[1], Arrays.stream(v[0]).map(SiluReference::value).toArray()), v -> {
            float[] y = new float[n];
            float[] dx = new float[n];
            Silu.forward(workers, n, v[0], 0, y, 0);
            Silu.backward(workers, n, v[0], 0, v[1], 0, dx, 0, false);
            return new float[][]{dx, y};
        }).variable("x", n).variable("dy", n).seed(seed).assertCorrect();
    }

    @Property(tries = 50)
    void softplus(@ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
        GradientCheck.of(v -> weighted(v[1], Arrays.stream(v[0]).map(SoftplusReference::value).toArray()), v -> {
            float[] y = new float[n];
            float[] dx = new float[n];
            Softplus.forward(workers, n, v[0], 0, y, 0);
            Softplus.backward(workers, n, v[0], 0, v[1], 0, dx, 0, false);
            return new float[][]{dx, y};
        }).variable("x", n).variable("dy", n).seed(seed).assertCorrect();
    }

    @Property(tries = 50)
    void leakyRelu(@ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
        GradientCheck
                .of(v -> weighted(v[1], Arrays.stream(v[0]).map(x -> LeakyReluReference.value(0.25f, x)).toArray()),
                        v -> {
                            float[] y = new float[n];
                            float[] dx = new float[n];
                            LeakyRelu.forward(workers, n, 0.25f, v[0], 0, y, 0);
                            LeakyRelu.backward(workers, n, 0.25f, v[0], 0, v[1], 0, dx, 0, false);
                            return new float[][]{dx, y};
                        })
                .variable("x", n).variable("dy", n).seed(seed).assertCorrect();
    }

    @Property(tries = 50)
    void elu(@ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
        GradientCheck
                .of(v -> weighted(v[1], Arrays.stream(v[0]).map(x -> EluReference.value(1.5f, x)).toArray()), v -> {
                    float[] y = new float[n];
                    float[] dx = new float[n];
                    Elu.forward(workers, n, 1.5f, v[0], 0, y, 0);
                    Elu.backward(workers, n, 1.5f, v[0], 0, v[1], 0, dx, 0, false);
                    return new float[][]{dx, y};
                }).variable("x", n).variable("dy", n).seed(seed).assertCorrect();
    }

    @Property(tries = 50)
    void gelu(@ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
        GradientCheck.of(v -> weighted(v[1], Arrays.stream(v[0]).map(GeluReference::value).toArray()), v -> {
            float[] y = new float[n];
            float[] dx = new float[n];
            Gelu.forward(workers, n, v[0], 0, y, 0);
            Gelu.backward(workers, n, v[0], 0, v[1], 0, dx, 0, false);
            return new float[][]{dx, y};
        }).variable("x", n).variable("dy", n).seed(seed).assertCorrect();
    }

    @Property(tries = 50)
    void quadraticLoss(@ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
        float scale = 0.5f;
        GradientCheck.of(v -> QuadraticLossReference.value(scale, v[0], v[1]), v -> {
            float[] dy = new float[n];
            float[] dTarget = new float[n];
            QuadraticLoss.backward(workers, n, scale, v[0], 0, v[1], 0, new float[]{1}, 0, dy, 0, false);
            QuadraticLoss.backward(workers, n, scale, v[1], 0, v[0], 0, new float[]{1}, 0, dTarget, 0, false);
            return new float[][]{dy, dTarget};
        }).variable("y", n).variable("target", n).seed(seed).assertCorrect();
    }

    @Property(tries = 50)
    void sigmoidCrossEntropy(@ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
        float scale = 0.5f;
        double[] target = new double[n];
        float[] targets = new float[n];
        for (int i = 0; i < n; i++) {
            targets[i] = i % 3 * 0.5f;
            target[i] = targets[i];
        }
        GradientCheck.of(v -> SigmoidCrossEntropyReference.value(scale, v[0], target), v -> {
            float[] dz = new float[n];
            SigmoidCrossEntropy.backward(workers, n, scale, v[0], 0, targets, 0, new float[]{1}, 0, dz, 0, false);
            return new float[][]{dz};
        }).variable("z", n).seed(seed).assertCorrect();
    }

    @Property(tries = 50)
    void softmaxCrossEntropy(@ForAll @IntRange(min = 1, max = 5) int rows,
            @ForAll @IntRange(min = 1, max = 40) int cols,
            @ForAll long seed) {
        float scale = 0.5f;
        int[] label = new int[rows];
        Arrays.setAll(label, i -> Math.floorMod(seed + 7L * i, cols));
        GradientCheck.of(v -> {
            double sum = 0;
            for (int i = 0; i < rows; i++) {
                sum += SoftmaxCrossEntropyReference.value(Arrays.copyOfRange(v[0], i * cols, (i + 1) * cols), label[i]);
            }
            return scale * sum;
        }, v -> {
            float[] dz = new float[rows * cols];
            SoftmaxCrossEntropy.backward(workers, rows, cols, scale, v[0], 0, cols, label, 0, new float[]{1}, 0, dz, 0,
                    cols, false);
            return new float[][]{dz};
        }).variable("z", rows * cols).seed(seed).assertCorrect();
    }

    /** The gradients of Σ dC·(A·B) are dC·Bᵀ and Aᵀ·dC: two products more. */
    @Property(tries = 50)
    void product(@ForAll @IntRange(min = 1, max = 6) int m, @ForAll @IntRange(min = 1, max = 6) int n,
            @ForAll @IntRange(min = 1, max = 6) int k, @ForAll long seed) {
        GradientCheck.of(v -> {
            double sum = 0;
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    for (int p = 0; p < k; p++) {
                        sum += v[0][i * k + p] * v[1][p * n + j] * v[2][i * n + j];
                    }
                }
            }
            return sum;
        }, v -> {
            float[] c = new float[m * n];
            float[] da = new float[m * k];
            float[] db = new float[k * n];
            gemm(Transpose.NO_TRANS, Transpose.NO_TRANS, m, n, k, v[0], k, v[1], n, c);
            gemm(Transpose.NO_TRANS, Transpose.TRANS, m, k, n, v[2], n, v[1], n, da);
            gemm(Transpose.TRANS, Transpose.NO_TRANS, k, n, m, v[0], k, v[2], n, db);
            return new float[][]{da, db, c};
        }).variable("a", m * k).variable("b", k * n).variable("dc", m * n).seed(seed).assertCorrect();
    }

    @Provide
    Arbitrary<ConvolutionGeometry> geometries() {
        return Arbitraries.oneOf(ConvolutionCase.geometries(1, 5), ConvolutionCase.geometries(2, 2),
                ConvolutionCase.geometries(3, 1))
                .filter(g -> g.n() > 0 && g.imageLength() + g.filterLength() + g.outputLength() <= 500);
    }

    /** The gradients of Σ dy · (x ∗ filter + bias). */
    @Property(tries = 40)
    void convolution(@ForAll("geometries") ConvolutionGeometry g, @ForAll long seed) {
        GradientCheck.of(v -> weighted(v[3], ConvolutionReference.addBias(g,
                ConvolutionReference.forward(g, v[0], v[1]), v[2]).values()), v -> {
                    float[] y = new float[g.outputLength()];
                    float[] dx = new float[g.imageLength()];
                    float[] dFilter = new float[g.filterLength()];
                    float[] dBias = new float[g.outC()];
                    Convolution.forward(workers, g, v[0], 0, v[1], 0, v[2], 0, Activation.IDENTITY, y, 0);
                    Convolution.backwardData(workers, g, v[3], 0, v[1], 0, dx, 0, false);
                    Convolution.backwardFilter(workers, g, v[0], 0, v[3], 0, dFilter, 0, false);
                    Convolution.backwardBias(workers, g, v[3], 0, dBias, 0, false);
                    return new float[][]{dx, dFilter, dBias, y};
                }).variable("x", g.imageLength()).variable("filter", g.filterLength()).variable("bias", g.outC())
                .variable("dy", g.outputLength()).seed(seed).assertCorrect();
    }

    private static void gemm(Transpose transA, Transpose transB, int m, int n, int k, float[] a, int lda, float[] b,
            int ldb,
            float[] c) {
        Gemm.sgemm(workers, transA, transB, m, n, k, 1, a, 0, lda, b, 0, ldb, 0, c, 0, n);
    }

    private static double weighted(double[] weights, double[] values) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] * values[i];
        }
        return sum;
    }
}
