package lanewise.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gradient check that the README shows, word for word, in a project with the packaged artifacts and nothing else of this build. */
class ReadmeTest {

    private static final int MOST_LINES = 6;
    private static final Path OWN = Path.of("target").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void theGradientCheckRunsOnTheModulePath() throws IOException, InterruptedException {
        Path descriptor = Files.writeString(folder.resolve("module-info.java"), """
                module user {
                    requires lanewise.testing;
                }
                """);
        Path classes = folder.resolve("classes");
        compile("--module-path", classes, descriptor, example());

        assertEquals("done", run("--module-path", jars() + File.pathSeparator + classes, "--module",
                "user/user.Example"));
    }

    @Test
    void theGradientCheckRunsOnTheClassPath() throws IOException, InterruptedException {
        Path classes = folder.resolve("classes");
        compile("--class-path", classes, example());

        assertEquals("done", run("--add-modules", "jdk.incubator.vector", "--class-path",
                jars() + File.pathSeparator + classes, "user.Example"));
    }

    private Path example() throws IOException {
        Path file = Files.createDirectories(folder.resolve("user")).resolve("Example.java");
        return Files.writeString(file, """
                package user;

                import lanewise.nn.Module;
                import lanewise.nn.Tensor;
                import lanewise.testing.GradientCheck;

                public final class Example {
                    public static void main(String[] args) {
                %s
                        System.out.println("done");
                    }
                }
                """.formatted(snippet()));
    }

    /** The block of the README that checks a gradient. */
    private static String snippet() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        Matcher block = Pattern.compile("```java\n((?:(?!```)[\\s\\S])*GradientCheck\\.of[\\s\\S]*?)```")
                .matcher(readme);
        assertTrue(block.find(), "the README shows no gradient check");
        String text = block.group(1);
        assertTrue(text.lines().count() <= MOST_LINES, () -> "more than " + MOST_LINES + " lines: " + text);
        return text;
    }

    private static void compile(String path, Path classes, Path... sources) {
        List<String> arguments = new ArrayList<>(List.of(path, jars(), "-d", classes.toString()));
        Stream.of(sources).map(Path::toString).forEach(arguments::add);
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)),
                "exit code of the compiler");
    }

    private static String run(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), errors);
        return printed.strip();
    }

    /** The artifacts, and what they depend on. */
    private static String jars() {
        List<String> entries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty() && !Path.of(entry).startsWith(OWN)).toList();
        assumeTrue(entries.stream().noneMatch(entry -> entry.endsWith("classes")),
                () -> "the artifacts are packaged by 'mvn verify' only: " + entries);
        for (String artifact : List.of("kernels", "nn", "testing")) {
            assertTrue(entries.stream().anyMatch(entry -> entry.matches(".*lanewise-" + artifact + "-[^/]*\\.jar")),
                    () -> artifact + " is not among " + entries);
        }
        return String.join(File.pathSeparator, entries);
    }
}
