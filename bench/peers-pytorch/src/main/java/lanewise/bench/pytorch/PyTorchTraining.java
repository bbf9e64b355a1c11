package lanewise.bench.pytorch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.function.UnaryOperator;
import lanewise.bench.contest.Computation;
import lanewise.bench.training.TrainingProblem;
import lanewise.bench.training.TrainingTask;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Training by PyTorch's C++ interface: its functions, their recorded gradients and its optimizers. */
public final class PyTorchTraining extends PyTorchEngine<TrainingProblem> {

    private static final TensorOptional NONE = new TensorOptional();
    private static final long[] ONE = {1, 1};
    private static final long[] TWO = {2, 2};
    private static final long[] ZERO = {0, 0};

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public PyTorchTraining(int threads) {
        super(threads, true, TrainingProblem::of);
    }

    @Override
    protected Computation bind(TrainingProblem problem) {
        TrainingTask task = problem.task();
        Weights weights = new Weights(task);
        UnaryOperator<Tensor> network = network(task, weights);
        Optimizer optimizer = optimizer(task, new TensorVector(weights.all.toArray(new Tensor[0])));
        long[] sizes = new long[task.inputSizes().length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = task.inputSizes()[i];
        }
        Tensor input = task.readsCharacters()
                ? numbers(problem.input().length, i -> (long) problem.input()[i], sizes)
                : tensor(problem.input(), sizes);
        Tensor labels = numbers(task.labels(), i -> problem.labels()[i], task.labels());
        float[] losses = new float[TrainingProblem.STEPS];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = step(network, optimizer, input, labels);
        }
        return new Computation(() -> step(network, optimizer, input, labels), () -> losses);
    }

    private static Tensor numbers(int count, IntToLongFunction number, long... sizes) {
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = number.applyAsLong(i);
        }
        return Tensor.create(numbers, sizes).clone();
    }

    private static float step(UnaryOperator<Tensor> network, Optimizer optimizer, Tensor input, Tensor labels) {
        try (var scope = new PointerScope()) {
            Tensor loss = torch.cross_entropy_loss(network.apply(input), labels);
            loss.backward();
            optimizer.step();
            optimizer.zero_grad();
            return loss.item_float();
        }
    }

    private static UnaryOperator<Tensor> network(TrainingTask task, Weights w) {
        return switch (task) {
            case MLP_784_30_10 -> chain(w.linear(), torch::sigmoid, w.linear());
            case MLP_784_512_512_10 -> chain(w.linear(), torch::relu, w.linear(), torch::relu, w.linear());
            case LENET5 -> chain(w.convolution(true, 1, 2), torch::relu, PyTorchTraining::halved,
                    w.convolution(true, 1, 0), torch::relu, PyTorchTraining::halved, x -> x.flatten(1, -1),
                    w.linear(), torch::relu, w.linear(), torch::relu, w.linear());
            case RESNET18_CIFAR -> resnet18(w);
            case CHAR_LSTM -> chain(w.embedding(), w.lstm(task.batch()), y -> y.flatten(0, 1), w.linear());
            case GPT_NANO -> gpt(task.batch(), w);
        };
    }

    private static UnaryOperator<Tensor> resnet18(Weights w) {
        List<UnaryOperator<Tensor>> layers = new ArrayList<>(List.of(w.normalized(1, 1), torch::relu));
        for (int block = 0; block < 8; block++) {
            int stride = block > 0 && block % 2 == 0 ? 2 : 1;
            UnaryOperator<Tensor> body = chain(w.normalized(stride, 1), torch::relu, w.normalized(1, 1));
            UnaryOperator<Tensor> shortcut = stride == 1 ? x -> x : w.normalized(2, 0);
            layers.add(x -> torch.relu(torch.add(body.apply(x), shortcut.apply(x))));
        }
        layers.add(x -> torch.adaptive_avg_pool2d(x, 1, 1).flatten(1, -1));
        layers.add(w.linear());
        return all(layers);
    }

    private static UnaryOperator<Tensor> gpt(int batch, Weights w) {
        Tensor positions = w.take();
        UnaryOperator<Tensor> embedding = w.embedding();
        List<UnaryOperator<Tensor>> layers = new ArrayList<>(List.of(x -> torch.add(embedding.apply(x), positions)));
        for (int i = 0; i < TrainingTask.LAYERS; i++) {
            UnaryOperator<Tensor> in = w.linear();
            UnaryOperator<Tensor> out = w.linear();
            UnaryOperator<Tensor> feedForward = chain(w.linear(), torch::gelu, w.linear());
            UnaryOperator<Tensor> norm1 = w.layerNorm();
            UnaryOperator<Tensor> norm2 = w.layerNorm();
            layers.add(x -> torch.add(x, out.apply(attention(batch, in.apply(norm1.apply(x))))));
            layers.add(x -> torch.add(x, feedForward.apply(norm2.apply(x))));
        }
        layers.add(w.layerNorm());
        layers.add(y -> y.flatten(0, 1));
        layers.add(w.linear());
        return all(layers);
    }

    /** Causal attention of queries, keys and values that lie one after the other in the last axis. */
    private static Tensor attention(int batch, Tensor projected) {
        Tensor parts = projected
                .view(batch, TrainingTask.SEQUENCE, 3, TrainingTask.HEADS, TrainingTask.WIDTH / TrainingTask.HEADS)
                .permute(2, 0, 3, 1, 4);
        return torch
                .scaled_dot_product_attention(parts.select(0, 0), parts.select(0, 1), parts.select(0, 2), NONE, 0.0,
                        true, new DoubleOptional(), false)
                .transpose(1, 2).reshape(batch, TrainingTask.SEQUENCE, TrainingTask.WIDTH);
    }

    private static UnaryOperator<Tensor> all(List<UnaryOperator<Tensor>> layers) {
        return x -> {
            Tensor y = x;
            for (UnaryOperator<Tensor> layer : layers) {
                y = layer.apply(y);
            }
            return y;
        };
    }

    @SafeVarargs
    private static UnaryOperator<Tensor> chain(UnaryOperator<Tensor>... layers) {
        List<UnaryOperator<Tensor>> list = new ArrayList<>();
        for (UnaryOperator<Tensor> layer : layers) {
            list.add(layer);
        }
        return all(list);
    }

    private static Tensor halved(Tensor x) {
        return torch.max_pool2d(x, TWO, TWO, ZERO, ONE, false);
    }

    private static Optimizer optimizer(TrainingTask task, TensorVector weights) {
        return switch (task) {
            case MLP_784_30_10 -> new SGD(weights, new SGDOptions(TrainingTask.SGD_RATE));
            case GPT_NANO -> adamW(weights);
            case MLP_784_512_512_10, CHAR_LSTM -> new Adam(weights, new AdamOptions(TrainingTask.ADAM_RATE));
            case LENET5 -> momentum(weights, 0);
            case RESNET18_CIFAR -> momentum(weights, TrainingTask.WEIGHT_DECAY);
        };
    }

    private static Optimizer adamW(TensorVector weights) {
        var options = new AdamWOptions(TrainingTask.ADAM_RATE);
        options.weight_decay().put(TrainingTask.ADAMW_DECAY);
        return new AdamW(weights, options);
    }

    private static Optimizer momentum(TensorVector weights, float decay) {
        var options = new SGDOptions(TrainingTask.MOMENTUM_RATE);
        options.momentum().put(TrainingTask.MOMENTUM);
        options.weight_decay().put(decay);
        return new SGD(weights, options);
    }

    /** The weights of the task's network, which are PyTorch's in order and shape, taken one layer after the other. */
    private static final class Weights {

        private final List<Tensor> all = new ArrayList<>();
        private int next;

        Weights(TrainingTask task) {
            for (var parameter : task.network().parameters()) {
                int[] sizes = parameter.shape().toArray();
                long[] extents = new long[sizes.length];
                for (int i = 0; i < sizes.length; i++) {
                    extents[i] = sizes[i];
                }
                Tensor weight = tensor(parameter.toArray(), extents);
                weight.set_requires_grad(true);
                all.add(weight);
            }
        }

        private Tensor take() {
            return all.get(next++);
        }

        UnaryOperator<Tensor> linear() {
            Tensor weight = take();
            var bias = new TensorOptional(take());
            return x -> torch.linear(x, weight, bias);
        }

        UnaryOperator<Tensor> layerNorm() {
            Tensor weight = take();
            long[] shape = {weight.size(0)};
            var gamma = new TensorOptional(weight);
            var beta = new TensorOptional(take());
            return x -> torch.layer_norm(x, shape, gamma, beta, 1e-5, false);
        }

        UnaryOperator<Tensor> embedding() {
            Tensor weight = take();
            return x -> torch.embedding(weight, x);
        }

        UnaryOperator<Tensor> lstm(int batch) {
            var parameters = new TensorVector(take(), take(), take(), take());
            var zeros = new TensorVector(torch.zeros(1, batch, TrainingTask.HIDDEN),
                    torch.zeros(1, batch, TrainingTask.HIDDEN));
            return x -> torch.lstm(x, zeros, parameters, true, 1, 0.0, true, false, false).get0();
        }

        UnaryOperator<Tensor> convolution(boolean withBias, int stride, int padding) {
            Tensor weight = take();
            TensorOptional bias = withBias ? new TensorOptional(take()) : NONE;
            long[] strides = {stride, stride};
            long[] paddings = {padding, padding};
            return x -> torch.conv2d(x, weight, bias, strides, paddings, ONE, 1);
        }

        UnaryOperator<Tensor> normalized(int stride, int padding) {
            UnaryOperator<Tensor> convolution = convolution(false, stride, padding);
            Tensor weight = take();
            var gamma = new TensorOptional(weight);
            var beta = new TensorOptional(take());
            var mean = new TensorOptional(torch.zeros(weight.size(0)));
            var variance = new TensorOptional(torch.ones(weight.size(0)));
            return x -> torch.batch_norm(convolution.apply(x), gamma, beta, mean, variance, true, 0.1, 1e-5, false);
        }
    }
}
