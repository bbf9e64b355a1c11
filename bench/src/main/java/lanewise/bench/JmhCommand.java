package lanewise.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Runs JMH benchmarks of single kernels. */
@Command(name = "jmh", description = {"Microbenchmarks of single kernels beside plain loops.",
        "All arguments are JMH's: a pattern of names such as Sigmoid, -p n=1000, -l for the list, -h for help."})
final class JmhCommand implements Callable<Integer> {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        org.openjdk.jmh.Main.main(arguments.toArray(String[]::new));
        return 0;
    }
}
