package lanewise.bench.pointwise;

import lanewise.bench.contest.Computation;
import lanewise.bench.contest.LanewiseEngine;
import lanewise.bench.contest.Operation;
import lanewise.kernels.activation.Gelu;
import lanewise.kernels.activation.Relu;
import lanewise.kernels.activation.Sigmoid;
import lanewise.kernels.activation.Silu;
import lanewise.kernels.activation.Tanh;
import lanewise.kernels.elementwise.Elementwise;
import lanewise.kernels.elementwise.Unary;
import lanewise.kernels.elementwise.UnaryFunction;
import lanewise.kernels.loss.SoftmaxCrossEntropy;
import lanewise.kernels.normalization.BatchNorm;
import lanewise.kernels.normalization.LayerNorm;
import lanewise.kernels.optimizer.Adam;
import lanewise.kernels.softmax.LogSoftmax;
import lanewise.kernels.softmax.Softmax;

/** The operations by Lanewise. */
public final class LanewisePointwise extends LanewiseEngine<PointwiseOperands> {

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public LanewisePointwise(int threads) {
        super(threads, PointwiseOperands::of);
    }

    @Override
    protected Computation bind(PointwiseOperands operands) {
        PointwiseShape shape = operands.shape();
        return switch (shape.pass()) {
            case FORWARD -> Computation.into(operands.result(),
                    forward(operands, shape, operands.x(), operands.result()));
            case BACKWARD -> Computation.into(operands.result(),
                    backward(operands, shape, operands.x(), operands.dy(), operands.result()));
            case UPDATE -> adam(shape.length(), operands.x().clone(), operands.dy());
        };
    }

    private Operation forward(PointwiseOperands operands, PointwiseShape shape, float[] x, float[] y) {
        int n = shape.length();
        int rows = shape.rows();
        int features = shape.features();
        float[] gamma = operands.gamma();
        float[] beta = operands.beta();
        float epsilon = PointwiseOperands.EPSILON;
        return switch (shape.kind()) {
            case RELU -> () -> Relu.forward(workers, n, x, 0, y, 0);
            case SIGMOID -> () -> Sigmoid.forward(workers, n, x, 0, y, 0);
            case TANH -> () -> Tanh.forward(workers, n, x, 0, y, 0);
            case EXP -> () -> Unary.forward(workers, UnaryFunction.EXP, n, x, 0, y, 0);
            case GELU -> () -> Gelu.forward(workers, n, x, 0, y, 0);
            case SILU -> () -> Silu.forward(workers, n, x, 0, y, 0);
            case ADD -> () -> Elementwise.add(workers, n, x, 0, operands.dy(), 0, y, 0);
            case MUL -> () -> Elementwise.multiply(workers, n, x, 0, operands.dy(), 0, y, 0);
            case SOFTMAX -> () -> Softmax.forward(workers, rows, features, 1, x, 0, y, 0);
            case LOG_SOFTMAX -> () -> LogSoftmax.forward(workers, rows, features, 1, x, 0, y, 0);
            case CROSS_ENTROPY -> () -> SoftmaxCrossEntropy.forward(workers, rows, features, 1f / rows, x, 0, features,
                    operands.labels(), 0, y, 0);
            case LAYER_NORM -> {
                float[] statistics = new float[3 * rows];
                yield () -> LayerNorm.forward(workers, rows, features, epsilon, x, 0, gamma, 0, beta, 0, y, 0,
                        statistics, 0);
            }
            case BATCH_NORM -> {
                float[] mean = new float[features];
                float[] variance = new float[features];
                float[] statistics = new float[3 * features];
                yield () -> BatchNorm.forward(workers, rows, features, shape.spatial(), epsilon, 0.1f, x, 0, gamma, 0,
                        beta, 0, mean, 0, variance, 0, y, 0, statistics, 0);
            }
            case ADAM -> throw new IllegalArgumentException("an update");
        };
    }

    private Operation backward(PointwiseOperands operands, PointwiseShape shape, float[] x, float[] dy, float[] dx) {
        int n = shape.length();
        int rows = shape.rows();
        int features = shape.features();
        float[] gamma = operands.gamma();
        float[] dGamma = new float[features];
        float[] dBeta = new float[features];
        float[] y = new float[n];
        float epsilon = PointwiseOperands.EPSILON;
        return switch (shape.kind()) {
            case RELU -> {
                forward(operands, shape, x, y).run();
                yield () -> Relu.backward(workers, n, y, 0, dy, 0, dx, 0, false);
            }
            case SIGMOID -> {
                forward(operands, shape, x, y).run();
                yield () -> Sigmoid.backward(workers, n, y, 0, dy, 0, dx, 0, false);
            }
            case TANH -> {
                forward(operands, shape, x, y).run();
                yield () -> Tanh.backward(workers, n, y, 0, dy, 0, dx, 0, false);
            }
            case GELU -> () -> Gelu.backward(workers, n, x, 0, dy, 0, dx, 0, false);
            case SILU -> () -> Silu.backward(workers, n, x, 0, dy, 0, dx, 0, false);
            case MUL -> () -> {
                Elementwise.multiply(workers, n, x, 0, dy, 0, dx, 0);
                Elementwise.multiply(workers, n, x, 0, x, 0, y, 0);
            };
            case SOFTMAX -> {
                forward(operands, shape, x, y).run();
                yield () -> Softmax.backward(workers, rows, features, 1, y, 0, dy, 0, dx, 0, false);
            }
            case LOG_SOFTMAX -> {
                forward(operands, shape, x, y).run();
                yield () -> LogSoftmax.backward(workers, rows, features, 1, y, 0, dy, 0, dx, 0, false);
            }
            case CROSS_ENTROPY -> {
                float[] one = {1};
                yield () -> SoftmaxCrossEntropy.backward(workers, rows, features, 1f / rows, x, 0, features,
                        operands.labels(), 0, one, 0, dx, 0, features, false);
            }
            case LAYER_NORM -> {
                float[] statistics = new float[3 * rows];
                LayerNorm.forward(workers, rows, features, epsilon, x, 0, gamma, 0, operands.beta(), 0, y, 0,
                        statistics, 0);
                yield () -> LayerNorm.backward(workers, rows, features, x, 0, gamma, 0, statistics, 0, dy, 0, dx, 0,
                        false, dGamma, 0, false, dBeta, 0, false);
            }
            case BATCH_NORM -> {
                float[] statistics = new float[3 * features];
                BatchNorm.forward(workers, rows, features, shape.spatial(), epsilon, 0.1f, x, 0, gamma, 0,
                        operands.beta(), 0, new float[features], 0, new float[features], 0, y, 0, statistics, 0);
                yield () -> BatchNorm.backward(workers, rows, features, shape.spatial(), x, 0, gamma, 0, statistics, 0,
                        dy, 0, dx, 0, false, dGamma, 0, false, dBeta, 0, false);
            }
            case ADD, EXP, ADAM -> throw new IllegalArgumentException("no backward pass");
        };
    }

    // Always the first step: its number changes nothing that costs time.
    private Computation adam(int n, float[] w, float[] dw) {
        float[] m = new float[n];
        float[] v = new float[n];
        return new Computation(() -> Adam.update(workers, n, PointwiseOperands.LEARNING_RATE, PointwiseOperands.BETA1,
                PointwiseOperands.BETA2, PointwiseOperands.EPSILON, 0, false, 1, dw, 0, w, 0, m, 0, v, 0), () -> w);
    }
}
