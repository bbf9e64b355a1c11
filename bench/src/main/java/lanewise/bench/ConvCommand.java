package lanewise.bench;

import lanewise.bench.convolution.ConvolutionFamily;
import picocli.CommandLine.Command;

/** Measures convolutions. */
@Command(name = "conv", mixinStandardHelpOptions = true,
        description = "Convolutions in NCHW: forward, backward-data and backward-filter.")
final class ConvCommand extends FamilyCommand {

    ConvCommand() {
        super(ConvolutionFamily::new);
    }
}
