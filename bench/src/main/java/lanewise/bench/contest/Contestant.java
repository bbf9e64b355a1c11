package lanewise.bench.contest;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One implementation and how its process is started.
 *
 * @param impl the name in reports; several contestants may share it, and each row then shows the best of them
 * @param variant which of the contestants of this name
 * @param engine the class name of the {@link Engine}
 * @param classPath the class path of the process
 * @param jvmArguments the options of the process
 * @param environment variables added to the environment of the process
 */
public record Contestant(String impl, String variant, String engine, List<Path> classPath, List<String> jvmArguments,
        Map<String, String> environment) {

    /** The name of Lanewise itself in reports. */
    public static final String LANEWISE = "lanewise";

    /** The name of the plain loops: shown, but no peer. */
    public static final String SCALAR = "scalar";

    /**
     * Whether Lanewise is compared with this implementation.
     *
     * @param impl the implementation's name in reports
     * @return false for Lanewise itself and for the plain loops
     */
    public static boolean isPeer(String impl) {
        return !impl.equals(LANEWISE) && !impl.equals(SCALAR);
    }

    /**
     * The name of the process in messages.
     *
     * @return implementation and variant
     */
    public String label() {
        return variant.isEmpty() ? impl : impl + " (" + variant + ")";
    }
}
