package lanewise.nn.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lanewise.kernels.Workers;
import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Sequential;
import lanewise.nn.Shape;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import lanewise.nn.data.DataLoader;
import lanewise.nn.data.Dataset;
import lanewise.nn.layer.Dropout;
import lanewise.nn.layer.Linear;
import lanewise.nn.layer.ReLU;
import lanewise.nn.loss.Losses;
import lanewise.nn.optim.Adam;
import lanewise.nn.optim.Schedule;
import lanewise.nn.optim.Scheduler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {

    private static final int SAMPLES = 60;

    @TempDir
    private Path folder;

    /** A small problem, a network and all that trains it. */
    private static final class Run implements AutoCloseable, TrainingListener {

        private final Workers workers = Workers.single();
        private final Tape tape = new Tape(workers);
        private final Module net;
        private final Trainer trainer;
        private final List<Epoch> epochs = new ArrayList<>();
        private int stopAfter = Integer.MAX_VALUE;

        Run(Path checkpoint, long every) {
            Generator random = new Generator(1);
            net = new Sequential(new Linear(4, 16, random), new ReLU(), new Dropout(0.2f, 5),
                    new Linear(16, 3, random));
            Adam adam = new Adam(workers, net.parameters(), 0.02f);
            Dataset samples = samples();
            trainer = new Trainer(net, (step, output, batch) -> Losses.crossEntropy(output, batch.labels()), adam,
                    new DataLoader(samples, 8).shuffle(3)).test(new DataLoader(samples, 25), Metric.accuracy())
                    .schedule(new Scheduler(adam, Schedule.exponential(0.9)));
            if (checkpoint != null) {
                trainer.checkpoint(checkpoint, every);
            }
        }

        boolean run(int untilEpoch) throws IOException {
            return trainer.run(tape, untilEpoch, this);
        }

        @Override
        public void stepped(int samples, double loss) {
            if (--stopAfter == 0) {
                trainer.stop();
            }
        }

        @Override
        public void ended(Epoch epoch) {
            epochs.add(epoch);
        }

        @Override
        public void close() {
            tape.close();
            workers.close();
        }
    }

    @Test
    void epochsTeachAndAreTold() throws IOException {
        try (Run run = new Run(null, 0)) {
            assertTrue(run.run(20));

            assertEquals(20, run.epochs.size());
            assertEquals(1, run.epochs.getFirst().number());
            assertTrue(run.epochs.getLast().score() > 0.9, run.epochs.toString());
            assertTrue(run.epochs.getLast().trainLoss() < run.epochs.getFirst().trainLoss(), run.epochs.toString());
            assertEquals(20, run.trainer.epochs());
            assertTrue(run.run(20), "nothing is left to do");
        }
    }

    @Test
    void aStopInTheMiddleOfAnEpochAndAResumeGiveTheSameBits() throws IOException {
        Path file = folder.resolve("checkpoint.safetensors");
        try (Run whole = new Run(null, 0); Run first = new Run(file, 0); Run second = new Run(file, 0)) {
            whole.run(5);
            first.stopAfter = 19; // epochs have eight steps
            assertFalse(first.run(5));
            assertEquals(2, first.epochs.size());
            second.trainer.resume(file);
            assertEquals(2, second.trainer.epochs());
            assertTrue(second.run(5));

            whole.net.stateDict().forEach((name, tensor) -> assertArrayEquals(tensor.toArray(),
                    second.net.stateDict().get(name).toArray(), name));
            assertEquals(whole.epochs.getLast().trainLoss(), second.epochs.getLast().trainLoss());
            assertEquals(whole.epochs.get(2).trainLoss(), second.epochs.getFirst().trainLoss());
        }
    }

    @Test
    void checkpointsAreWrittenEverySoManySteps() throws IOException {
        Path file = folder.resolve("checkpoint.safetensors");
        try (Run run = new Run(file, 3)) {
            run.stopAfter = 4;
            TrainingListener watch = new TrainingListener() {
                @Override
                public void stepped(int samples, double loss) {
                    run.stepped(samples, loss);
                    assertEquals(run.stopAfter < 1, Files.exists(file), "after the third step");
                }

                @Override
                public void ended(Epoch epoch) {}
            };
            run.trainer.run(run.tape, 1, watch);
        }
    }

    @Test
    void anInterruptStopsAndStays() throws IOException {
        Path file = folder.resolve("checkpoint.safetensors");
        try (Run run = new Run(file, 0)) {
            Thread.currentThread().interrupt();

            assertFalse(run.run(3));

            assertTrue(Thread.interrupted(), "the thread stays interrupted");
            assertTrue(Files.exists(file));
        }
    }

    private static Dataset samples() {
        float[] x = new float[SAMPLES * 4];
        new Generator(9).normal(Tensor.of(x, x.length), 0, 1);
        int[] labels = new int[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            labels[i] = x[4 * i] > 0.3f ? 0 : x[4 * i + 1] > 0 ? 1 : 2;
        }
        return Dataset.of(x, labels, Shape.of(4), 3);
    }
}
