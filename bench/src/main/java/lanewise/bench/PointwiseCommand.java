package lanewise.bench;

import lanewise.bench.pointwise.PointwiseFamily;
import picocli.CommandLine.Command;

/** Measures memory-bound operations. */
@Command(name = "pointwise", mixinStandardHelpOptions = true,
        description = "Activations, softmax, loss, normalization and an optimizer's update, forward and backward.")
final class PointwiseCommand extends FamilyCommand {

    PointwiseCommand() {
        super(PointwiseFamily::new);
    }
}
