package lanewise.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import lanewise.bench.contest.Statistics;
import lanewise.bench.peers.Home;
import lanewise.bench.startup.StartupTrial;
import lanewise.bench.startup.StartupTrial.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how long a new process takes to full speed. */
@Command(name = "startup", mixinStandardHelpOptions = true,
        description = "Seconds from the start of a JVM to 90 %% of its SGEMM speed (n = 512, one thread).")
final class StartupCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--forks", defaultValue = "5", description = "Processes of each kind. Default: ${DEFAULT-VALUE}")
    private int forks;

    @Option(names = "--jvm-arg", paramLabel = "ARG", description = "An option for the JVM. May be repeated.")
    private List<String> jvmArguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (var trial = new StartupTrial(Home.ofRunningClasses(jvmArguments))) {
            var plain = new ArrayList<Result>();
            for (int i = 0; i < forks; i++) {
                plain.add(trial.withoutCache());
            }
            print(out, "without a cache", plain);
            print(out, "with an AOT cache", trial.withCache(forks));
        }
        return 0;
    }

    private static void print(PrintWriter out, String title, List<Result> results) {
        out.printf(Locale.ROOT, "%-18s first result after %s, 90 %% of the speed after %s (%d processes)%n", title,
                seconds(results, Result::firstResult), seconds(results, Result::fullSpeed), results.size());
        out.flush();
    }

    private static String seconds(List<Result> results, ToDoubleFunction<Result> part) {
        List<Double> values = results.stream().map(part::applyAsDouble).toList();
        return String.format(Locale.ROOT, "%.2f s (%.2f to %.2f)", Statistics.median(values),
                Statistics.quantile(values, 0), Statistics.quantile(values, 1));
    }
}
