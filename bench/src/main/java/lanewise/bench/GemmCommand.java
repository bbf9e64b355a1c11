package lanewise.bench;

import java.util.concurrent.Callable;
import lanewise.bench.gemm.GemmFamily;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measures products of matrices. */
@Command(name = "gemm", mixinStandardHelpOptions = true,
        description = "Products of matrices (SGEMM), packing included.")
final class GemmCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ContestOptions options;

    @Override
    public Integer call() throws Exception {
        return options.run(new GemmFamily(options.home(), options.peers()), spec.commandLine());
    }
}
