package lanewise.examples.doctor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lanewise.kernels.Workers;
import org.junit.jupiter.api.Test;

class KernelProbeTest {

    @Test
    void thereIsAProbeForEachFamilyAndItRuns() {
        List<KernelProbe> probes = KernelProbe.all(8, 1024);
        Set<String> families = probes.stream().map(KernelProbe::family).collect(Collectors.toSet());
        assertTrue(families.containsAll(
                Set.of("gemm", "activation", "elementwise", "loss", "optimizer", "random", "reduction")));
        try (Workers workers = Workers.single()) {
            for (KernelProbe probe : probes) {
                probe.run().accept(workers);
                assertTrue(probe.work() > 0 && probe.expected() > 0 && probe.expected() < 1, probe.toString());
            }
        }
    }
}
