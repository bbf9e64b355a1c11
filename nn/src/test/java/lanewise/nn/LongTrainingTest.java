package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongTrainingTest {

    private static final long A_MEGABYTE = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void aHundredStepsHaveTheSameBitsForAllWidthsAndThreads() throws IOException, InterruptedException {
        String first = bits(128);
        List<String> sums = first.lines().distinct().toList();
        assertEquals(1, sums.size(), "1, 2 and 3 threads: " + first);
        assertEquals(first, bits(256));
        assertEquals(first, bits(512));
    }

    @Test
    void theHeapStaysFlatOverTenThousandSteps() throws IOException, InterruptedException {
        List<Long> used = ChildJvm.run(folder, List.of("-Xmx24m", "-XX:+UseSerialGC"), LongTraining.class, "heap")
                .lines().map(Long::valueOf).toList();

        assertEquals(2, used.size());
        assertTrue(used.get(1) - used.get(0) < A_MEGABYTE, "bytes in use after 1,000 and 10,000 steps: " + used);
    }

    private String bits(int width) throws IOException, InterruptedException {
        return ChildJvm.run(folder, List.of("-Dlanewise.vectorBits=" + width), LongTraining.class, "bits");
    }
}
