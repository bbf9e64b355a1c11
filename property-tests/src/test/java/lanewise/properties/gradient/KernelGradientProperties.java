package lanewise.properties.gradient;

import java.util.Arrays;
import java.util.stream.IntStream;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.attention.RotaryEmbedding;
import lanewise.kernels.convolution.Convolution;
import lanewise.kernels.convolution.ConvolutionGeometry;
import lanewise.kernels.convolution.TransposedConvolution;
import lanewise.kernels.convolution.TransposedConvolutionGeometry;
import lanewise.kernels.gemm.Gemm;
import lanewise.kernels.gemm.Transpose;
import lanewise.kernels.loss.QuadraticLoss;
import lanewise.kernels.loss.SigmoidCrossEntropy;
import lanewise.kernels.loss.SoftmaxCrossEntropy;
import lanewise.kernels.random.Dropout;
import lanewise.kernels.random.Philox;
import lanewise.testing.GradientCheck;
import lanewise.testing.arbitrary.ConvolutionCase;
import lanewise.testing.reference.ConvolutionReference;
import lanewise.testing.reference.DropoutReference;
import lanewise.testing.reference.QuadraticLossReference;
import lanewise.testing.reference.RotaryEmbeddingReference;
import lanewise.testing.reference.SigmoidCrossEntropyReference;
import lanewise.testing.reference.SoftmaxCrossEntropyReference;
import lanewise.testing.reference.TransposedConvolutionReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The backward kernel of each pair computes the gradient of its forward kernel's reference. */
class KernelGradientProperties extends KernelGradients {

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

    @Property(tries = 30)
    void transposedConvolution(@ForAll @IntRange(min = 1, max = 2) int groups,
            @ForAll @IntRange(min = 1, max = 3) int kernel, @ForAll @IntRange(min = 1, max = 3) int stride,
            @ForAll @IntRange(min = 1, max = 5) int width, @ForAll long seed) {
        TransposedConvolutionGeometry g = TransposedConvolutionGeometry
                .of2d(1, groups * 2, 2, width, groups, kernel, kernel).groups(groups).stride(stride);
        ConvolutionGeometry adjoint = g.adjoint();
        GradientCheck.of(v -> weighted(v[3], TransposedConvolutionReference.addBias(adjoint,
                TransposedConvolutionReference.forward(adjoint, v[0], v[1]), v[2]).values()), v -> {
                    float[] y = new float[adjoint.imageLength()];
                    float[] dx = new float[adjoint.outputLength()];
                    float[] dFilter = new float[adjoint.filterLength()];
                    float[] dBias = new float[adjoint.c()];
                    TransposedConvolution.forward(workers, g, v[0], 0, v[1], 0, v[2], 0, Activation.IDENTITY, y, 0);
                    TransposedConvolution.backwardData(workers, g, v[3], 0, v[1], 0, dx, 0, false);
                    TransposedConvolution.backwardFilter(workers, g, v[0], 0, v[3], 0, dFilter, 0, false);
                    TransposedConvolution.backwardBias(workers, g, v[3], 0, dBias, 0, false);
                    return new float[][]{dx, dFilter, dBias, y};
                }).variable("x", adjoint.outputLength()).variable("filter", adjoint.filterLength())
                .variable("bias", adjoint.c()).variable("dy", adjoint.imageLength()).seed(seed).assertCorrect();
    }

    @Property(tries = 50)
    void dropout(@ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
        float probability = 0.4f;
        float[] u = new float[n];
        Philox.uniform(seed, 3, n, 0, 1, u, 0);
        GradientCheck.of(v -> weighted(v[1], IntStream.range(0, n)
                .mapToDouble(i -> DropoutReference.value(probability, u[i], v[0][i])).toArray()), v -> {
                    float[] y = new float[n];
                    float[] dx = new float[n];
                    Dropout.forward(workers, n, seed, 3, probability, v[0], 0, y, 0);
                    Dropout.backward(workers, n, seed, 3, probability, v[1], 0, dx, 0, false);
                    return new float[][]{dx, y};
                }).variable("x", n).variable("dy", n).seed(seed).assertCorrect();
    }

    /** Of one head in two tokens; the tables are any numbers. */
    @Property(tries = 30)
    void rotaryEmbedding(@ForAll @IntRange(min = 1, max = 10) int half, @ForAll boolean interleaved,
            @ForAll long seed) {
        int dim = 2 * half;
        float[] cos = new float[2 * half];
        float[] sin = new float[2 * half];
        Philox.uniform(seed, 4, cos.length, -1, 1, cos, 0);
        Philox.uniform(seed, 5, sin.length, -1, 1, sin, 0);
        GradientCheck.of(v -> IntStream.range(0, 2).mapToDouble(token -> weighted(part(v[1], token, dim),
                RotaryEmbeddingReference.value(dim, interleaved, part(v[0], token, dim),
                        part(doubles(cos), token, half), part(doubles(sin), token, half))))
                .sum(), v -> {
                    float[] y = new float[2 * dim];
                    float[] dx = new float[2 * dim];
                    RotaryEmbedding.forward(workers, 1, 2, 1, dim, dim, interleaved, v[0], 0, cos, 0, sin, 0, y, 0);
                    RotaryEmbedding.backward(workers, 1, 2, 1, dim, dim, interleaved, v[1], 0, cos, 0, sin, 0, dx, 0,
                            false);
                    return new float[][]{dx, y};
                }).variable("x", 2 * dim).variable("dy", 2 * dim).seed(seed).assertCorrect();
    }

    private static double[] part(double[] values, int token, int size) {
        return Arrays.copyOfRange(values, token * size, (token + 1) * size);
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private static void gemm(Transpose transA, Transpose transB, int m, int n, int k, float[] a, int lda, float[] b,
            int ldb,
            float[] c) {
        Gemm.sgemm(workers, transA, transB, m, n, k, 1, a, 0, lda, b, 0, ldb, 0, c, 0, n);
    }
}
