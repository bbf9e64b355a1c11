package lanewise.bench;

import lanewise.bench.pooling.PoolingFamily;
import picocli.CommandLine.Command;

/** Measures pooling. */
@Command(name = "pool", mixinStandardHelpOptions = true,
        description = "Max, average and L2 pooling in NCHW, forward and backward.")
final class PoolCommand extends FamilyCommand {

    PoolCommand() {
        super(PoolingFamily::new);
    }
}
