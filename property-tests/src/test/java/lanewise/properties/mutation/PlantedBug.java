package lanewise.properties.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A mistake that somebody could make in a kernel.
 *
 * @param what the mistake
 * @param file path of the source below the folder of the kernels, without its ending; the first folder is the family
 * @param right the text that is replaced; it occurs once
 * @param wrong the text that replaces it
 */
record PlantedBug(String what, String file, String right, String wrong) {

    // Tests run in the folder of their module.
    private static final Path SOURCES = Path.of("..", "kernels", "src", "main", "java", "lanewise", "kernels");

    String family() {
        int end = file.indexOf('/');
        return end < 0 ? "" : file.substring(0, end);
    }

    /** How often the text that is replaced occurs. */
    int occurrences() throws IOException {
        String source = source();
        int count = 0;
        for (int at = source.indexOf(right); at >= 0; at = source.indexOf(right, at + 1)) {
            count++;
        }
        return count;
    }

    /** Compiles the source with the mistake. */
    void compile(Path classes) throws IOException {
        Path source = Files.createDirectories(classes.resolveSibling("source")).resolve(
                Path.of(file + ".java").getFileName());
        Files.writeString(source, source().replace(right, wrong));
        List<String> arguments = new ArrayList<>(List.of("-nowarn", "-proc:none", "-XDlint=none", "--add-modules",
                "jdk.incubator.vector", "-cp", System.getProperty("java.class.path"), "-d",
                Files.createDirectories(classes).toString(), source.toString()));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler.run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalStateException("does not compile: " + this);
        }
    }

    private String source() throws IOException {
        return Files.readString(SOURCES.resolve(file + ".java"));
    }
}
