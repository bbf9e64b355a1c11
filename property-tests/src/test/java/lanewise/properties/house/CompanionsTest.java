package lanewise.properties.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every public class of a kernel family has its four companions: the reference, a test with examples, properties and a
 * benchmark. Their places follow from its name.
 */
class CompanionsTest {

    private static final String KERNELS = "kernels/src/main/java/lanewise/kernels";

    /** Parts of an operation's description: what they do is tested and measured with the operation. */
    private static final Pattern PART = Pattern
            .compile(
                    "Activation|Epilogue|Layout|PackedMatrix|Transpose|\\w+Algorithm|\\w+Geometry|\\w+Function|\\w+Operator");

    @Test
    void everyKernelHasReferenceTestPropertiesAndBenchmark() throws IOException {
        List<String> missing = new ArrayList<>();
        int kernels = 0;
        for (Path file : Repository.javaFiles(KERNELS)) {
            Path family = Repository.ROOT.resolve(KERNELS).relativize(file).getParent();
            String name = file.getFileName().toString().replace(".java", "");
            if (family == null || Set.of("internal", "diagnostics").contains(family.getName(0).toString())
                    || PART.matcher(name).matches()
                    || !isPublic(file, name)) {
                continue;
            }
            kernels++;
            for (String companion : List.of(
                    "property-tests/src/main/java/lanewise/testing/reference/" + name + "Reference.java",
                    "property-tests/src/test/java/lanewise/properties/" + family + "/" + name + "Properties.java",
                    "kernels/src/test/java/lanewise/kernels/" + family + "/" + name + "Test.java",
                    "bench/src/main/java/lanewise/bench/" + family + "/" + name + "Benchmark.java")) {
                if (!Files.exists(Repository.ROOT.resolve(companion))) {
                    missing.add(companion);
                }
            }
        }
        assertEquals(List.of(), missing, "companions of kernel classes that do not exist");
        assertTrue(kernels > 5, "only " + kernels + " kernel classes found");
    }

    private static boolean isPublic(Path file, String name) throws IOException {
        return Pattern.compile("^public [\\w ]*\\b" + name + "\\b", Pattern.MULTILINE).matcher(Files.readString(file))
                .find();
    }
}
