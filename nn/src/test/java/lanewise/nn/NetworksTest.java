package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Function;
import lanewise.kernels.Workers;
import lanewise.nn.layer.BatchNorm2d;
import lanewise.nn.layer.Conv2d;
import lanewise.nn.layer.Flatten;
import lanewise.nn.layer.Linear;
import lanewise.nn.layer.MaxPool2d;
import lanewise.nn.layer.ReLU;
import lanewise.nn.layer.Sigmoid;
import lanewise.nn.optim.Adam;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The networks that docs/networks.md shows, word for word, forwards, backwards and a few steps of training. */
class NetworksTest {

    private final Workers workers = Workers.single();
    private final Tape tape = new Tape(workers);
    private final Generator random = new Generator(1);

    @AfterEach
    void close() {
        tape.close();
        workers.close();
    }

    @Test
    void shallow() {
        var net = new Sequential(new Linear(784, 30, random), new Sigmoid(), new Linear(30, 10, random), new Sigmoid());

        assertEquals(Shape.of(2, 10), trained(net, 2, 784));
        assertEquals(784 * 30 + 30 + 300 + 10, size(net));
    }

    @Test
    void lenet() {
        var net = new Sequential(
                new Conv2d(1, 6, 5, random).padding(2), new ReLU(), new MaxPool2d(2),
                new Conv2d(6, 16, 5, random), new ReLU(), new MaxPool2d(2),
                new Flatten(),
                new Linear(400, 120, random), new ReLU(),
                new Linear(120, 84, random), new ReLU(),
                new Linear(84, 10, random));

        assertEquals(Shape.of(2, 10), trained(net, 2, 1, 28, 28));
        assertEquals(61_706, size(net));
    }

    static Module residualBlock(int channels, Generator random) {
        return new Sequential(
                new Residual(new Sequential(
                        new Conv2d(channels, channels, 3, random).padding(1), new BatchNorm2d(channels), new ReLU(),
                        new Conv2d(channels, channels, 3, random).padding(1), new BatchNorm2d(channels))),
                new ReLU());
    }

    @Test
    void residual() {
        assertEquals(Shape.of(2, 4, 6, 6), trained(residualBlock(4, random), 2, 4, 6, 6));
    }

    static Module inceptionBlock(int in, Generator random) {
        return new Concat(
                new Sequential(new Conv2d(in, 4, 1, random), new ReLU()),
                new Sequential(new Conv2d(in, 3, 1, random), new ReLU(),
                        new Conv2d(3, 6, 3, random).padding(1), new ReLU()),
                new Sequential(new Conv2d(in, 2, 1, random), new ReLU(),
                        new Conv2d(2, 3, 5, random).padding(2), new ReLU()),
                new Sequential(new MaxPool2d(3).stride(1).padding(1), new Conv2d(in, 3, 1, random), new ReLU()));
    }

    @Test
    void inception() {
        assertEquals(Shape.of(2, 16, 6, 6), trained(inceptionBlock(4, random), 2, 4, 6, 6));
    }

    static final class TiedAutoencoder extends Module {

        private final Linear encoder;
        private final Parameter shift;

        TiedAutoencoder(int inputs, int hidden, Generator random) {
            encoder = register("encoder", new Linear(inputs, hidden, random));
            shift = register("shift", new Parameter(Shape.of(inputs)));
        }

        @Override
        public Tensor forward(Tensor x) {
            return encoder.forward(x).sigmoid().matmul(encoder.weight()).add(shift).sigmoid();
        }
    }

    @Test
    void autoencoder() {
        TiedAutoencoder net = new TiedAutoencoder(12, 5, random);

        assertEquals(Shape.of(3, 12), trained(net, 3, 12));
        assertEquals(60 + 5 + 12, size(net));
    }

    /** The loss of pairs of the same kind is their squared distance, that of others what they lack to a distance of 1. */
    static Tensor contrastive(Module net, Tensor a, Tensor b, Tensor same) {
        Tensor difference = net.forward(a).sub(net.forward(b));
        Tensor distance = difference.norm(1);
        Tensor near = same.mul(distance.mul(distance));
        Tensor lack = distance.mul(-1f).add(Tensor.of(new float[]{1}, 1)).relu();
        Tensor far = same.mul(-1f).add(Tensor.of(new float[]{1}, 1)).mul(lack.mul(lack));
        return near.add(far).mean(0).sum();
    }

    @Test
    void siamese() {
        Module net = new Sequential(new Linear(4, 8, random), new ReLU(), new Linear(8, 2, random));
        float[] same = {1, 0, 1};
        assertTrue(falls(net, step -> contrastive(net, drawn(step, 1, 3, 4), drawn(step, 2, 3, 4),
                step.tensor(same, 3))));
    }

    /** The shape of the output, after a training that makes its mean square smaller. */
    private Shape trained(Module net, int... input) {
        assertTrue(falls(net, step -> {
            Tensor y = net.forward(drawn(step, 1, input));
            return y.mul(y).sum();
        }));
        try (Step step = tape.inference()) {
            return net.forward(drawn(step, 1, input)).shape();
        }
    }

    private boolean falls(Module net, Function<Step, Tensor> loss) {
        Adam adam = new Adam(workers, net.parameters(), 0.01f);
        float first = 0;
        float last = 0;
        for (int i = 0; i < 10; i++) {
            try (Step step = tape.step()) {
                Tensor value = loss.apply(step);
                value.backward();
                adam.step();
                last = value.item();
                first = i == 0 ? last : first;
            }
        }
        return last < first;
    }

    private static Tensor drawn(Step step, long seed, int... sizes) {
        Tensor x = Tensor.of(new float[Shape.of(sizes).size()], sizes);
        new Generator(seed).normal(x, 0, 1);
        return step.tensor(x);
    }

    private static int size(Module net) {
        return net.parameters().stream().mapToInt(Tensor::size).sum();
    }
}
