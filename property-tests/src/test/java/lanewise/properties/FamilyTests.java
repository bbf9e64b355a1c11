package lanewise.properties;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lanewise.testing.matrix.MatrixRunner;

/** What the normal build runs for a family of kernels. */
public final class FamilyTests {

    /** Tags of tests that the normal build does not run. */
    public static final List<String> OPT_IN = List.of("shapes", "floats", "learning", "matrix", "mutations",
            "alarms", "soak");

    // Tests run in the folder of their module.
    private static final Path KERNELS = Path.of("..", "kernels");

    private FamilyTests() {}

    /**
     * Properties of a family.
     *
     * @param family its name
     * @return a runner of them
     */
    public static MatrixRunner properties(String family) {
        return new MatrixRunner().packages("lanewise.properties." + family).withoutTags(OPT_IN);
    }

    /**
     * Properties of all families, and the gradient checks.
     *
     * @return a runner of them
     * @throws IOException if the sources cannot be listed
     */
    public static MatrixRunner allProperties() throws IOException {
        MatrixRunner runner = new MatrixRunner().withoutTags(OPT_IN).packages("lanewise.properties.gradient");
        families().stream().map(family -> "lanewise.properties." + family).forEach(runner::packages);
        return runner;
    }

    private static List<String> families() throws IOException {
        try (Stream<Path> folders = Files.list(KERNELS.resolve("src/main/java/lanewise/kernels"))) {
            return folders.filter(Files::isDirectory).map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.equals("diagnostics")).sorted().toList();
        }
    }

    /**
     * All tests of a family: properties, the unit tests beside its kernels, and the gradient checks.
     *
     * @param family its name; empty for {@code Workers}, which belongs to none
     * @return a runner of them
     */
    public static MatrixRunner all(String family) {
        MatrixRunner tests = family.isEmpty()
                ? new MatrixRunner().classes("lanewise.kernels.WorkersTest")
                : properties(family).packages("lanewise.kernels." + family, "lanewise.properties.gradient");
        return tests.classPathBefore(KERNELS.resolve("target/test-classes"));
    }

    /**
     * The sweeps over the table of all kernels, which the build runs in a JVM of its own too.
     *
     * @return a runner of them
     */
    public static MatrixRunner table() {
        return new MatrixRunner().classes(KernelTableTest.class);
    }
}
