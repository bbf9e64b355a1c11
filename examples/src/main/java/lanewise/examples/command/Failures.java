package lanewise.examples.command;

import java.io.PrintWriter;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one sentence and an exit code. */
public final class Failures {

    /** Exit code of a run that was interrupted: 128 and the number of SIGINT, as shells have it. */
    public static final int INTERRUPTED = 130;

    private Failures() {}

    /**
     * The arguments cannot be understood.
     *
     * @param e what is wrong with them
     * @param args the arguments
     * @return the exit code
     */
    public static int ofUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("lanewise: " + e.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCode.USAGE;
    }

    /**
     * The command failed.
     *
     * @param e why
     * @param command the command
     * @param verbose whether to print the stack trace
     * @return the exit code
     */
    public static int ofExecution(Exception e, CommandLine command, boolean verbose) {
        PrintWriter err = command.getErr();
        if (verbose) {
            e.printStackTrace(err);
        }
        switch (e) {
            case InputException input -> {
                err.println("lanewise: " + input.getMessage());
                return ExitCode.USAGE;
            }
            case CancellationException interrupted -> {
                err.println("lanewise: interrupted");
                return INTERRUPTED;
            }
            default -> {
                err.println("lanewise: internal failure: " + origin(e) + (verbose ? "" : " (--verbose shows where)"));
                return ExitCode.SOFTWARE;
            }
        }
    }

    /** What first went wrong: a class that cannot be initialized says only that. */
    private static Throwable origin(Throwable e) {
        boolean wrapped = e instanceof ExecutionException || e instanceof ExceptionInInitializerError;
        return wrapped && e.getCause() != null ? origin(e.getCause()) : e;
    }
}
