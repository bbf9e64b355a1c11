package lanewise.examples.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lanewise train}: has one subcommand for each system. */
@Command(name = "train", description = "Train a system of the literature.", subcommands = {
        TrainMlpCommand.class, TrainLenet5Command.class})
public final class TrainCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Used by the command line. */
    public TrainCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which system? 'lanewise list' names them.");
    }
}
