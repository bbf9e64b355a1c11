package lanewise.bench.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import lanewise.bench.contest.Limit;
import lanewise.bench.contest.Unit;
import lanewise.bench.contest.Workload;
import lanewise.kernels.Workers;
import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Residual;
import lanewise.nn.Sequential;
import lanewise.nn.layer.AdaptiveAvgPool2d;
import lanewise.nn.layer.BatchNorm2d;
import lanewise.nn.layer.Conv2d;
import lanewise.nn.layer.Flatten;
import lanewise.nn.layer.Linear;
import lanewise.nn.layer.MaxPool2d;
import lanewise.nn.layer.ReLU;
import lanewise.nn.layer.Sigmoid;
import lanewise.nn.optim.Adam;
import lanewise.nn.optim.AdamW;
import lanewise.nn.optim.Optimizer;
import lanewise.nn.optim.ParameterGroup;
import lanewise.nn.optim.SGD;

/** A network, how it is trained, and the batch of each step. All of them classify into ten classes. */
public enum TrainingTask {
    /** The network of Nielsen's book, in batches as small as there. */
    MLP_784_30_10(10, 784 * 30L + 30 * 10),
    /** Three fully connected layers. */
    MLP_784_512_512_10(128, 784 * 512L + 512 * 512 + 512 * 10),
    /** LeNet-5 with rectifiers and max pooling. */
    LENET5(64, 28 * 28 * 6 * 25L + 10 * 10 * 16 * 150 + 400 * 120 + 120 * 84 + 84 * 10),
    /** ResNet-18 with a first layer of 3 x 3 for small images (He, Zhang, Ren and Sun 2016). */
    RESNET18_CIFAR(32, 1024 * 64 * 27L + 4 * 1024 * 64 * 576 + 3 * (256 * 128 * (576 + 3 * 1152 + 64)) + 5120),
    /** Next characters by an LSTM of 256 units over 64 characters, each embedded in 64 numbers. */
    CHAR_LSTM(32, 64 * (4 * 256 * (64L + 256) + 256 * 65)),
    /** Next characters by a small GPT: four layers of width 128 with four heads, over 64 characters. */
    GPT_NANO(12, 64 * (4 * (12L * 128 * 128 + 64 * 128) + 128 * 65));

    /** Characters of a sequence. */
    public static final int SEQUENCE = 64;

    /** Units of {@link #CHAR_LSTM}. */
    public static final int HIDDEN = 256;

    private static final int CLASSES = 10;
    private static final int CHARACTERS = 65;
    private static final int EMBEDDED = 64;

    /** Layers of {@link #GPT_NANO}. */
    public static final int LAYERS = 4;

    /** Heads of {@link #GPT_NANO}. */
    public static final int HEADS = 4;

    /** Elements of a token of {@link #GPT_NANO}. */
    public static final int WIDTH = 128;

    /** The learning rate of stochastic gradient descent without momentum. */
    public static final float SGD_RATE = 0.1f;

    /** The learning rate of stochastic gradient descent with momentum. */
    public static final float MOMENTUM_RATE = 0.01f;

    /** How much of the velocity remains. */
    public static final float MOMENTUM = 0.9f;

    /** The learning rate of Adam. */
    public static final float ADAM_RATE = 1e-3f;

    /** Weight decay of AdamW, as it is unless said otherwise. */
    public static final float ADAMW_DECAY = 0.01f;

    /** Weight decay of {@link #RESNET18_CIFAR}. */
    public static final float WEIGHT_DECAY = 5e-4f;

    private static final int BLOCKS_PER_STAGE = 2;

    private final int batch;
    private final long multiplyAdds;

    TrainingTask(int batch, long multiplyAdds) {
        this.batch = batch;
        this.multiplyAdds = multiplyAdds;
    }

    /**
     * The row of the report. A backward pass counts as two forward passes.
     *
     * @return the workload
     */
    public Workload workload() {
        return new Workload(title(), 3 * 2.0 * multiplyAdds * batch, Unit.GFLOPS, Limit.FMA);
    }

    /**
     * The task of a row.
     *
     * @param workload the name of the row
     * @return the task
     */
    public static TrainingTask of(String workload) {
        return Arrays.stream(values()).filter(task -> task.title().equals(workload)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(workload + ": no such training"));
    }

    /**
     * Samples in a batch.
     *
     * @return the number
     */
    public int batch() {
        return batch;
    }

    /**
     * The sizes of a batch of inputs.
     *
     * @return [batch, ...]; for characters of {@link #CHAR_LSTM} [sequence, batch]
     */
    public int[] inputSizes() {
        return switch (this) {
            case MLP_784_30_10, MLP_784_512_512_10 -> new int[]{batch, 784};
            case LENET5 -> new int[]{batch, 1, 28, 28};
            case RESNET18_CIFAR -> new int[]{batch, 3, 32, 32};
            case CHAR_LSTM -> new int[]{SEQUENCE, batch};
            case GPT_NANO -> new int[]{batch, SEQUENCE};
        };
    }

    /**
     * Whether inputs are numbers of characters.
     *
     * @return true for the models of texts
     */
    public boolean readsCharacters() {
        return this == CHAR_LSTM || this == GPT_NANO;
    }

    /**
     * How many classes there are.
     *
     * @return ten, or the number of characters
     */
    public int classes() {
        return readsCharacters() ? CHARACTERS : CLASSES;
    }

    /**
     * How many labels a batch has.
     *
     * @return one for each sample, or for each character
     */
    public int labels() {
        return readsCharacters() ? SEQUENCE * batch : batch;
    }

    /**
     * The network with the weights it starts with, the same everywhere.
     *
     * @return from {@link #inputSizes} to logits [labels, classes]
     */
    public Module network() {
        Generator random = new Generator(2026);
        return switch (this) {
            case MLP_784_30_10 -> new Sequential(new Linear(784, 30, random), new Sigmoid(),
                    new Linear(30, CLASSES, random));
            case MLP_784_512_512_10 -> new Sequential(new Linear(784, 512, random), new ReLU(),
                    new Linear(512, 512, random), new ReLU(), new Linear(512, CLASSES, random));
            case LENET5 -> new Sequential(new Conv2d(1, 6, 5, random).padding(2), new ReLU(), new MaxPool2d(2),
                    new Conv2d(6, 16, 5, random), new ReLU(), new MaxPool2d(2), new Flatten(),
                    new Linear(400, 120, random), new ReLU(), new Linear(120, 84, random), new ReLU(),
                    new Linear(84, CLASSES, random));
            case RESNET18_CIFAR -> resnet18(random);
            case CHAR_LSTM -> new CharacterModel(CHARACTERS, EMBEDDED, HIDDEN, random);
            case GPT_NANO -> new GptModel(CHARACTERS, SEQUENCE, LAYERS, HEADS, WIDTH, random);
        };
    }

    /**
     * The optimizer.
     *
     * @param workers the team that computes
     * @param network the network
     * @return stochastic gradient descent with or without momentum, Adam, or AdamW
     */
    public Optimizer optimizer(Workers workers, Module network) {
        return switch (this) {
            case MLP_784_30_10 -> new SGD(workers, network.parameters(), SGD_RATE);
            case MLP_784_512_512_10, CHAR_LSTM -> new Adam(workers, network.parameters(), ADAM_RATE);
            case GPT_NANO -> new AdamW(workers, network.parameters(), ADAM_RATE);
            case LENET5 -> momentum(workers, network, 0);
            case RESNET18_CIFAR -> momentum(workers, network, WEIGHT_DECAY);
        };
    }

    private String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Optimizer momentum(Workers workers, Module network, float decay) {
        return new SGD(workers, MOMENTUM, 0, false, new ParameterGroup(network.parameters(), MOMENTUM_RATE, decay));
    }

    private static Module resnet18(Generator random) {
        List<Module> modules = new ArrayList<>(List.of(normalized(3, 64, 3, 1, random), new ReLU()));
        int in = 64;
        for (int out = 64; out <= 512; out *= 2) {
            for (int block = 0; block < BLOCKS_PER_STAGE; block++) {
                int stride = in == out ? 1 : 2;
                Module body = new Sequential(normalized(in, out, 3, stride, random), new ReLU(),
                        normalized(out, out, 3, 1, random));
                modules.add(in == out
                        ? new Residual(body)
                        : new Residual(body, normalized(in, out, 1, stride, random)));
                modules.add(new ReLU());
                in = out;
            }
        }
        modules.add(new AdaptiveAvgPool2d(1));
        modules.add(new Flatten());
        modules.add(new Linear(in, CLASSES, random));
        return new Sequential(modules.toArray(new Module[0]));
    }

    private static Module normalized(int in, int out, int kernel, int stride, Generator random) {
        return new Sequential(
                new Conv2d(in, out, kernel, kernel, 1, false, random).stride(stride).padding(kernel / 2),
                new BatchNorm2d(out));
    }
}
