package lanewise.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the benchmarks. */
@Command(name = "bench", mixinStandardHelpOptions = true,
        subcommands = {GemmCommand.class, ConvCommand.class, PoolCommand.class, PointwiseCommand.class,
                SequenceCommand.class, TrainCommand.class,
                JmhCommand.class, StartupCommand.class},
        synopsisSubcommandLabel = "FAMILY",
        description = "Measures Lanewise beside its peers and the limits of the machine.")
public final class Main {

    private Main() {}

    /**
     * Runs the command line.
     *
     * @param args the arguments
     */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler((e, commandLine, parsed) -> {
            commandLine.getErr().println(commandLine.getColorScheme().errorText("bench: " + e.getMessage()));
            return commandLine.getCommandSpec().exitCodeOnExecutionException();
        });
    }
}
