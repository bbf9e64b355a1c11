package lanewise.examples.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out what the processor calls itself. */
final class Cpu {

    private Cpu() {}

    /** The name of the model, or at least of the architecture. */
    static String model() {
        try {
            Path linux = Path.of("/proc/cpuinfo");
            if (Files.isReadable(linux)) {
                return modelName(Files.readString(linux));
            }
            if (System.getProperty("os.name").startsWith("Mac")) {
                Process sysctl = new ProcessBuilder("sysctl", "-n", "machdep.cpu.brand_string").start();
                return new String(sysctl.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            }
        } catch (IOException unreadable) {
            return architecture() + " (" + unreadable.getMessage() + ")";
        }
        return architecture();
    }

    /** The model in the text of Linux's {@code /proc/cpuinfo}; ARM machines have none there. */
    static String modelName(String cpuinfo) {
        return cpuinfo.lines().filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst().orElse(architecture());
    }

    private static String architecture() {
        return System.getProperty("os.arch");
    }
}
