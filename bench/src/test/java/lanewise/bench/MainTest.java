package lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine commandLine = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return commandLine.execute(args);
    }

    @ParameterizedTest
    @CsvSource({"gemm,32x32x32,FMA peak", "conv,conv 64x6x14x14 k16 5x5 s1 p0 forward,FMA peak",
            "pool,pool 32x64x56x56 average 2x2 s2 p0 forward,copy of 25.7 MB"})
    void oneRowEndToEnd(String family, String row, String limit, @TempDir Path folder) throws Exception {
        Path json = folder.resolve("rows.json");
        int code = run(family, "--quick", "--threads", "1", "--only", row, "--json", json.toString());
        assertEquals(0, code, () -> err + "\n" + out);
        assertTrue(out.toString().contains(family + ", 1 thread, medians; " + limit + " "), out.toString());
        assertTrue(Files.readString(json)
                .contains("\"workload\": \"" + row + "\", \"impl\": \"lanewise\", \"threads\": 1"));
        assertTrue(Files.readString(json).contains("\"impl\": \"scalar\""));
    }

    @Test
    void aRowThatDoesNotExistIsAUsageError() {
        assertEquals(2, run("gemm", "--only", "7x7"));
        assertTrue(err.toString().contains("--only = 7x7, need one of [32x32x32, "), err.toString());
    }

    @Test
    void zeroThreadsAreAUsageError() {
        assertEquals(2, run("gemm", "--threads", "0"));
        assertTrue(err.toString().contains("--threads = [0], need at least 1"), err.toString());
    }
}
