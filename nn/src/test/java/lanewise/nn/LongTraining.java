package lanewise.nn;

import java.util.List;
import java.util.zip.CRC32;
import lanewise.kernels.Workers;
import lanewise.nn.data.Batch;
import lanewise.nn.data.DataLoader;
import lanewise.nn.data.Dataset;
import lanewise.nn.layer.BatchNorm2d;
import lanewise.nn.layer.Conv2d;
import lanewise.nn.layer.Dropout;
import lanewise.nn.layer.Flatten;
import lanewise.nn.layer.Linear;
import lanewise.nn.layer.MaxPool2d;
import lanewise.nn.layer.ReLU;
import lanewise.nn.loss.Losses;
import lanewise.nn.optim.Adam;

/** A program that trains a small convolutional network and prints what came of it. */
final class LongTraining {

    private LongTraining() {}

    /**
     * With {@code bits}: the checksum of the weights after 100 steps for 1, 2 and 3 threads, a line each. With {@code heap}: the bytes
     * in use after 1,000 and after 10,000 steps.
     */
    public static void main(String[] args) {
        if (args[0].equals("bits")) {
            for (int threads : List.of(1, 2, 3)) {
                System.out.println(Long.toHexString(weightsAfter(100, threads)));
            }
        } else {
            train(1, 32, 10_000, 1_000);
        }
    }

    private static long weightsAfter(int steps, int threads) {
        CRC32 sum = new CRC32();
        for (Tensor tensor : train(threads, 64, steps, Integer.MAX_VALUE).stateDict().values()) {
            for (float element : tensor.toArray()) {
                int bits = Float.floatToRawIntBits(element);
                for (int i = 0; i < 4; i++) {
                    sum.update(bits >>> (8 * i));
                }
            }
        }
        return sum.getValue();
    }

    private static Module train(int threads, int batchSize, int steps, int report) {
        Generator random = new Generator(1);
        Module net = new Sequential(new Conv2d(1, 4, 3, random).padding(1), new BatchNorm2d(4), new ReLU(),
                new MaxPool2d(2), new Flatten(), new Dropout(0.2f, 3), new Linear(4 * 6 * 6, 48, random),
                new ReLU(), new Linear(48, 5, random));
        DataLoader loader = new DataLoader(images(), batchSize).shuffle(2);
        try (Workers workers = Workers.of(threads); Tape tape = new Tape(workers)) {
            Adam adam = new Adam(workers, net.parameters(), 0.01f);
            for (int done = 0; done < steps;) {
                for (Batch batch : loader) {
                    try (Step step = tape.step()) {
                        Losses.crossEntropy(net.forward(batch.inputs(step)), batch.labels()).backward();
                        adam.clipGradNorm(5);
                        adam.step();
                    }
                    if (++done == report || (done == steps && report < steps)) {
                        System.gc();
                        Runtime runtime = Runtime.getRuntime();
                        System.out.println(runtime.totalMemory() - runtime.freeMemory());
                    }
                    if (done == steps) {
                        break;
                    }
                }
            }
        }
        return net;
    }

    private static Dataset images() {
        float[] pixels = new float[200 * 144];
        new Generator(7).uniform(Tensor.of(pixels, pixels.length), 0, 1);
        int[] labels = new int[200];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i * 7 % 5;
        }
        return Dataset.of(pixels, labels, Shape.of(1, 12, 12), 5);
    }
}
