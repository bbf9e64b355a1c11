package lanewise.bench;

import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import lanewise.bench.contest.Family;
import lanewise.bench.peers.Home;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measures one family. */
abstract class FamilyCommand implements Callable<Integer> {

    private final BiFunction<Home, Boolean, Family> family;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ContestOptions options;

    FamilyCommand(BiFunction<Home, Boolean, Family> family) {
        this.family = family;
    }

    @Override
    public final Integer call() throws Exception {
        return options.run(family.apply(options.home(), options.peers()), spec.commandLine());
    }
}
