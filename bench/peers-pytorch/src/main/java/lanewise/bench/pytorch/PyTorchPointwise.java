package lanewise.bench.pytorch;

import java.util.function.Supplier;
import lanewise.bench.contest.Computation;
import lanewise.bench.pointwise.PointwiseOperands;
import lanewise.bench.pointwise.PointwiseShape;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The memory-bound operations of PyTorch. Backward passes that have no function here are those of their graphs, recorded
 * once. Adam is the optimizer of the C++ interface, whose bindings do not offer the fused one of Python.
 */
public final class PyTorchPointwise extends PyTorchEngine<PointwiseOperands> {

    private static final double MOMENTUM = 0.1;

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public PyTorchPointwise(int threads) {
        super(threads, PointwiseOperands::of);
    }

    @Override
    protected Computation bind(PointwiseOperands operands) {
        PointwiseShape shape = operands.shape();
        Tensor x = tensor(operands.x(), shape.dimensions());
        Tensor dy = tensor(operands.dy(), shape.dimensions());
        return switch (shape.pass()) {
            case FORWARD -> forward(operands, x, dy);
            case BACKWARD -> backward(operands, x, dy);
            case UPDATE -> adam(x, dy);
        };
    }

    private static Computation forward(PointwiseOperands operands, Tensor x, Tensor other) {
        PointwiseShape shape = operands.shape();
        return switch (shape.kind()) {
            case RELU -> returning(() -> torch.relu(x));
            case SIGMOID -> returning(() -> torch.sigmoid(x));
            case TANH -> returning(() -> torch.tanh(x));
            case EXP -> returning(() -> torch.exp(x));
            case GELU -> returning(() -> torch.gelu(x));
            case SILU -> returning(() -> torch.silu(x));
            case ADD -> returning(() -> torch.add(x, other));
            case MUL -> returning(() -> torch.mul(x, other));
            case SOFTMAX -> returning(() -> torch.softmax(x, 1));
            case LOG_SOFTMAX -> returning(() -> torch.log_softmax(x, 1));
            case CROSS_ENTROPY -> {
                Tensor labels = labels(operands);
                yield returning(() -> torch.cross_entropy_loss(x, labels));
            }
            case LAYER_NORM, BATCH_NORM -> {
                var norm = new Normalization(operands);
                yield returning(() -> norm.forward(x).get0());
            }
            case ADAM -> throw new UnsupportedOperationException("an update");
        };
    }

    private static Computation backward(PointwiseOperands operands, Tensor x, Tensor dy) {
        PointwiseShape shape = operands.shape();
        return switch (shape.kind()) {
            case RELU -> {
                Tensor y = torch.relu(x);
                var zero = new Scalar(0f);
                yield returning(() -> torch.threshold_backward(dy, y, zero));
            }
            case SIGMOID -> {
                Tensor y = torch.sigmoid(x);
                yield returning(() -> torch.sigmoid_backward(dy, y));
            }
            case TANH -> {
                Tensor y = torch.tanh(x);
                yield returning(() -> torch.tanh_backward(dy, y));
            }
            case GELU -> returning(() -> torch.gelu_backward(dy, x));
            case SILU -> returning(() -> torch.silu_backward(dy, x));
            case MUL -> returning(() -> {
                torch.mul(x, x).close();
                return torch.mul(x, dy);
            });
            case SOFTMAX -> ofGraph(x, dy, () -> torch.softmax(x, 1));
            case LOG_SOFTMAX -> ofGraph(x, dy, () -> torch.log_softmax(x, 1));
            case CROSS_ENTROPY -> {
                Tensor labels = labels(operands);
                yield ofGraph(x, torch.ones(new long[0]), () -> torch.cross_entropy_loss(x, labels));
            }
            case LAYER_NORM, BATCH_NORM -> {
                var norm = new Normalization(operands);
                T_TensorTensorTensor_T saved = norm.forward(x);
                yield returning(() -> norm.backward(x, dy, saved).get0());
            }
            case ADD, EXP, ADAM -> throw new UnsupportedOperationException("no backward pass");
        };
    }

    private static Computation ofGraph(Tensor x, Tensor dy, Supplier<Tensor> function) {
        TensorVector outputs;
        x.set_requires_grad(true);
        try (var gradients = new AutoGradMode(true)) {
            outputs = new TensorVector(function.get());
        }
        var inputs = new TensorVector(x);
        var outputGradients = new TensorVector(dy);
        var keepGraph = new BoolOptional(true);
        return returning(() -> torch.grad(outputs, inputs, outputGradients, keepGraph, false, false).get(0));
    }

    private static Tensor labels(PointwiseOperands operands) {
        int[] labels = operands.labels();
        long[] values = new long[labels.length];
        for (int i = 0; i < labels.length; i++) {
            values[i] = labels[i];
        }
        return torch.tensor(values);
    }

    private static Computation adam(Tensor w, Tensor dw) {
        w.set_requires_grad(true);
        w.mutable_grad().put(dw);
        var options = new AdamOptions(PointwiseOperands.LEARNING_RATE);
        options.betas().put(new DoublePointer(PointwiseOperands.BETA1, PointwiseOperands.BETA2));
        options.eps().put(PointwiseOperands.EPSILON);
        var optimizer = new Adam(new TensorVector(w), options);
        return new Computation(() -> optimizer.step().close(), () -> values(w));
    }

    /** Layer or batch normalization with its weights. */
    private static final class Normalization {

        private final boolean ofLayer;
        private final long[] features;
        private final TensorOptional gamma;
        private final TensorOptional beta;
        private final TensorOptional mean;
        private final TensorOptional variance;

        Normalization(PointwiseOperands operands) {
            ofLayer = operands.shape().kind() == PointwiseShape.Kind.LAYER_NORM;
            features = new long[]{operands.shape().features()};
            gamma = new TensorOptional(tensor(operands.gamma(), features));
            beta = new TensorOptional(tensor(operands.beta(), features));
            mean = new TensorOptional(torch.zeros(features));
            variance = new TensorOptional(torch.ones(features));
        }

        T_TensorTensorTensor_T forward(Tensor x) {
            return ofLayer
                    ? torch.native_layer_norm(x, features, gamma, beta, PointwiseOperands.EPSILON)
                    : torch.native_batch_norm(x, gamma, beta, mean, variance, true, MOMENTUM,
                            PointwiseOperands.EPSILON);
        }

        T_TensorTensorTensor_T backward(Tensor x, Tensor dy, T_TensorTensorTensor_T saved) {
            var all = new BoolPointer(3);
            for (int i = 0; i < 3; i++) {
                all.put(i, true);
            }
            return ofLayer
                    ? torch.native_layer_norm_backward(dy, x, features, saved.get1(), saved.get2(), gamma, beta, all)
                    : torch.native_batch_norm_backward(dy, x, gamma, mean, variance, new TensorOptional(saved.get1()),
                            new TensorOptional(saved.get2()), true, PointwiseOperands.EPSILON, all);
        }
    }
}
