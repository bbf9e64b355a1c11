package lanewise.bench.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class StopwatchTest {

    @Test
    void everyTimedCallIsACallOfTheOperation() {
        var calls = new AtomicLong();
        var stopwatch = new Stopwatch(calls::incrementAndGet);
        stopwatch.warmUp(0);
        long before = calls.get();
        Stopwatch.Sample sample = stopwatch.sample(0.002);
        assertTrue(sample.calls() > 0, "calls = " + sample.calls());
        assertTrue(calls.get() - before >= sample.calls(), "the lead-in and the timed calls");
        assertTrue(sample.median() > 0, "seconds = " + sample.median());
    }

    @Test
    void aSampleOfALongCallIsOneCallWithoutLeadIn() {
        var calls = new AtomicLong();
        var stopwatch = new Stopwatch(() -> {
            calls.incrementAndGet();
            sleep(600);
        });
        stopwatch.warmUp(0);
        long before = calls.get();
        assertEquals(1, stopwatch.sample(0.001).calls());
        assertEquals(1, calls.get() - before);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
