package lanewise.bench;

import lanewise.bench.sequence.SequenceFamily;
import picocli.CommandLine.Command;

/** Measures recurrent layers and attention. */
@Command(name = "sequence", mixinStandardHelpOptions = true,
        description = "LSTM, GRU and attention over whole sequences, forward, and forward and backward with all gradients (both).")
final class SequenceCommand extends FamilyCommand {

    SequenceCommand() {
        super(SequenceFamily::new);
    }
}
