package lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void runsEveryTaskOnce(int threads) {
        try (Workers workers = Workers.of(threads)) {
            for (int tasks = 0; tasks < 200; tasks++) {
                AtomicIntegerArray runs = new AtomicIntegerArray(tasks + 1);
                workers.run((task, worker) -> {
                    assertTrue(worker >= 0 && worker < threads);
                    runs.incrementAndGet(task);
                }, tasks);
                for (int task = 0; task < tasks; task++) {
                    assertEquals(1, runs.get(task));
                }
            }
        }
    }

    @Test
    void showsTheCallerWhatTheTasksWrote() {
        try (Workers workers = Workers.of(2)) {
            int[] written = new int[64];
            for (int round = 1; round <= 10_000; round++) {
                int value = round;
                workers.run((task, worker) -> written[task] = value, written.length);
                for (int w : written) {
                    assertEquals(round, w);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void throwsWhatATaskThrewAndGoesOn(int threads) {
        try (Workers workers = Workers.of(threads)) {
            ArithmeticException thrown = assertThrows(ArithmeticException.class, () -> workers.run((task, worker) -> {
                if (task == 3) {
                    throw new ArithmeticException("task 3");
                }
            }, 8));
            assertEquals("task 3", thrown.getMessage());
            workers.run((task, worker) -> {
            }, 8);
        }
    }

    @Test
    void anInterruptOfTheCallerDisturbsNothingAndIsKept() {
        try (Workers workers = Workers.of(3)) {
            AtomicIntegerArray runs = new AtomicIntegerArray(100);
            Thread.currentThread().interrupt();
            workers.run((task, worker) -> runs.incrementAndGet(task), runs.length());
            assertTrue(Thread.interrupted(), "the interrupt is the caller's to handle");
            for (int task = 0; task < runs.length(); task++) {
                assertEquals(1, runs.get(task));
            }
        }
    }

    @Test
    void aCallerMayBeAVirtualThread() throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> sums = new ArrayList<>();
            for (int caller = 0; caller < 20; caller++) {
                sums.add(threads.submit(() -> {
                    try (Workers workers = Workers.of(2)) {
                        int[] squares = new int[50];
                        workers.run((task, worker) -> squares[task] = task * task, squares.length);
                        return Arrays.stream(squares).sum();
                    }
                }));
            }
            for (Future<Integer> sum : sums) {
                assertEquals(49 * 50 * 99 / 6, sum.get());
            }
        }
    }

    @Test
    void aSecondCallerIsRefusedWhileTheFirstOnesJobRuns() throws InterruptedException {
        try (Workers workers = Workers.of(2)) {
            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch refused = new CountDownLatch(1);
            Thread first = Thread.ofPlatform().start(() -> workers.run((task, worker) -> {
                started.countDown();
                await(refused);
            }, 1));
            await(started);
            String message = assertThrows(IllegalStateException.class, () -> workers.run((task, worker) -> {
            }, 1)).getMessage();
            refused.countDown();
            first.join();
            assertTrue(message.contains("a team serves one caller at a time"), message);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(1, TimeUnit.MINUTES));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void refusesAJobWithinAJob() {
        try (Workers workers = Workers.single()) {
            assertThrows(IllegalStateException.class, () -> workers.run((task, worker) -> workers.run((t, w) -> {
            }, 1), 1));
        }
    }

    @Test
    void refusesToRunWhenClosed() {
        Workers workers = Workers.of(2);
        workers.close();
        workers.close();
        assertThrows(IllegalStateException.class, () -> workers.run((task, worker) -> {
        }, 1));
    }

    @Test
    void refusesATeamOfNobody() {
        assertEquals("Workers: threads = 0, need threads >= 1",
                assertThrows(IllegalArgumentException.class, () -> Workers.of(0)).getMessage());
    }

    @Test
    void keepsScratchMemory() {
        try (Workers workers = Workers.single()) {
            float[] scratch = workers.scratch(0, 100);
            assertTrue(scratch.length >= 100);
            assertSame(scratch, workers.scratch(0, 50));
            assertSame(workers.sharedScratch(10), workers.sharedScratch(10));
        }
    }
}
