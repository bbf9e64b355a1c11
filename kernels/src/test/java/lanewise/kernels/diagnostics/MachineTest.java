package lanewise.kernels.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;
import org.junit.jupiter.api.Test;

/** That the limits are measured at all; how fast a machine is decides no test. */
class MachineTest {

    @Test
    void tellsWhatKernelsUse() {
        assertEquals(32 * Lanes.LANES, Machine.vectorBits());
        assertEquals(Lanes.FMA, Machine.hasFma());
        assertEquals(Lanes.WIDE_REGISTER_FILE, Machine.hasWideRegisterFile());
    }

    @Test
    void measuresPositiveFiniteSpeeds() {
        try (Workers workers = Workers.of(2)) {
            assertSpeed(Machine.fmaPeak(workers));
            assertSpeed(Machine.copyBandwidth(workers, 4));
            assertSpeed(Machine.copyBandwidth(workers, 1_000_000));
        }
    }

    @Test
    void refusesSizesThatAreNoArrays() {
        try (Workers workers = Workers.single()) {
            assertThrows(IllegalArgumentException.class, () -> Machine.copyBandwidth(workers, 3));
            assertThrows(IllegalArgumentException.class, () -> Machine.copyBandwidth(workers, 1L << 40));
        }
    }

    private static void assertSpeed(double speed) {
        assertTrue(speed > 0 && speed < Double.POSITIVE_INFINITY, "speed " + speed);
    }
}
