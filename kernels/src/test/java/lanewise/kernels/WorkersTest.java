package lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
