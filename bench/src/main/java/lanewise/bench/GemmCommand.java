package lanewise.bench;

import lanewise.bench.gemm.GemmFamily;
import picocli.CommandLine.Command;

/** Measures products of matrices. */
@Command(name = "gemm", mixinStandardHelpOptions = true,
        description = "Products of matrices (SGEMM), packing included.")
final class GemmCommand extends FamilyCommand {

    GemmCommand() {
        super(GemmFamily::new);
    }
}
