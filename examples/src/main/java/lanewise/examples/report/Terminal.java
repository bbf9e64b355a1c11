package lanewise.examples.report;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** Finds out whether a person watches. */
public final class Terminal {

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
        // Java can tell this only of input and output together, so the shell's own test is asked.
        try {
            return new ProcessBuilder("test", "-t", "2").redirectError(Redirect.INHERIT).start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return System.console().isTerminal();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
