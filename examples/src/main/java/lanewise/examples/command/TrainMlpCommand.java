package lanewise.examples.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import lanewise.examples.systems.Mlp;
import lanewise.nn.Module;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lanewise train mlp}. */
@Command(name = "mlp", sortOptions = false, description = {
        "Train the [784, 30, 10] network of Nielsen's book, Neural Networks and Deep Learning. The defaults are those "
                + "of its chapter 1; '--cost cross-entropy --lambda 5 --init scaled' is chapter 3.",
        "",
        TrainingOptions.RESULTS,
        "",
})
public final class TrainMlpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainingOptions options = new TrainingOptions(30, 10);

    @Option(names = "--learning-rate", paramLabel = "F",
            description = "The book's eta (default: 3.0; cross-entropy 0.5, with --init scaled 0.1).")
    private Float learningRate;

    @Option(names = "--cost", paramLabel = "C", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Mlp.Cost cost = Mlp.Cost.QUADRATIC;

    @Option(names = "--lambda", paramLabel = "F",
            description = "The book's L2 regularization of the weights (default: ${DEFAULT-VALUE}).")
    private float lambda;

    @Option(names = "--init", paramLabel = "I",
            description = "Weights start from N(0, 1) or from N(0, 1/sqrt(inputs)): ${COMPLETION-CANDIDATES} "
                    + "(default: ${DEFAULT-VALUE}).")
    private Mlp.Start start = Mlp.Start.NORMAL;

    /** Used by the command line. */
    public TrainMlpCommand() {}

    @Override
    public Integer call() throws IOException {
        options.check();
        TrainingOptions.requireFinite("--lambda", lambda);
        float rate = learningRate != null ? learningRate : Mlp.learningRate(cost, start);
        TrainingOptions.requireFinite("--learning-rate", rate);
        Module network = Mlp.network(cost, start, options.seed());
        new TrainingSession(spec.commandLine(), options, "mlp").run(network, cost::loss,
                (workers, images) -> Mlp.optimizer(workers, network, rate, lambda, images));
        return ExitCode.OK;
    }
}
