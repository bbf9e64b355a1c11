package lanewise.examples;

import lanewise.examples.command.ConformCommand;
import lanewise.examples.command.DoctorCommand;
import lanewise.examples.command.Failures;
import lanewise.examples.command.ListCommand;
import lanewise.examples.command.TrainCommand;
import lanewise.examples.command.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line: trains the systems of the literature and examines the machine. */
@Command(name = "lanewise", description = "Neural networks on kernels in pure Java.", mixinStandardHelpOptions = true,
        versionProvider = Version.class, scope = ScopeType.INHERIT, subcommands = {
                TrainCommand.class, ListCommand.class, DoctorCommand.class, ConformCommand.class},
        footer = {
                "",
                "From a checkout, ./lanewise bench measures kernels beside native libraries: ./lanewise bench --help.",
                "Exit codes: 0 done, 1 internal failure or a failed case, 2 wrong usage or bad input, 130 interrupted.",
        })
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
    private boolean verbose;

    /** A command line of its own, to be run with {@link #commandLine()}. */
    public Main() {}

    /**
     * Runs a command and ends the JVM with its exit code.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        System.setProperty("java.awt.headless", "true"); // curves are drawn to files: no window system is needed
        System.exit(commandLine().execute(args));
    }

    /**
     * The command line, ready to execute; where it prints may still be changed.
     *
     * @return a new command line
     */
    public static CommandLine commandLine() {
        Main main = new Main();
        return new CommandLine(main)
                .setParameterExceptionHandler(Failures::ofUsage)
                .setExecutionStrategy(Main::executeLast)
                .setExecutionExceptionHandler((e, command, parsed) -> Failures.ofExecution(e, command, main.verbose));
    }

    /** Picocli handles exceptions only: an error, such as a missing module, would end in a stack trace. */
    private static int executeLast(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (Error e) {
            throw new ExecutionException(parsed.commandSpec().commandLine(), e.toString(), e);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
}
