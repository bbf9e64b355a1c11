package lanewise.bench.contest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlacementTest {

    @Test
    void theListOfLinuxIsRead() {
        assertArrayEquals(new int[]{0, 1, 2, 5}, Placement.numbers("0-2,5"));
        assertArrayEquals(new int[]{7}, Placement.numbers("7"));
        assertArrayEquals(new int[]{}, Placement.numbers(""));
    }

    @Test
    void aProcessIsGatheredOnOneProcessorAndSpreadAgain() throws IOException, InterruptedException {
        Placement placement = Placement.ofThisMachine();
        int[] processors = placement.processors();
        assumeTrue(processors.length > 1, "processes cannot be placed here");
        Process process = new ProcessBuilder("sleep", "60").start();
        try {
            placement.gather(List.of(process.toHandle()), processors[1]);
            assertArrayEquals(new int[]{processors[1]}, allowed(process));
            placement.spread(List.of(process.toHandle()));
            assertArrayEquals(processors, allowed(process));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static int[] allowed(Process process) throws IOException {
        String line = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(candidate -> candidate.startsWith("Cpus_allowed_list:")).findFirst().orElseThrow();
        return Placement.numbers(line.substring(line.indexOf(':') + 1).strip());
    }
}
