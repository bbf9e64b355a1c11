package lanewise.examples.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import lanewise.examples.systems.Lenet5;
import lanewise.nn.Module;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lanewise train lenet5}. */
@Command(name = "lenet5", sortOptions = false, description = {
        "Train LeNet-5 (LeCun, Bottou, Bengio and Haffner, 1998) with rectifiers, max pooling and softmax cross-entropy, by "
                + "stochastic gradient descent with a learning rate that falls from epoch to epoch.",
        "",
        TrainingOptions.RESULTS,
        "",
})
public final class TrainLenet5Command implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private TrainingOptions options = new TrainingOptions(Lenet5.EPOCHS, Lenet5.BATCH);

    @Option(names = "--learning-rate", paramLabel = "F",
            description = "How far the steps of the first epoch go against the gradient (default: ${DEFAULT-VALUE}).")
    private float learningRate = Lenet5.LEARNING_RATE;

    @Option(names = "--decay", paramLabel = "F",
            description = "What the learning rate is multiplied by after each epoch (default: ${DEFAULT-VALUE}).")
    private float decay = Lenet5.DECAY;

    /** Used by the command line. */
    public TrainLenet5Command() {}

    @Override
    public Integer call() throws IOException {
        options.check();
        TrainingOptions.requireFinite("--learning-rate", learningRate);
        TrainingOptions.requireFinite("--decay", decay);
        Module network = Lenet5.network(options.seed());
        new TrainingSession(spec.commandLine(), options, "lenet5").decay(decay).run(network, Lenet5::loss,
                (workers, images) -> Lenet5.optimizer(workers, network, learningRate));
        return ExitCode.OK;
    }
}
