package lanewise.properties;

import static lanewise.kernels.gemm.Transpose.NO_TRANS;
import static lanewise.kernels.gemm.Transpose.TRANS;

import java.util.ArrayList;
import java.util.List;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.activation.Celu;
import lanewise.kernels.activation.Clip;
import lanewise.kernels.activation.Elu;
import lanewise.kernels.activation.Gelu;
import lanewise.kernels.activation.GeluTanh;
import lanewise.kernels.activation.HardSigmoid;
import lanewise.kernels.activation.HardSwish;
import lanewise.kernels.activation.LeakyRelu;
import lanewise.kernels.activation.Mish;
import lanewise.kernels.activation.PRelu;
import lanewise.kernels.activation.Relu;
import lanewise.kernels.activation.Selu;
import lanewise.kernels.activation.Sigmoid;
import lanewise.kernels.activation.Silu;
import lanewise.kernels.activation.Softplus;
import lanewise.kernels.activation.Softsign;
import lanewise.kernels.activation.Tanh;
import lanewise.kernels.activation.ThresholdedRelu;
import lanewise.kernels.attention.Attention;
import lanewise.kernels.attention.AttentionGeometry;
import lanewise.kernels.attention.RotaryEmbedding;
import lanewise.kernels.convolution.Convolution;
import lanewise.kernels.convolution.ConvolutionAlgorithm;
import lanewise.kernels.convolution.ConvolutionGeometry;
import lanewise.kernels.convolution.Im2col;
import lanewise.kernels.convolution.TransposedConvolution;
import lanewise.kernels.convolution.TransposedConvolutionGeometry;
import lanewise.kernels.elementwise.Binary;
import lanewise.kernels.elementwise.BinaryFunction;
import lanewise.kernels.elementwise.Elementwise;
import lanewise.kernels.elementwise.Unary;
import lanewise.kernels.elementwise.UnaryFunction;
import lanewise.kernels.elementwise.Where;
import lanewise.kernels.embedding.Embedding;
import lanewise.kernels.gemm.Epilogue;
import lanewise.kernels.gemm.Gemm;
import lanewise.kernels.gemm.PackedMatrix;
import lanewise.kernels.gemm.Transpose;
import lanewise.kernels.layout.GatherElements;
import lanewise.kernels.layout.Layout;
import lanewise.kernels.layout.OneHot;
import lanewise.kernels.layout.Strided;
import lanewise.kernels.loss.LossFunction;
import lanewise.kernels.loss.NegativeLogLikelihood;
import lanewise.kernels.loss.PointwiseLoss;
import lanewise.kernels.loss.QuadraticLoss;
import lanewise.kernels.loss.SigmoidCrossEntropy;
import lanewise.kernels.loss.SoftmaxCrossEntropy;
import lanewise.kernels.normalization.BatchNorm;
import lanewise.kernels.normalization.LayerNorm;
import lanewise.kernels.normalization.LocalResponseNorm;
import lanewise.kernels.normalization.LpNorm;
import lanewise.kernels.normalization.RmsNorm;
import lanewise.kernels.optimizer.AdaDelta;
import lanewise.kernels.optimizer.AdaGrad;
import lanewise.kernels.optimizer.Adam;
import lanewise.kernels.optimizer.ElasticNet;
import lanewise.kernels.optimizer.Momentum;
import lanewise.kernels.optimizer.RmsProp;
import lanewise.kernels.optimizer.Sgd;
import lanewise.kernels.pooling.AdaptiveAveragePooling;
import lanewise.kernels.pooling.AdaptiveMaxPooling;
import lanewise.kernels.pooling.AdaptivePoolingGeometry;
import lanewise.kernels.pooling.AveragePooling;
import lanewise.kernels.pooling.LpPooling;
import lanewise.kernels.pooling.MaxPooling;
import lanewise.kernels.pooling.MaxUnpooling;
import lanewise.kernels.pooling.PoolingGeometry;
import lanewise.kernels.random.Dropout;
import lanewise.kernels.random.Philox;
import lanewise.kernels.recurrent.Gru;
import lanewise.kernels.recurrent.Lstm;
import lanewise.kernels.recurrent.Rnn;
import lanewise.kernels.recurrent.RnnFunction;
import lanewise.kernels.reduction.AxisReduction;
import lanewise.kernels.reduction.CumulativeSum;
import lanewise.kernels.reduction.Reduction;
import lanewise.kernels.reduction.ReductionOperator;
import lanewise.kernels.reduction.TopK;
import lanewise.kernels.softmax.LogSoftmax;
import lanewise.kernels.softmax.LogSumExp;
import lanewise.kernels.softmax.Softmax;
import lanewise.kernels.storage.Storage;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.contract.KernelCall;

/**
 * A valid call of every public kernel method: the one table from which the sweeps over all kernels are made (wrong
 * arguments, allocation, bits). {@code KernelTableTest} fails when a method is missing here.
 */
public final class Kernels {

    /** Every operand starts here, so that a kernel that ignores an offset computes something else. */
    private static final int OFFSET = 3;

    private final Workers workers;
    private final Filling filling;
    private final List<KernelCall> calls = new ArrayList<>();
    private int operands;

    private Kernels(Workers workers, Filling filling) {
        this.workers = workers;
        this.filling = filling;
    }

    /**
     * The kernels proper: what is called in every training step.
     *
     * @param workers the team to run on
     * @param m rows; vectors have m · n elements
     * @param n columns
     * @param k inner dimension of products
     * @param filling contents of all operands
     * @return the calls; their arrays end with the operand, and leading dimensions are as small as they may be
     */
    public static List<KernelCall> calls(Workers workers, int m, int n, int k, Filling filling) {
        Kernels kernels = new Kernels(workers, filling);
        for (Transpose transA : Transpose.values()) {
            for (Transpose transB : Transpose.values()) {
                kernels.products(transA, transB, m, n, k);
            }
        }
        kernels.vectors(m * n);
        kernels.matrices(m, n);
        kernels.random(m * n);
        kernels.recurrent(Math.min(k, 3), m, n, Math.min(n, 40));
        kernels.attention(m, n, k);
        kernels.poolings(Math.min(m, 8), n);
        for (ConvolutionAlgorithm algorithm : ConvolutionAlgorithm.values()) {
            kernels.convolutions(algorithm, m, n, k);
        }
        return kernels.calls;
    }

    /**
     * What is called once to prepare, and makes an object.
     *
     * @param m rows
     * @param n columns
     * @param k inner dimension of products
     * @param filling contents of all operands
     * @return the calls, as for {@link #calls}
     */
    public static List<KernelCall> factories(int m, int n, int k, Filling filling) {
        try (Workers none = Workers.single()) {
            Kernels kernels = new Kernels(none, filling);
            kernels.call(PackedMatrix.class, "pack", NO_TRANS, k, n, kernels.floats(k * n), OFFSET, n);
            kernels.call(PackedMatrix.class, "pack", TRANS, k, n, kernels.floats(k * n), OFFSET, k);
            return kernels.calls;
        }
    }

    private void products(Transpose transA, Transpose transB, int m, int n, int k) {
        int lda = transA == TRANS ? m : k;
        int ldb = transB == TRANS ? k : n;
        call(Gemm.class, "sgemm", workers, transA, transB, m, n, k, 0.5f, floats(m * k), OFFSET, lda, floats(k * n),
                OFFSET,
                ldb, 2f, floats(m * n), OFFSET, n);
        call(Gemm.class, "sgemm", workers, transA, transB, m, n, k, 1f, floats(m * k), OFFSET, lda, floats(k * n),
                OFFSET,
                ldb, 0f, floats(m * n), OFFSET, n, Epilogue.biasPerColumn(floats(n), OFFSET, Activation.SIGMOID));
        int batch = 2;
        call(Gemm.class, "sgemmStridedBatched", workers, transA, transB, m, n, k, 1f, floats(batch * m * k), OFFSET,
                lda,
                m * k, floats(batch * k * n), OFFSET, ldb, k * n, 0.5f, floats(batch * m * n), OFFSET, n, m * n, batch);
        float[] b = floats(k * n);
        PackedMatrix packed = PackedMatrix.pack(transB, k, n, b, OFFSET, ldb);
        call(Gemm.class, "sgemm", workers, transA, m, 1f, floats(m * k), OFFSET, lda, packed, 0f, floats(m * n), OFFSET,
                n,
                Epilogue.biasPerRow(floats(m), OFFSET, Activation.RELU));
        calls.add(
                KernelCall.on(PackedMatrix.pack(transB, k, n, b, OFFSET, ldb), "repack", transB, floats(k * n), OFFSET,
                        ldb));
    }

    private void vectors(int n) {
        call(Sigmoid.class, "forward", workers, n, floats(n), OFFSET, floats(n), OFFSET);
        call(Tanh.class, "forward", workers, n, floats(n), OFFSET, floats(n), OFFSET);
        call(Silu.class, "forward", workers, n, floats(n), OFFSET, floats(n), OFFSET);
        call(Softplus.class, "forward", workers, n, floats(n), OFFSET, floats(n), OFFSET);
        call(LeakyRelu.class, "forward", workers, n, 0.5f, floats(n), OFFSET, floats(n), OFFSET);
        call(Clip.class, "forward", workers, n, -0.5f, 0.5f, floats(n), OFFSET, floats(n), OFFSET);
        call(HardSigmoid.class, "forward", workers, n, 0.2f, 0.5f, floats(n), OFFSET, floats(n), OFFSET);
        call(HardSwish.class, "forward", workers, n, floats(n), OFFSET, floats(n), OFFSET);
        call(Softsign.class, "forward", workers, n, floats(n), OFFSET, floats(n), OFFSET);
        call(Selu.class, "forward", workers, n, floats(n), OFFSET, floats(n), OFFSET);
        call(Celu.class, "forward", workers, n, 0.5f, floats(n), OFFSET, floats(n), OFFSET);
        call(ThresholdedRelu.class, "forward", workers, n, 0.5f, floats(n), OFFSET, floats(n), OFFSET);
        call(GeluTanh.class, "forward", workers, n, floats(n), OFFSET, floats(n), OFFSET);
        call(Mish.class, "forward", workers, n, floats(n), OFFSET, floats(n), OFFSET);
        call(Storage.class, "toBfloat16", workers, n, floats(n), OFFSET, new short[OFFSET + n], OFFSET);
        call(Storage.class, "fromBfloat16", workers, n, new short[OFFSET + n], OFFSET, floats(n), OFFSET);
        call(Storage.class, "toFloat16", workers, n, floats(n), OFFSET, new short[OFFSET + n], OFFSET);
        call(Storage.class, "fromFloat16", workers, n, new short[OFFSET + n], OFFSET, floats(n), OFFSET);
        call(Storage.class, "toInt8", workers, n, 0.1f, floats(n), OFFSET, new byte[OFFSET + n], OFFSET);
        call(Storage.class, "fromInt8", workers, n, 0.1f, new byte[OFFSET + n], OFFSET, floats(n), OFFSET);
        for (LossFunction function : LossFunction.values()) {
            call(PointwiseLoss.class, "forward", workers, function, n, 0.5f, floats(n), OFFSET, floats(n), OFFSET,
                    floats(n), OFFSET);
            call(PointwiseLoss.class, "backward", workers, function, n, 0.5f, floats(n), OFFSET, floats(n), OFFSET,
                    floats(n), OFFSET, floats(n), OFFSET, false);
        }
        call(ElasticNet.class, "forward", workers, n, 0.5f, 0.25f, floats(n), OFFSET);
        call(ElasticNet.class, "backward", workers, n, 0.5f, 0.25f, floats(n), OFFSET, floats(n), OFFSET, true);
        call(Where.class, "forward", workers, n, floats(n), OFFSET, floats(n), OFFSET, floats(n), OFFSET, floats(n),
                OFFSET);
        for (boolean accumulate : new boolean[]{false, true}) {
            call(Where.class, "backward", workers, n, floats(n), OFFSET, floats(n), OFFSET, floats(n), OFFSET,
                    accumulate, floats(n), OFFSET, !accumulate);
        }
        for (BinaryFunction function : BinaryFunction.values()) {
            call(Binary.class, "forward", workers, function, n, floats(n), OFFSET, floats(n), OFFSET, floats(n),
                    OFFSET);
            call(Binary.class, "backwardA", workers, function, n, floats(n), OFFSET, floats(n), OFFSET, floats(n),
                    OFFSET,
                    floats(n), OFFSET, false);
            call(Binary.class, "backwardB", workers, function, n, floats(n), OFFSET, floats(n), OFFSET, floats(n),
                    OFFSET,
                    floats(n), OFFSET, true);
        }
        for (UnaryFunction function : UnaryFunction.values()) {
            call(Unary.class, "forward", workers, function, n, floats(n), OFFSET, floats(n), OFFSET);
            call(Unary.class, "backward", workers, function, n, floats(n), OFFSET, floats(n), OFFSET, floats(n), OFFSET,
                    false);
        }
        call(Elu.class, "forward", workers, n, 0.5f, floats(n), OFFSET, floats(n), OFFSET);
        call(Gelu.class, "forward", workers, n, floats(n), OFFSET, floats(n), OFFSET);
        call(Relu.class, "forward", workers, n, floats(n), OFFSET, floats(n), OFFSET);
        call(QuadraticLoss.class, "forward", workers, n, 0.1f, floats(n), OFFSET, floats(n), OFFSET, floats(1), OFFSET);
        call(SigmoidCrossEntropy.class, "forward", workers, n, 0.1f, floats(n), OFFSET, floats(n), OFFSET, floats(1),
                OFFSET);
        for (boolean accumulate : new boolean[]{false, true}) {
            call(Sigmoid.class, "backward", workers, n, floats(n), OFFSET, floats(n), OFFSET, floats(n), OFFSET,
                    accumulate);
            call(Tanh.class, "backward", workers, n, floats(n), OFFSET, floats(n), OFFSET, floats(n), OFFSET,
                    accumulate);
            call(Silu.class, "backward", workers, n, floats(n), OFFSET, floats(n), OFFSET, floats(n), OFFSET,
                    accumulate);
            call(Softplus.class, "backward", workers, n, floats(n), OFFSET, floats(n), OFFSET, floats(n), OFFSET,
                    accumulate);
            call(LeakyRelu.class, "backward", workers, n, 0.5f, floats(n), OFFSET, floats(n), OFFSET, floats(n), OFFSET,
                    accumulate);
            call(Clip.class, "backward", workers, n, -0.5f, 0.5f, floats(n), OFFSET, floats(n), OFFSET, floats(n),
                    OFFSET, accumulate);
            call(HardSigmoid.class, "backward", workers, n, 0.2f, 0.5f, floats(n), OFFSET, floats(n), OFFSET, floats(n),
                    OFFSET, accumulate);
            call(HardSwish.class, "backward", workers, n, floats(n), OFFSET, floats(n), OFFSET, floats(n), OFFSET,
                    accumulate);
            call(Softsign.class, "backward", workers, n, floats(n), OFFSET, floats(n), OFFSET, floats(n), OFFSET,
                    accumulate);
            call(Selu.class, "backward", workers, n, floats(n), OFFSET, floats(n), OFFSET, floats(n), OFFSET,
                    accumulate);
            call(Celu.class, "backward", workers, n, 0.5f, floats(n), OFFSET, floats(n), OFFSET, floats(n), OFFSET,
                    accumulate);
            call(ThresholdedRelu.class, "backward", workers, n, 0.5f, floats(n), OFFSET, floats(n), OFFSET, floats(n),
                    OFFSET, accumulate);
            call(GeluTanh.class, "backward", workers, n, floats(n), OFFSET, floats(n), OFFSET, floats(n), OFFSET,
                    accumulate);
            call(Mish.class, "backward", workers, n, floats(n), OFFSET, floats(n), OFFSET, floats(n), OFFSET,
                    accumulate);
            call(Elu.class, "backward", workers, n, 0.5f, floats(n), OFFSET, floats(n), OFFSET, floats(n), OFFSET,
                    accumulate);
            call(Gelu.class, "backward", workers, n, floats(n), OFFSET, floats(n), OFFSET, floats(n), OFFSET,
                    accumulate);
            call(Relu.class, "backward", workers, n, floats(n), OFFSET, floats(n), OFFSET, floats(n), OFFSET,
                    accumulate);
            call(QuadraticLoss.class, "backward", workers, n, 0.1f, floats(n), OFFSET, floats(n), OFFSET, floats(1),
                    OFFSET,
                    floats(n), OFFSET, accumulate);
            call(SigmoidCrossEntropy.class, "backward", workers, n, 0.1f, floats(n), OFFSET, floats(n), OFFSET,
                    floats(1),
                    OFFSET, floats(n), OFFSET, accumulate);
        }
        call(Sgd.class, "update", workers, n, 0.01f, 0.1f, floats(n), OFFSET, floats(n), OFFSET);
        call(Momentum.class, "update", workers, n, 0.01f, 0.9f, 0.1f, true, 0.1f, floats(n), OFFSET, floats(n), OFFSET,
                floats(n), OFFSET);
        call(AdaGrad.class, "update", workers, n, 0.01f, 0.1f, 0.1f, floats(n), OFFSET, floats(n), OFFSET, floats(n),
                OFFSET);
        call(RmsProp.class, "update", workers, n, 0.01f, 0.9f, 0.1f, 0.1f, floats(n), OFFSET, floats(n), OFFSET,
                floats(n), OFFSET);
        call(AdaDelta.class, "update", workers, n, 0.01f, 0.9f, 0.1f, 0.1f, floats(n), OFFSET, floats(n), OFFSET,
                floats(n), OFFSET, floats(n), OFFSET);
        call(Adam.class, "update", workers, n, 0.01f, 0.9f, 0.99f, 0.1f, 0.1f, true, 3, floats(n), OFFSET, floats(n),
                OFFSET, floats(n), OFFSET, floats(n), OFFSET);
        call(Dropout.class, "forward", workers, n, 1L, 2L, 0.5f, floats(n), OFFSET, floats(n), OFFSET);
        call(Dropout.class, "backward", workers, n, 1L, 2L, 0.5f, floats(n), OFFSET, floats(n), OFFSET, false);
        call(Dropout.class, "backward", workers, n, 1L, 2L, 0.5f, floats(n), OFFSET, floats(n), OFFSET, true);
        call(Reduction.class, "sumOfSquares", workers, n, floats(n), OFFSET);
        call(Reduction.class, "sum", workers, n, floats(n), OFFSET, floats(1), OFFSET);
        call(Elementwise.class, "add", workers, n, floats(n), OFFSET, floats(n), OFFSET, floats(n), OFFSET);
        call(Elementwise.class, "multiply", workers, n, floats(n), OFFSET, floats(n), OFFSET, floats(n), OFFSET);
        call(Elementwise.class, "axpy", workers, n, 0.3f, floats(n), OFFSET, floats(n), OFFSET);
        call(Elementwise.class, "scale", workers, n, 0.3f, floats(n), OFFSET, floats(n), OFFSET);
    }

    private void matrices(int rows, int cols) {
        call(NegativeLogLikelihood.class, "weightOfLabels", rows, cols, ints(rows), OFFSET, floats(cols), OFFSET, -1);
        call(NegativeLogLikelihood.class, "forward", workers, 1, rows, cols, floats(rows * cols), OFFSET, ints(cols),
                OFFSET, floats(rows), OFFSET, -1, 0.1f, floats(cols), OFFSET);
        call(NegativeLogLikelihood.class, "backward", workers, rows, cols, 1, ints(rows), OFFSET, floats(cols), OFFSET,
                -1, 0.1f, floats(rows), OFFSET, floats(rows * cols), OFFSET, true);
        call(SoftmaxCrossEntropy.class, "forward", workers, rows, cols, 0.1f, floats(rows * cols), OFFSET, cols,
                ints(rows), OFFSET, floats(1), OFFSET);
        for (boolean accumulate : new boolean[]{false, true}) {
            call(Reduction.class, "columnSums", workers, rows, cols, floats(rows * cols), OFFSET, cols, floats(cols),
                    OFFSET,
                    accumulate);
            call(SoftmaxCrossEntropy.class, "backward", workers, rows, cols, 0.1f, floats(rows * cols), OFFSET, cols,
                    ints(rows), OFFSET, floats(1), OFFSET, floats(rows * cols), OFFSET, cols, accumulate);
        }
        call(LayerNorm.class, "forward", workers, rows, cols, 0.1f, floats(rows * cols), OFFSET, floats(cols), OFFSET,
                floats(cols), OFFSET, floats(rows * cols), OFFSET, floats(3 * rows), OFFSET);
        call(LocalResponseNorm.class, "forward", workers, 2, rows, cols, 3, 0.1f, 0.75f, 1f, floats(2 * rows * cols),
                OFFSET,
                floats(2 * rows * cols), OFFSET, floats(2 * rows * cols), OFFSET);
        call(RmsNorm.class, "forward", workers, rows, cols, 0.1f, floats(rows * cols), OFFSET, floats(cols), OFFSET,
                floats(rows * cols), OFFSET, floats(rows), OFFSET);
        call(BatchNorm.class, "forward", workers, 2, rows, cols, 0.1f, 0.1f, floats(2 * rows * cols), OFFSET,
                floats(rows), OFFSET, floats(rows), OFFSET, floats(rows), OFFSET, floats(rows), OFFSET,
                floats(2 * rows * cols), OFFSET, floats(3 * rows), OFFSET);
        call(BatchNorm.class, "inference", workers, 2, rows, cols, 2f, floats(2 * rows * cols), OFFSET, floats(rows),
                OFFSET, floats(rows), OFFSET, floats(rows), OFFSET, floats(rows), OFFSET, floats(2 * rows * cols),
                OFFSET);
        call(Softmax.class, "forward", workers, rows, cols, 1, floats(rows * cols), OFFSET, floats(rows * cols),
                OFFSET);
        call(LogSoftmax.class, "forward", workers, 1, rows, cols, floats(rows * cols), OFFSET, floats(rows * cols),
                OFFSET);
        for (ReductionOperator operator : ReductionOperator.values()) {
            call(AxisReduction.class, "forward", workers, operator, rows, cols, 1, floats(rows * cols), OFFSET,
                    floats(rows), OFFSET);
            call(AxisReduction.class, "backward", workers, operator, 1, rows, cols, floats(rows * cols), OFFSET,
                    floats(cols), OFFSET, floats(cols), OFFSET, floats(rows * cols), OFFSET, true);
        }
        call(LogSumExp.class, "forward", workers, rows, cols, 1, floats(rows * cols), OFFSET, floats(rows), OFFSET);
        for (boolean accumulate : new boolean[]{false, true}) {
            call(Softmax.class, "backward", workers, 1, rows, cols, floats(rows * cols), OFFSET, floats(rows * cols),
                    OFFSET, floats(rows * cols), OFFSET, accumulate);
            call(LogSoftmax.class, "backward", workers, rows, cols, 1, floats(rows * cols), OFFSET,
                    floats(rows * cols), OFFSET, floats(rows * cols), OFFSET, accumulate);
            call(LayerNorm.class, "backward", workers, rows, cols, floats(rows * cols), OFFSET, floats(cols),
                    OFFSET, floats(3 * rows), OFFSET, floats(rows * cols), OFFSET, floats(rows * cols), OFFSET,
                    accumulate, floats(cols), OFFSET,
                    !accumulate, floats(cols), OFFSET, accumulate);
            call(LocalResponseNorm.class, "backward", workers, 2, rows, cols, 3, 0.1f, 0.75f, floats(2 * rows * cols),
                    OFFSET,
                    floats(2 * rows * cols), OFFSET, floats(2 * rows * cols), OFFSET, floats(2 * rows * cols), OFFSET,
                    floats(2 * rows * cols), OFFSET, accumulate);
            call(RmsNorm.class, "backward", workers, rows, cols, floats(rows * cols), OFFSET, floats(cols), OFFSET,
                    floats(rows), OFFSET, floats(rows * cols), OFFSET, floats(rows * cols), OFFSET, accumulate,
                    floats(cols), OFFSET, !accumulate);
            call(BatchNorm.class, "backward", workers, 2, rows, cols, floats(2 * rows * cols), OFFSET,
                    floats(rows), OFFSET, floats(3 * rows), OFFSET, floats(2 * rows * cols), OFFSET,
                    floats(2 * rows * cols), OFFSET, accumulate,
                    floats(rows), OFFSET, !accumulate, floats(rows), OFFSET, accumulate);
            call(BatchNorm.class, "inferenceBackward", workers, 2, rows, cols, 2f, floats(2 * rows * cols), OFFSET,
                    floats(rows), OFFSET, floats(rows), OFFSET, floats(rows), OFFSET, floats(2 * rows * cols), OFFSET,
                    floats(2 * rows * cols), OFFSET, accumulate, floats(rows), OFFSET, !accumulate, floats(rows),
                    OFFSET, accumulate);
            call(LogSumExp.class, "backward", workers, rows, cols, 1, floats(rows * cols), OFFSET, floats(rows), OFFSET,
                    floats(rows), OFFSET, floats(rows * cols), OFFSET, accumulate);
        }
        call(TopK.class, "forward", workers, rows, cols, cols, true, floats(rows * cols), OFFSET, floats(rows * cols),
                OFFSET, ints(rows * cols), OFFSET);
        call(OneHot.class, "forward", workers, rows, cols, 2, 0.5f, 1f, ints(2 * rows), OFFSET,
                floats(2 * rows * cols), OFFSET);
        call(GatherElements.class, "forward", workers, 2, cols, rows, 3, floats(2 * rows * cols), OFFSET,
                ints(6 * rows), OFFSET, floats(6 * rows), OFFSET);
        call(PRelu.class, "forward", workers, 2, rows, cols, floats(2 * rows * cols), OFFSET, floats(rows), OFFSET,
                floats(2 * rows * cols), OFFSET);
        call(LpNorm.class, "forward", workers, 2, 2, rows, cols, 0.1f, floats(2 * rows * cols), OFFSET,
                floats(2 * rows * cols), OFFSET, floats(2 * cols), OFFSET);
        call(CumulativeSum.class, "forward", workers, 2, rows, cols, true, false, floats(2 * rows * cols), OFFSET,
                floats(2 * rows * cols), OFFSET);
        for (boolean accumulate : new boolean[]{false, true}) {
            call(GatherElements.class, "backward", workers, 2, cols, rows, 3, floats(6 * rows), OFFSET,
                    ints(6 * rows), OFFSET, floats(2 * rows * cols), OFFSET, accumulate);
            call(PRelu.class, "backward", workers, 2, rows, cols, floats(2 * rows * cols), OFFSET, floats(rows),
                    OFFSET, floats(2 * rows * cols), OFFSET, floats(2 * rows * cols), OFFSET, accumulate,
                    floats(rows), OFFSET, !accumulate);
            call(LpNorm.class, "backward", workers, 2, rows, cols, 1, 0.1f, floats(rows * cols), OFFSET, floats(rows),
                    OFFSET, floats(rows * cols), OFFSET, floats(rows * cols), OFFSET, accumulate);
            call(CumulativeSum.class, "backward", workers, rows, cols, 1, false, accumulate, floats(rows * cols),
                    OFFSET, floats(rows * cols), OFFSET, accumulate);
        }
        Layout matrix = Layout.of(rows, cols);
        call(Strided.class, "copy", workers, matrix.permute(1, 0), floats(rows * cols), OFFSET, Layout.of(cols, rows),
                floats(rows * cols), OFFSET);
        call(Strided.class, "add", workers, matrix, floats(rows * cols), OFFSET, Layout.of(cols).broadcast(rows, cols),
                floats(cols), OFFSET);
        call(Embedding.class, "forward", workers, rows, rows, cols, floats(rows * cols), OFFSET, ints(rows), OFFSET,
                floats(rows * cols), OFFSET);
        for (boolean accumulate : new boolean[]{false, true}) {
            call(Embedding.class, "backward", workers, rows, rows, cols, floats(rows * cols), OFFSET, ints(rows),
                    OFFSET,
                    floats(rows * cols), OFFSET, accumulate);
        }
        call(Reduction.class, "argMaxRows", workers, rows, cols, floats(rows * cols), OFFSET, cols, ints(rows), OFFSET);
    }

    /** About m queries, n keys and k elements of each. */
    private void attention(int m, int n, int k) {
        int queries = Math.min(m, 70);
        int keys = Math.min(n, 310);
        int dim = Math.min(k, 40);
        attention(AttentionGeometry.of(1, 1, queries, keys, dim).window(300));
        attention(AttentionGeometry.of(2, 4, queries, keys, dim).keyHeads(2).valueDim(dim + 1).bias(true, false)
                .causal(keys / 2).tokensFirst());
        rotary(Math.min(m, 8), n, dim);
    }

    private void rotary(int n, int tokens, int half) {
        int dim = 2 * half + 1;
        for (boolean interleaved : new boolean[]{false, true}) {
            call(RotaryEmbedding.class, "forward", workers, n, tokens, 2, dim, 2 * half, interleaved,
                    floats(n * tokens * 2 * dim), OFFSET, floats(tokens * half), OFFSET, floats(tokens * half), OFFSET,
                    floats(n * tokens * 2 * dim), OFFSET);
            call(RotaryEmbedding.class, "backward", workers, n, tokens, 2, dim, 2 * half, interleaved,
                    floats(n * tokens * 2 * dim), OFFSET, floats(tokens * half), OFFSET, floats(tokens * half), OFFSET,
                    floats(n * tokens * 2 * dim), OFFSET, interleaved);
        }
    }

    private void attention(AttentionGeometry g) {
        int q = g.queryLength();
        int k = g.keyLength();
        int v = g.valueLength();
        int y = g.outputLength();
        call(Attention.class, "forward", workers, g, 1L, 3L, g.isTokensFirst() ? 0.25f : 0f, floats(q), OFFSET,
                floats(k), OFFSET, floats(v), OFFSET,
                floats((int) g.biasLength()), OFFSET, floats(y), OFFSET, floats(g.rows()), OFFSET);
        for (boolean accumulate : new boolean[]{false, true}) {
            call(Attention.class, "backward", workers, g, 1L, 3L, g.isTokensFirst() ? 0.25f : 0f, floats(q), OFFSET,
                    floats(k), OFFSET, floats(v), OFFSET,
                    floats((int) g.biasLength()), OFFSET, floats(y), OFFSET, floats(g.rows()), OFFSET, floats(y),
                    OFFSET, floats(q), OFFSET, accumulate, floats(k), OFFSET, !accumulate, floats(v), OFFSET,
                    accumulate);
        }
    }

    /** From k channels to m, over images of about n elements. */
    private void convolutions(ConvolutionAlgorithm algorithm, int m, int n, int k) {
        int w = Math.min(n, 19);
        int h = Math.ceilDiv(n, w);
        ConvolutionGeometry g = switch (algorithm) {
            case AUTO -> ConvolutionGeometry.of3d(2, k, 2, h, w, m, 2, 3, 3).stride(1, 2, 2).padding(1);
            case IMPLICIT_GEMM -> ConvolutionGeometry.of2d(2, k, h, w, m, 3, 3).stride(2, 1).padding(1);
            case WINOGRAD -> ConvolutionGeometry.of2d(2, k, h + 2, w + 2, m, 3, 3).padding(1);
            case IM2COL -> ConvolutionGeometry.of2d(2, k, h, w, m, 2, 3).stride(1, 2).padding(1);
            case DIRECT -> ConvolutionGeometry.of2d(2, k, h, w, m, 3, 2).stride(2).padding(1);
            case DEPTHWISE -> ConvolutionGeometry.of2d(2, m, h, w, m, 3, 3).padding(1).groups(m);
        };
        convolution(algorithm, g);
        if (algorithm == ConvolutionAlgorithm.DIRECT) {
            // Many narrow images, which lie side by side.
            convolution(algorithm,
                    ConvolutionGeometry.of2d(17, Math.min(k, 9), Math.min(h, 3), Math.min(w, 6), Math.min(m, 18), 2, 3)
                            .padding(1));
        }
        if (algorithm == ConvolutionAlgorithm.AUTO) {
            transposed(TransposedConvolutionGeometry.of2d(2, m, h, w, k, 3, 2).stride(2).padding(1).outputPadding(1));
        }
    }

    private void convolution(ConvolutionAlgorithm algorithm, ConvolutionGeometry g) {
        int m = g.outC();
        int x = g.imageLength();
        int f = g.filterLength();
        int y = g.outputLength();
        call(Convolution.class, "forward", workers, g, algorithm, floats(x), OFFSET, floats(f), OFFSET, floats(m),
                OFFSET, Activation.RELU, floats(y), OFFSET);
        call(Convolution.class, "forward", workers, g, floats(x), OFFSET, floats(f), OFFSET, floats(m), OFFSET,
                Activation.SIGMOID, floats(y), OFFSET);
        for (boolean accumulate : new boolean[]{false, true}) {
            call(Convolution.class, "backwardData", workers, g, algorithm, floats(y), OFFSET, floats(f), OFFSET,
                    floats(x), OFFSET, accumulate);
            call(Convolution.class, "backwardData", workers, g, floats(y), OFFSET, floats(f), OFFSET, floats(x),
                    OFFSET, accumulate);
            if (algorithm != ConvolutionAlgorithm.WINOGRAD) {
                call(Convolution.class, "backwardFilter", workers, g, algorithm, floats(x), OFFSET, floats(y), OFFSET,
                        floats(f), OFFSET, accumulate);
            }
            call(Convolution.class, "backwardFilter", workers, g, floats(x), OFFSET, floats(y), OFFSET, floats(f),
                    OFFSET, accumulate);
            call(Convolution.class, "backwardBias", workers, g, floats(y), OFFSET, floats(m), OFFSET, accumulate);
        }
        if (algorithm == ConvolutionAlgorithm.IM2COL) {
            int columns = y / m * g.c() * g.height().kernel() * g.width().kernel();
            call(Im2col.class, "im2col", workers, g, floats(x), OFFSET, floats(columns), OFFSET);
            call(Im2col.class, "col2im", workers, g, floats(columns), OFFSET, floats(x), OFFSET, false);
            call(Im2col.class, "col2im", workers, g, floats(columns), OFFSET, floats(x), OFFSET, true);
        }
    }

    private void transposed(TransposedConvolutionGeometry g) {
        ConvolutionGeometry adjoint = g.adjoint();
        int x = adjoint.outputLength();
        int f = adjoint.filterLength();
        int y = adjoint.imageLength();
        call(TransposedConvolution.class, "forward", workers, g, floats(x), OFFSET, floats(f), OFFSET,
                floats(adjoint.c()), OFFSET, Activation.RELU, floats(y), OFFSET);
        for (boolean accumulate : new boolean[]{false, true}) {
            call(TransposedConvolution.class, "backwardData", workers, g, floats(y), OFFSET, floats(f), OFFSET,
                    floats(x), OFFSET, accumulate);
            call(TransposedConvolution.class, "backwardFilter", workers, g, floats(x), OFFSET, floats(y), OFFSET,
                    floats(f), OFFSET, accumulate);
            call(TransposedConvolution.class, "backwardBias", workers, g, floats(y), OFFSET, floats(adjoint.c()),
                    OFFSET, accumulate);
        }
    }

    /** The ways that rows are computed in, each with padding and a tail. */
    private void poolings(int m, int n) {
        pooling(PoolingGeometry.of2d(2, m, 7, n + 1, 2, 2));
        pooling(PoolingGeometry.of2d(2, m, 8, n + 1, 3, 3).stride(2).padding(1));
        pooling(PoolingGeometry.of2d(1, m, 6, n + 1, 3, 2).stride(1).padding(1));
        pooling(PoolingGeometry.of3d(1, m, 3, 5, n + 1, 2, 5, 4).stride(1, 2, 3).padding(1, 3, 2).dilation(1, 2, 1)
                .ceilMode());
        pooling(PoolingGeometry.global2d(m, 2, 5, n));
        // Powers other than 2 are slow, and plain loops at every size.
        PoolingGeometry small = PoolingGeometry.of2d(1, 2, 3, 5, 2, 2).stride(1);
        call(LpPooling.class, "forward", workers, small, 3f, floats(30), OFFSET, floats(16), OFFSET);
        call(LpPooling.class, "backward", workers, small, 3f, floats(30), OFFSET, floats(16), OFFSET, floats(16),
                OFFSET,
                floats(30), OFFSET, false);
        adaptivePooling(AdaptivePoolingGeometry.of2d(m, 2, 5, n + 3, 3, 2));
        adaptivePooling(AdaptivePoolingGeometry.of2d(m, 2, 6, 2 * n, 3, n));
    }

    private void pooling(PoolingGeometry g) {
        int in = g.imageLength();
        int out = g.outputLength();
        call(MaxPooling.class, "forward", workers, g, floats(in), OFFSET, floats(out), OFFSET);
        call(MaxPooling.class, "forward", workers, g, floats(in), OFFSET, floats(out), OFFSET, ints(out), OFFSET);
        call(MaxUnpooling.class, "forward", workers, g, floats(out), OFFSET, ints(out), OFFSET, floats(in), OFFSET);
        call(LpPooling.class, "forward", workers, g, 2f, floats(in), OFFSET, floats(out), OFFSET);
        for (boolean flag : new boolean[]{false, true}) {
            call(MaxPooling.class, "backward", workers, g, floats(out), OFFSET, ints(out), OFFSET, floats(in), OFFSET,
                    flag);
            call(MaxUnpooling.class, "backward", workers, g, floats(in), OFFSET, ints(out), OFFSET, floats(out), OFFSET,
                    flag);
            call(AveragePooling.class, "forward", workers, g, flag, floats(in), OFFSET, floats(out), OFFSET);
            call(AveragePooling.class, "backward", workers, g, !flag, floats(out), OFFSET, floats(in), OFFSET, flag);
            call(LpPooling.class, "backward", workers, g, 2f, floats(in), OFFSET, floats(out), OFFSET, floats(out),
                    OFFSET, floats(in), OFFSET, flag);
        }
    }

    private void adaptivePooling(AdaptivePoolingGeometry g) {
        int in = g.imageLength();
        int out = g.outputLength();
        call(AdaptiveMaxPooling.class, "forward", workers, g, floats(in), OFFSET, floats(out), OFFSET);
        call(AdaptiveMaxPooling.class, "forward", workers, g, floats(in), OFFSET, floats(out), OFFSET, ints(out),
                OFFSET);
        call(AdaptiveAveragePooling.class, "forward", workers, g, floats(in), OFFSET, floats(out), OFFSET);
        for (boolean accumulate : new boolean[]{false, true}) {
            call(AdaptiveMaxPooling.class, "backward", workers, g, floats(out), OFFSET, ints(out), OFFSET, floats(in),
                    OFFSET, accumulate);
            call(AdaptiveAveragePooling.class, "backward", workers, g, floats(out), OFFSET, floats(in), OFFSET,
                    accumulate);
        }
    }

    private void random(int n) {
        call(Philox.class, "bits", 1L, 2L, n, ints(n), OFFSET);
        call(Philox.class, "uniform", 1L, 2L, n, -1f, 1f, floats(n), OFFSET);
        call(Philox.class, "normal", 1L, 2L, n, 0f, 1f, floats(n), OFFSET);
        call(Philox.class, "permutation", 1L, 2L, n, ints(n), OFFSET);
    }

    private void call(Class<?> type, String name, Object... arguments) {
        calls.add(KernelCall.of(type, name, arguments));
    }

    private float[] floats(int n) {
        return filling.operand(operands++).values(OFFSET + n);
    }

    private void recurrent(int steps, int batch, int inputs, int hidden) {
        int states = steps * batch * hidden;
        int[] lengths = ints(batch);
        for (int row = 0; row < batch; row++) {
            lengths[OFFSET + row] = Math.max(0, steps - row % 2);
        }
        call(Lstm.class, "forward", workers, steps, batch, inputs, hidden, floats(steps * batch * inputs), OFFSET,
                floats(4 * hidden * inputs), OFFSET, floats(4 * hidden * hidden), OFFSET, floats(4 * hidden), OFFSET,
                floats(3 * hidden), OFFSET, floats(batch * hidden), OFFSET, floats(batch * hidden), OFFSET, lengths,
                OFFSET, floats(4 * states),
                OFFSET, floats(states), OFFSET, floats(states), OFFSET);
        call(Lstm.class, "backward", workers, steps, batch, hidden, floats(4 * hidden * hidden), OFFSET,
                floats(3 * hidden), OFFSET,
                floats(batch * hidden), OFFSET, lengths, OFFSET, floats(4 * states), OFFSET, floats(states), OFFSET,
                floats(states), OFFSET, floats(batch * hidden), OFFSET, floats(4 * states), OFFSET,
                floats(batch * hidden), OFFSET, floats(batch * hidden), OFFSET);
        for (RnnFunction function : RnnFunction.values()) {
            boolean accumulate = function == RnnFunction.RELU;
            call(Rnn.class, "forward", workers, function, steps, batch, inputs, hidden,
                    floats(steps * batch * inputs), OFFSET, floats(hidden * inputs), OFFSET, floats(hidden * hidden),
                    OFFSET, floats(hidden), OFFSET, floats(batch * hidden), OFFSET, lengths, OFFSET, floats(states),
                    OFFSET);
            call(Rnn.class, "backward", workers, function, steps, batch, hidden, floats(hidden * hidden), OFFSET,
                    lengths, OFFSET, floats(states), OFFSET, floats(states), OFFSET, floats(states), OFFSET,
                    floats(batch * hidden), OFFSET);
            call(Rnn.class, "backwardInput", workers, steps, batch, inputs, hidden, floats(states), OFFSET,
                    floats(hidden * inputs), OFFSET, floats(steps * batch * inputs), OFFSET, accumulate);
            call(Rnn.class, "backwardWeights", workers, steps, batch, inputs, hidden,
                    floats(steps * batch * inputs), OFFSET, floats(batch * hidden), OFFSET, floats(states), OFFSET,
                    floats(states), OFFSET, floats(hidden * inputs), OFFSET, accumulate, floats(hidden * hidden),
                    OFFSET, !accumulate, floats(hidden), OFFSET, accumulate);
        }
        for (boolean resetAfter : new boolean[]{false, true}) {
            call(Gru.class, "forward", workers, resetAfter, steps, batch, inputs, hidden,
                    floats(steps * batch * inputs), OFFSET, floats(3 * hidden * inputs), OFFSET,
                    floats(3 * hidden * hidden), OFFSET, floats(4 * hidden), OFFSET, floats(batch * hidden), OFFSET,
                    lengths, OFFSET, floats(4 * states), OFFSET, floats(states), OFFSET);
            call(Gru.class, "backward", workers, resetAfter, steps, batch, hidden, floats(3 * hidden * hidden),
                    OFFSET, floats(batch * hidden), OFFSET, lengths, OFFSET, floats(4 * states), OFFSET,
                    floats(states), OFFSET, floats(states), OFFSET, floats(4 * states), OFFSET,
                    floats(batch * hidden), OFFSET);
            call(Gru.class, "backwardInput", workers, steps, batch, inputs, hidden, floats(4 * states), OFFSET,
                    floats(3 * hidden * inputs), OFFSET, floats(steps * batch * inputs), OFFSET, resetAfter);
            call(Gru.class, "backwardWeights", workers, resetAfter, steps, batch, inputs, hidden,
                    floats(steps * batch * inputs), OFFSET, floats(batch * hidden), OFFSET, floats(4 * states), OFFSET,
                    floats(states), OFFSET, floats(4 * states), OFFSET, floats(3 * hidden * inputs), OFFSET,
                    !resetAfter, floats(3 * hidden * hidden), OFFSET, resetAfter, floats(4 * hidden), OFFSET,
                    !resetAfter);
        }
        for (boolean accumulate : new boolean[]{false, true}) {
            call(Lstm.class, "backwardPeepholes", workers, steps, batch, hidden, floats(batch * hidden), OFFSET,
                    floats(states), OFFSET, floats(4 * states), OFFSET, floats(3 * hidden), OFFSET, accumulate);
            call(Lstm.class, "backwardInput", workers, steps, batch, inputs, hidden, floats(4 * states), OFFSET,
                    floats(4 * hidden * inputs), OFFSET, floats(steps * batch * inputs), OFFSET, accumulate);
            call(Lstm.class, "backwardWeights", workers, steps, batch, inputs, hidden,
                    floats(steps * batch * inputs), OFFSET, floats(batch * hidden), OFFSET, floats(states), OFFSET,
                    floats(4 * states), OFFSET, floats(4 * hidden * inputs), OFFSET, accumulate,
                    floats(4 * hidden * hidden), OFFSET, !accumulate, floats(4 * hidden), OFFSET, accumulate);
        }
    }

    private static int[] ints(int n) {
        return new int[OFFSET + n];
    }
}
