package lanewise.examples.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.CancellationException;
import lanewise.examples.Main;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;

class UsageTest {

    @Test
    void helpOfEveryCommandGoesToStandardOutput() {
        for (String command : new String[]{"", "train", "train mlp", "train lenet5", "list", "doctor", "conform"}) {
            Invocation help = Invocation.of((Object[]) (command + " --help").strip().split(" ", -1));
            assertEquals(0, help.exitCode(), command);
            assertTrue(help.out().startsWith(("Usage: lanewise " + command).strip()), help.out());
            assertEquals("", help.err());
        }
    }

    @Test
    void versionNamesLanewiseAndJava() {
        Invocation version = Invocation.of("--version");
        assertEquals(0, version.exitCode());
        assertTrue(version.out().matches("lanewise \\d+\\.\\d+\\.\\d+(-SNAPSHOT)? \\(Java 25.*\\)\\R"), version.out());
    }

    @Test
    void listNamesEachSystemWithItsSourceAndSize() {
        Invocation list = Invocation.of("list");
        assertEquals(0, list.exitCode());
        // 784 * 30 + 30 weights and biases of the hidden layer, 30 * 10 + 10 of the outputs
        assertTrue(list.out().contains("mlp") && list.out().contains("23,860 parameters"), list.out());
        assertTrue(list.out().contains("Nielsen, Neural Networks and Deep Learning"), list.out());
        // 156 and 2,416 of the convolutions, 48,120, 10,164 and 850 of the fully connected layers
        assertTrue(list.out().contains("lenet5") && list.out().contains("61,706 parameters"), list.out());
        assertTrue(list.out().contains("LeCun"), list.out());
    }

    @Test
    void aMissingCommandIsAUsageError() {
        assertUsageError("A command is missing.");
        assertUsageError("Which system? 'lanewise list' names them.", "train");
    }

    @Test
    void aMisspelledCommandIsCorrected() {
        Invocation wrong = Invocation.of("trian");
        assertEquals(2, wrong.exitCode());
        assertTrue(wrong.err().contains("Did you mean: lanewise train"), wrong.err());
    }

    @Test
    void wrongValuesAreNamed() {
        assertUsageError("Invalid value for option '--epochs': 'many' is not an int", "train", "mlp", "--epochs",
                "many");
        assertUsageError("--epochs is 0, need at least 1.", "train", "mlp", "--epochs", "0");
        assertUsageError("--batch is -1, need at least 1.", "train", "mlp", "--batch", "-1");
        assertUsageError("--threads is 0, need at least 1.", "train", "mlp", "--threads", "0");
        assertUsageError("--threads is 0, need at least 1.", "doctor", "--threads", "0");
        assertUsageError("--lambda is -1.0, need a finite number of at least 0.", "train", "mlp", "--lambda", "-1");
        assertUsageError("--learning-rate is NaN, need a finite number of at least 0.", "train", "mlp",
                "--learning-rate", "NaN");
        assertUsageError("--learning-rate is -1.0, need a finite number of at least 0.", "train", "lenet5",
                "--learning-rate", "-1");
        assertUsageError("--decay is Infinity, need a finite number of at least 0.", "train", "lenet5", "--decay",
                "Infinity");
        assertUsageError("cross-entropy", "train", "mlp", "--cost", "hinge");
    }

    @Test
    void anInternalFailureIsOneSentenceUnlessVerbose() {
        IllegalStateException bug = new IllegalStateException("a bug");
        assertEquals("lanewise: internal failure: java.lang.IllegalStateException: a bug (--verbose shows where)",
                failure(bug, false, 1).strip());
        assertTrue(failure(bug, true, 1).contains("\tat lanewise.examples"));
    }

    @Test
    void anErrorWithinAnErrorIsUnwrapped() {
        Error error = new ExceptionInInitializerError(new IllegalStateException("no module"));
        CommandLine command = Main.commandLine();
        assertTrue(failure(new ExecutionException(command, "outer", error), false, 1)
                .startsWith("lanewise: internal failure: java.lang.IllegalStateException: no module"));
    }

    @Test
    void anInterruptedRunEndsWith130() {
        assertEquals("lanewise: interrupted", failure(new CancellationException(), false, 130).strip());
    }

    private static void assertUsageError(String message, String... args) {
        Invocation wrong = Invocation.of((Object[]) args);
        assertEquals(2, wrong.exitCode(), wrong.err());
        assertTrue(wrong.err().startsWith("lanewise: ") && wrong.err().contains(message), wrong.err());
        assertFalse(wrong.err().contains("\tat "), wrong.err());
        assertEquals("", wrong.out());
    }

    private static String failure(Exception e, boolean verbose, int exitCode) {
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setErr(new PrintWriter(err));
        assertEquals(exitCode, Failures.ofExecution(e, command, verbose));
        return err.toString();
    }
}
