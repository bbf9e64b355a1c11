package lanewise.bench;

import lanewise.bench.training.TrainingFamily;
import picocli.CommandLine.Command;

/** Measures training steps. */
@Command(name = "train", mixinStandardHelpOptions = true,
        description = "Whole training steps: forward, backward and update of six networks. GFLOP/s count three forward "
                + "passes a step; steps per second are the inverse of the median in --json.")
final class TrainCommand extends FamilyCommand {

    TrainCommand() {
        super(TrainingFamily::new);
    }
}
