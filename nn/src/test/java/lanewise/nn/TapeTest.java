package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import lanewise.kernels.Workers;
import lanewise.nn.layer.AvgPool2d;
import lanewise.nn.layer.Conv2d;
import lanewise.nn.layer.Flatten;
import lanewise.nn.layer.Linear;
import lanewise.nn.layer.MaxPool2d;
import lanewise.nn.layer.ReLU;
import lanewise.nn.layer.Sigmoid;
import lanewise.nn.layer.Unflatten;
import lanewise.nn.loss.Losses;
import lanewise.nn.optim.SGD;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TapeTest {

    /** A tensor, its gradient and an operation for each of at most ten calls of a step, and no array. */
    private static final long MOST_BYTES = 2_048;

    private final Workers workers = Workers.single();
    private final Tape tape = new Tape(workers);

    @AfterEach
    void close() {
        tape.close();
        workers.close();
    }

    @Test
    void buffersAreUsedAgain() {
        float[] first;
        try (Step step = tape.step()) {
            first = step.tensor(new float[100], 100).relu().data();
        }
        try (Step step = tape.step()) {
            assertSame(first, step.tensor(new float[100], 100).relu().data());
        }
    }

    @Test
    void arraysOfIntsAreUsedAgainOnceTheStepIsClosed() {
        Step first = tape.step();
        int[] a = first.indices(100);
        int[] b = first.indices(100);
        assertNotSame(a, b);
        first.close();
        assertEquals("indices: this step is closed",
                assertThrows(IllegalStateException.class, () -> first.indices(1)).getMessage());
        try (Step step = tape.step()) {
            for (int i = 0; i < 20; i++) {
                step.indices(10);
            }
            assertSame(a, step.indices(100));
            assertSame(b, step.indices(100));
        }
    }

    @Test
    void gradientsInBetweenShareTwoArrays() {
        try (Step step = tape.step()) {
            Set<float[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
            Tensor y = step.tensor(new float[100], 100).requiresGrad(true);
            for (int i = 0; i < 50; i++) {
                y = step.record(step.result(y.shape()), new WatchedCopy(y, arrays));
            }
            y.sum().backward();

            // One is read while the other is written.
            assertEquals(2, arrays.size());
        }
    }

    @Test
    void aTrainingStepAllocatesNoArray() {
        Training training = new Training(10);
        training.warmUp();
        assertNoArrays(training, 2_000);
    }

    @Test
    void aConvolutionalTrainingStepAllocatesNoArray() {
        Generator random = new Generator(1);
        Module net = new Sequential(new Unflatten(1, 2, 4), new Conv2d(1, 3, 3, random).padding(1), new ReLU(),
                new MaxPool2d(1, 2), new AvgPool2d(1, 2), new Flatten(), new Linear(6, 4, random), new Sigmoid());
        Training training = new Training(10, net, workers, tape);
        training.warmUp();
        assertNoArrays(training, 1_000);
    }

    @Test
    void viewsAreWorkedOutOnce() {
        Module net = new Sequential(new Moving(), new Linear(8, 4, new Generator(1)), new Sigmoid());
        Training training = new Training(10, net, workers, tape);
        training.warmUp();
        assertNoArrays(training, 1_000);
    }

    /** Moves, repeats and sums the elements of [n, 8]. */
    private static final class Moving extends Module {

        // A list of arguments would be a new array in each step.
        private static final int[] SWAPPED = {1, 0};

        private final Parameter factors = register("factors", new Parameter(Shape.of(8)));
        private final Parameter column = register("column", new Parameter(Shape.of(10, 1)));

        @Override
        public Tensor forward(Tensor x) {
            Tensor y = x.mul(factors).add(column);
            return y.permute(SWAPPED).permute(SWAPPED).slice(1, 0, 8).add(y.sum(0));
        }
    }

    private static void assertNoArrays(Training training, int steps) {
        Map<String, Long> arrays = Allocations.newArrays(() -> training.run(steps));
        // When the compiler replaces a kernel meanwhile, its vectors are objects until it is done: so the best of a few runs.
        for (int i = 0; i < 5 && arrays.values().stream().anyMatch(count -> count >= steps / 2); i++) {
            LockSupport.parkNanos(500_000_000);
            training.warmUp();
            arrays = Allocations.newArrays(() -> training.run(steps));
        }

        assertNotNull(arrays.get("[F"), "the histogram must know float arrays");
        arrays.forEach((type, count) -> assertTrue(count < steps / 2,
                () -> steps + " steps made " + count + " arrays of class " + type));
    }

    @Test
    void aTrainingStepAllocatesLessThanItsSmallestResult() {
        int batch = 100;

        long bytes = new Training(batch).warmUp();

        assertTrue(bytes < batch * 4L * Float.BYTES, "a step allocates " + bytes + " bytes");
    }

    @Test
    void aGraphOf100000OperationsDoesNotOverflowTheStack() throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread small = new Thread(null, () -> {
            try (Step step = tape.step()) {
                Tensor x = step.tensor(new float[]{5}, 1).requiresGrad(true);
                Tensor one = step.tensor(new float[]{1}, 1);
                Tensor y = x;
                for (int i = 0; i < 100_000; i++) {
                    y = y.add(one);
                }
                y.backward();
                assertEquals(100_005, y.item());
                assertArrayEquals(new float[]{1}, x.grad().toArray());
            }
        }, "small stack", 256 << 10);
        small.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        small.start();
        small.join();

        assertNull(failure.get());
    }

    @Test
    void inferenceRecordsNothing() {
        Parameter w = new Parameter(Shape.of(1, 1));
        try (Step step = tape.inference()) {
            Tensor y = step.tensor(new float[]{1}, 1, 1).linear(w);

            assertFalse(step.recording());
            assertFalse(y.requiresGrad());
            assertEquals("backward: Tensor[1, 1] depends on nothing that requires a gradient; this step records nothing"
                    + " (inference)", assertThrows(IllegalStateException.class, y::backward).getMessage());
        }
        assertFalse(w.hasGrad());
    }

    @Test
    void oneStepAtATime() {
        Step step = tape.step();
        assertEquals("Tape: a step is open already; close it before opening the next",
                assertThrows(IllegalStateException.class, tape::inference).getMessage());
        step.close();
        step.close();
        Step next = tape.step();
        step.close(); // closing an old step again must not end the new one
        assertEquals(0, next.tensor(new float[1], 1).sum().item());
    }

    @Test
    void closingTheTapeClosesTheStep() {
        Step step = tape.step();
        Tensor x = step.tensor(new float[1], 1);

        tape.close();
        tape.close();

        assertThrows(IllegalStateException.class, x::relu);
        assertEquals("Tape: this tape is closed", assertThrows(IllegalStateException.class, tape::step).getMessage());
    }

    @Test
    void theSameBitsForAnyNumberOfThreads() {
        int batch = 8_192; // large enough for kernels to share their work
        float[] one = new Training(batch).run(5).weights();
        try (Workers three = Workers.of(3); Tape other = new Tape(three)) {
            assertArrayEquals(one, new Training(batch, three, other).run(5).weights());
        }
    }

    /** y = x, for a test to see which arrays hold the gradients. */
    private static final class WatchedCopy extends Operation {

        private final Tensor x;
        private final Set<float[]> arrays;

        WatchedCopy(Tensor x, Set<float[]> arrays) {
            this.x = x;
            this.arrays = arrays;
        }

        @Override
        protected void backward(Workers workers, Tensor y) {
            assertFalse(accumulates(x));
            arrays.add(y.grad().data());
            System.arraycopy(y.grad().data(), 0, x.grad().data(), 0, x.size());
        }
    }

    /** A small network on constant data. */
    private final class Training {

        private final int batch;
        private final Tape tape;
        private final Module net;
        private final SGD sgd;
        private final float[] images;
        private final float[] targets;

        Training(int batch) {
            this(batch, workers, TapeTest.this.tape);
        }

        Training(int batch, Workers workers, Tape tape) {
            this(batch, perceptron(new Generator(1)), workers, tape);
        }

        Training(int batch, Module net, Workers workers, Tape tape) {
            this.batch = batch;
            this.net = net;
            this.tape = tape;
            Generator random = new Generator(2);
            sgd = new SGD(workers, net.parameters(), 0.1f);
            images = new float[batch * 8];
            random.uniform(Tensor.of(images, batch, 8), 0, 1);
            targets = new float[batch * 4];
        }

        private static Module perceptron(Generator random) {
            return new Sequential(new Linear(8, 6, random), new Sigmoid(), new Linear(6, 4, random), new Sigmoid());
        }

        Training run(int steps) {
            for (int i = 0; i < steps; i++) {
                try (Step step = tape.step()) {
                    Tensor output = net.forward(step.tensor(images, batch, 8));
                    Losses.quadratic(output, step.tensor(targets, batch, 4)).backward();
                    sgd.step();
                }
            }
            return this;
        }

        /** Runs until the kernels are compiled (until then the Vector API makes objects) and says what a step allocates. */
        long warmUp() {
            int steps = 500;
            long bytes = Long.MAX_VALUE;
            for (int i = 0; i < 150 && bytes > MOST_BYTES; i++) {
                bytes = Allocations.bytes(() -> run(steps)) / steps;
                if (bytes > MOST_BYTES) {
                    // The compiler works in the background, and 512-bit kernels keep it busy for seconds.
                    LockSupport.parkNanos(20_000_000);
                }
            }
            assertTrue(bytes <= MOST_BYTES, "a step allocates " + bytes + " bytes");
            return bytes;
        }

        float[] weights() {
            return net.parameters().getFirst().toArray();
        }
    }
}
