package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM with the classes of this one, for what needs its own settings or is to be killed. */
public final class ChildJvm {

    private ChildJvm() {}

    /** Starts a main class; its errors go to a file. */
    public static Process start(Path errors, List<String> flags, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-cp", classPath(), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(errors.toFile()).start();
    }

    /** Runs a main class to its end and returns what it printed. */
    static String run(Path folder, List<String> flags, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        Path errors = folder.resolve("errors.txt");
        Process process = start(errors, flags, main, arguments);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = process.waitFor();
        assertEquals(0, exitCode, flags + ": " + output + Files.readString(errors));
        return output;
    }

    /** The modules of this JVM, and the folder of the tests, which is patched into one of them here. */
    private static String classPath() {
        Path folder = Path.of(URI.create(ChildJvm.class.getResource("ChildJvm.class").toString()));
        long depth = 1 + ChildJvm.class.getName().chars().filter(c -> c == '.').count();
        for (long i = 0; i < depth; i++) {
            folder = folder.getParent();
        }
        return folder + File.pathSeparator + System.getProperty("jdk.module.path");
    }
}
