package lanewise.properties.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import lanewise.kernels.Workers;
import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import lanewise.nn.data.Batch;
import lanewise.nn.data.DataLoader;
import lanewise.nn.data.Dataset;
import lanewise.nn.io.Checkpoint;
import lanewise.nn.layer.BatchNorm2d;
import lanewise.nn.layer.Conv2d;
import lanewise.nn.layer.Dropout;
import lanewise.nn.layer.LSTM;
import lanewise.nn.layer.Linear;
import lanewise.nn.layer.MaxPool2d;
import lanewise.nn.layer.TransformerEncoderLayer;
import lanewise.nn.loss.Losses;
import lanewise.nn.optim.Adam;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trains for an hour, {@code -Dlanewise.soak=MINUTES} for another time: neither heap nor threads nor open files grow. Each
 * epoch has a thread that prefetches, batches of two sizes, a checkpoint that is saved and loaded, an inference, and a team of
 * threads that comes and goes.
 */
@Tag("soak")
class SoakTest {

    private static final Duration TIME = Duration.ofMinutes(Integer.getInteger("lanewise.soak", 60));
    /** The compilers, and what caches grow to, come first. */
    private static final int WARM_UP_SAMPLES = 5;
    private static final int SAMPLES = 60;
    private static final double GROWTH = 0.05;

    private static final int IMAGES = 500;
    private static final int CLASSES = 5;
    private static final int BATCH = 64;
    private static final int SIDE = 12;
    private static final int CHANNELS = 8;

    private final Generator random = new Generator(1);
    private final DataLoader loader = new DataLoader(images(), BATCH).shuffle(2).prefetch();
    private final Module network = new Everything(random);

    @TempDir
    private Path folder;

    private record Sample(long heap, int threads, long files, double loss) {

        static Sample of(double loss) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            return new Sample(runtime.totalMemory() - runtime.freeMemory(), leastThreads(),
                    system.getOpenFileDescriptorCount(), loss);
        }

        /** Threads of a team that was closed, or of an epoch that ended, take their time to end. */
        private static int leastThreads() {
            int least = Integer.MAX_VALUE;
            for (int i = 0; i < 100; i++) {
                least = Math.min(least, ManagementFactory.getThreadMXBean().getThreadCount());
                LockSupport.parkNanos(1_000_000);
            }
            return least;
        }
    }

    @Test
    void nothingGrows() throws IOException {
        List<Sample> samples = new ArrayList<>();
        long steps = 0;
        try (Workers workers = Workers.of(2); Tape tape = new Tape(workers)) {
            Adam adam = new Adam(workers, network.parameters(), 1e-3f);
            Checkpoint checkpoint = new Checkpoint().add("model", network).add("optimizer", adam).add("data", loader);
            long start = System.nanoTime();
            while (samples.size() < SAMPLES) {
                double loss = epoch(tape, adam);
                steps += loader.batches();
                checkpoint.save(folder.resolve("soak.checkpoint"));
                checkpoint.load(folder.resolve("soak.checkpoint"));
                infer();
                if (System.nanoTime() - start >= TIME.dividedBy(SAMPLES).multipliedBy(samples.size() + 1L).toNanos()) {
                    samples.add(Sample.of(loss));
                    System.out.printf("%d steps: %s%n", steps, samples.getLast());
                }
            }
        }
        List<Sample> steady = samples.subList(WARM_UP_SAMPLES, samples.size());
        Sample first = steady.getFirst();
        long median = steady.stream().mapToLong(Sample::heap).sorted().skip(steady.size() / 2).findFirst()
                .orElseThrow();
        for (Sample sample : steady) {
            assertTrue(Math.abs(sample.heap - median) <= GROWTH * median,
                    () -> "heap: " + sample + ", median " + median);
            assertEquals(first.threads, sample.threads, () -> "threads: " + first + ", " + sample);
            assertEquals(first.files, sample.files, () -> "open files: " + first + ", " + sample);
            assertTrue(Double.isFinite(sample.loss), () -> "loss: " + sample);
        }
    }

    private double epoch(Tape tape, Adam adam) {
        double sum = 0;
        for (Batch batch : loader) {
            try (Step step = tape.step()) {
                Tensor loss = Losses.crossEntropy(network.forward(batch.inputs(step)), batch.labels());
                loss.backward();
                sum += loss.item();
            }
            adam.clipGradNorm(1);
            adam.step();
            adam.zeroGrad();
        }
        return sum / loader.batches();
    }

    private void infer() {
        network.eval();
        try (Workers workers = Workers.of(3); Tape tape = new Tape(workers); Step step = tape.inference()) {
            network.forward(step.tensor(new float[3 * SIDE * SIDE], 3, 1, SIDE, SIDE));
        }
        network.train();
    }

    private Dataset images() {
        float[] pixels = new float[IMAGES * SIDE * SIDE];
        random.uniform(Tensor.of(pixels, pixels.length), 0, 1);
        int[] labels = new int[IMAGES];
        for (int i = 0; i < IMAGES; i++) {
            labels[i] = i * 7 % CLASSES;
        }
        return Dataset.of(pixels, labels, Shape.of(1, SIDE, SIDE), CLASSES);
    }

    /** Convolution, statistics, pooling; the places of the image as tokens that attend, then as steps of a sequence. */
    private static final class Everything extends Module {

        private final Conv2d conv;
        private final BatchNorm2d norm;
        private final MaxPool2d pool = new MaxPool2d(2);
        private final TransformerEncoderLayer encoder;
        private final LSTM lstm;
        private final Dropout dropout;
        private final Linear head;

        Everything(Generator random) {
            conv = register("conv", new Conv2d(1, CHANNELS, 3, random).padding(1));
            norm = register("norm", new BatchNorm2d(CHANNELS));
            encoder = register("encoder", new TransformerEncoderLayer(CHANNELS, 2, 4 * CHANNELS, random));
            lstm = register("lstm", new LSTM(CHANNELS, 2 * CHANNELS, random));
            dropout = register("dropout", new Dropout(0.1f, 3));
            head = register("head", new Linear(2 * CHANNELS, CLASSES, random));
        }

        @Override
        public Tensor forward(Tensor x) {
            int images = x.shape().size(0);
            Tensor maps = pool.forward(norm.forward(conv.forward(x)).relu());
            int places = maps.size() / images / CHANNELS;
            Tensor tokens = encoder.forward(maps.reshape(Shape.of(images, CHANNELS, places)).permute(0, 2, 1));
            Tensor last = lstm.forward(tokens.permute(1, 0, 2)).slice(0, places - 1, places);
            return head.forward(dropout.forward(last.reshape(Shape.of(images, 2 * CHANNELS))));
        }
    }
}
