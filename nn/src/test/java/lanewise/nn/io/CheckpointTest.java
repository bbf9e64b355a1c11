package lanewise.nn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import lanewise.kernels.Workers;
import lanewise.nn.ChildJvm;
import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Parameter;
import lanewise.nn.Sequential;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import lanewise.nn.data.Batch;
import lanewise.nn.data.DataLoader;
import lanewise.nn.data.Dataset;
import lanewise.nn.layer.BatchNorm1d;
import lanewise.nn.layer.Dropout;
import lanewise.nn.layer.Linear;
import lanewise.nn.layer.ReLU;
import lanewise.nn.loss.Losses;
import lanewise.nn.optim.Adadelta;
import lanewise.nn.optim.Adagrad;
import lanewise.nn.optim.Adam;
import lanewise.nn.optim.AdamW;
import lanewise.nn.optim.Optimizer;
import lanewise.nn.optim.ParameterGroup;
import lanewise.nn.optim.RMSprop;
import lanewise.nn.optim.SGD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointTest {

    private static final int BATCH = 8;

    /** How often the writer is killed; for the long proof run with {@code -Dlanewise.test.jvm=-Dlanewise.kills=200}. */
    private static final int KILLS = Integer.getInteger("lanewise.kills", 4);

    @TempDir
    private Path folder;

    private enum Kind {
        SGD_MOMENTUM, ADAM, ADAM_W, ADAGRAD, ADADELTA, RMS_PROP;

        Optimizer optimizer(Workers workers, List<Parameter> w) {
            return switch (this) {
                case SGD_MOMENTUM -> new SGD(workers, 0.9f, 0, true, new ParameterGroup(w, 0.05f, 0.01f));
                case ADAM -> new Adam(workers, w, 0.01f);
                case ADAM_W -> new AdamW(workers, w, 0.01f);
                case ADAGRAD -> new Adagrad(workers, w, 0.01f);
                case ADADELTA -> new Adadelta(workers, w, 1);
                case RMS_PROP -> new RMSprop(workers, w, 0.01f);
            };
        }
    }

    /** A training with everything that has a state. */
    private static final class Training implements AutoCloseable {

        private final Workers workers = Workers.single();
        private final Tape tape = new Tape(workers);
        private final Generator noise = new Generator(3);
        private final Module net;
        private final Optimizer optimizer;
        private final DataLoader loader = new DataLoader(dataset(), BATCH).shuffle(11);
        private final Tensor scale = Tensor.of(new float[1], 1);
        private Iterator<Batch> batches = loader.iterator();

        Training(Kind kind, long seed) {
            Generator random = new Generator(seed);
            net = new Sequential(new Linear(5, 7, random), new BatchNorm1d(7), new ReLU(), new Dropout(0.3f, 4),
                    new Linear(7, 3, random));
            optimizer = kind.optimizer(workers, net.parameters());
        }

        Checkpoint checkpoint() {
            return new Checkpoint().add("net", net).add("optimizer", optimizer).add("loader", loader)
                    .add("noise", noise);
        }

        void resume(Path file) throws IOException {
            checkpoint().load(file);
            batches = loader.iterator();
        }

        void train(int steps) {
            for (int i = 0; i < steps; i++) {
                if (!batches.hasNext()) {
                    batches = loader.iterator();
                }
                Batch batch = batches.next();
                noise.uniform(scale, 0.5f, 1.5f);
                try (Step step = tape.step()) {
                    Tensor x = step.tensor(batch.images(), batch.size(), 5).mul(scale.item());
                    Losses.crossEntropy(net.forward(x), batch.labels()).backward();
                    optimizer.step();
                }
            }
        }

        @Override
        public void close() {
            tape.close();
            workers.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void trainingGoesOnToTheSameBitsFromTheMiddleOfAnEpoch(Kind kind) throws IOException {
        Path file = folder.resolve("checkpoint.safetensors");
        try (Training whole = new Training(kind, 1);
                Training before = new Training(kind, 1);
                Training after = new Training(kind, 2)) {
            whole.train(30);
            before.train(13); // epochs have seven steps
            before.checkpoint().save(file);
            after.train(3); // what it did before does not matter
            after.resume(file);
            after.train(17);

            assertSame(whole.net, after.net);
        }
    }

    @Test
    void atTheEndOfAnEpochTheNextOneFollows() throws IOException {
        Path file = folder.resolve("checkpoint.safetensors");
        try (Training before = new Training(Kind.ADAM, 1); Training after = new Training(Kind.ADAM, 1)) {
            before.train(14);
            before.checkpoint().save(file);
            after.checkpoint().load(file);

            assertEquals(Map.of("epoch", "2", "batch", "0"), after.loader.state().values());
        }
    }

    @Test
    void aCheckpointThatDoesNotFitChangesNothing() throws IOException {
        Path file = folder.resolve("checkpoint.safetensors");
        try (Training saved = new Training(Kind.ADAM, 1); Training other = new Training(Kind.RMS_PROP, 2)) {
            saved.train(3);
            saved.checkpoint().save(file);
            other.train(3);
            float[] before = other.net.parameters().get(0).toArray();

            UnreadableFileException e = assertThrows(UnreadableFileException.class,
                    () -> other.checkpoint().load(file));

            assertTrue(e.getMessage().startsWith(file + ": does not fit 'optimizer': 0.0.exp_avg is unknown"),
                    e.getMessage());
            assertArrayEquals(before, other.net.parameters().get(0).toArray());
        }
    }

    @Test
    void otherFilesAndOtherPartsAreNamed() throws IOException {
        Path weights = folder.resolve("weights.safetensors");
        Path file = folder.resolve("checkpoint.safetensors");
        Generator random = new Generator(1);
        Safetensors.save(weights, Map.of("w", Tensor.of(new float[2], 2)), Map.of());
        new Checkpoint().add("random", random).save(file);

        assertProblem("is no checkpoint, though a safetensors file", weights, new Checkpoint());
        assertProblem("holds 'random.drawn', which belongs to none of the parts [noise]", file,
                new Checkpoint().add("noise", random));
        assertProblem("does not fit 'more': drawn is missing; seed is missing", file,
                new Checkpoint().add("random", random).add("more", new Generator(2)));
        assertProblem("there is no such file", folder.resolve("nothing"), new Checkpoint());
    }

    @Test
    void damagedNumbersAreNamed() throws IOException {
        Path file = folder.resolve("checkpoint.safetensors");
        Safetensors.save(file, Map.of(),
                Map.of("lanewise.checkpoint", "1", "random.seed", "1", "random.drawn", "-1"));
        assertProblem("does not fit 'random': drawn is -1, need at least 0", file,
                new Checkpoint().add("random", new Generator(1)));

        Safetensors.save(file, Map.of(),
                Map.of("lanewise.checkpoint", "1", "random.seed", "x", "random.drawn", "1"));
        assertProblem("does not fit 'random': seed is 'x', need a whole number", file,
                new Checkpoint().add("random", new Generator(1)));

        Safetensors.save(file, Map.of(), Map.of("lanewise.checkpoint", "2"));
        assertProblem("is a checkpoint of version 2, need version 1", file, new Checkpoint());
    }

    @Test
    void namesOfPartsAreChecked() {
        Generator random = new Generator(1);
        Checkpoint checkpoint = new Checkpoint().add("random", random);

        for (String name : List.of("", "a.b", "random", "lanewise")) {
            assertThrows(IllegalArgumentException.class, () -> checkpoint.add(name, random), name);
        }
    }

    private static void assertProblem(String problem, Path file, Checkpoint checkpoint) {
        UnreadableFileException e = assertThrows(UnreadableFileException.class, () -> checkpoint.load(file));
        assertEquals(file + ": " + problem, e.getMessage());
    }

    private static void assertSame(Module expected, Module actual) {
        assertNotEquals(0, expected.stateDict().size());
        expected.stateDict().forEach((name, tensor) -> assertArrayEquals(tensor.toArray(),
                actual.stateDict().get(name).toArray(), name));
    }

    private static Dataset dataset() {
        int n = 50;
        float[] samples = new float[n * 5];
        int[] labels = new int[n];
        Tensor drawn = Tensor.of(samples, n, 5);
        new Generator(9).normal(drawn, 0, 1);
        for (int i = 0; i < n; i++) {
            labels[i] = i % 3;
        }
        return Dataset.of(samples, labels, Shape.of(5), 3);
    }

    @Test
    void aKillAtAnyMomentLeavesTheOldFileOrTheNewOne() throws IOException, InterruptedException {
        Path file = folder.resolve("killed.safetensors");
        for (int kill = 0; kill < KILLS; kill++) {
            Path errors = folder.resolve("errors.txt");
            Process writer = ChildJvm.start(errors, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                    CheckpointWriter.class, file.toString());
            try {
                assertEquals('+', writer.getInputStream().read(),
                        () -> "no first file: " + text(errors));
                Thread.sleep(kill * 37L % 101, kill * 7919 % 1_000_000);
            } finally {
                writer.destroyForcibly().waitFor();
            }
            Generator random = new Generator(0);
            Tensor tensor = CheckpointWriter.load(file, random);
            for (float element : tensor.toArray()) {
                assertEquals((float) random.drawn(), element, "all of one moment");
            }
        }
        try (var left = Files.list(folder)) {
            assertTrue(left.count() <= 2 + KILLS, "at most one unfinished file a kill");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
