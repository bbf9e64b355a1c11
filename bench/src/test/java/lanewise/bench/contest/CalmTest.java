package lanewise.bench.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class CalmTest {

    @Test
    void aSlowCanaryAndForeignLoadEachDisturb() {
        assertTrue(new Calm(0.92, 0.15).isEnough());
        assertFalse(new Calm(0.91, 0).isEnough());
        assertFalse(new Calm(1, 0.16).isEnough());
    }

    @Test
    void theCalmerAttemptHasTheFasterCanaryAndTheLesserLoad() {
        assertTrue(new Calm(0.9, 0).isCalmerThan(new Calm(0.5, 0)));
        assertTrue(new Calm(0.9, 0.1).isCalmerThan(new Calm(0.9, 0.7)));
        assertFalse(new Calm(0.9, 0).isCalmerThan(new Calm(0.9, 0)));
    }

    @Test
    void busyTimeLeavesOutIdlingAndWaiting() {
        // user, nice, system, idle, iowait, irq, softirq, steal, guest
        assertEquals(1.11, ForeignLoad.busySeconds("cpu  100 10 1 5000 7000 0 0 0 9000"), 1e-9);
        assertEquals(0.06, ForeignLoad.busySeconds("cpu  0 0 0 5000 7000 1 2 3 0"), 1e-9);
    }
}
