package lanewise.bench.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import lanewise.bench.startup.StartupProbe.Call;
import org.junit.jupiter.api.Test;

final class StartupProbeTest {

    @Test
    void fullSpeedIsTheEndOfTheFirstCallWithinTenPerCentOfTheSteadyOne() {
        // The steady call takes 1; 1.12 is too slow, 1.1 is not.
        var calls = List.of(new Call(10, 10), new Call(11.12, 1.12), new Call(12.22, 1.1), new Call(13.22, 1),
                new Call(14.22, 1), new Call(15.22, 1));
        assertEquals(12.22, StartupProbe.secondsToSpeed(calls));
    }
}
