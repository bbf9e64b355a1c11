package lanewise.examples.report;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;

/**
 * Finds out whether a person watches the standard error stream, and how wide the window is. Java can tell neither without
 * native code, so the system's own commands are asked.
 */
public final class Terminal {

    /** Set by the launcher, which stands between Java and the terminal. */
    private static final String WATCHED = "lanewise.watched";

    private static final int USUAL_WIDTH = 80;

    private Terminal() {}

    /**
     * Whether the standard error stream is a terminal that can redraw a line.
     *
     * @return false for files, pipes and dumb terminals
     */
    public static boolean watchesStandardError() {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        return Boolean.getBoolean(WATCHED)
                || "yes".equals(answer(
                        new ProcessBuilder("sh", "-c", "test -t 2 && echo yes").redirectError(Redirect.INHERIT)));
    }

    /** The number of characters in a line of the terminal. */
    static int width() {
        String size = answer(new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")));
        return size.matches("\\d+ [1-9]\\d*") ? Integer.parseInt(size.substring(size.indexOf(' ') + 1)) : USUAL_WIDTH;
    }

    /** What a command prints; nothing where there is no such command. */
    private static String answer(ProcessBuilder command) {
        try {
            Process process = command.start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException noSuchCommand) {
            return "";
        }
    }
}
