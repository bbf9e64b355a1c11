package lanewise.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import lanewise.bench.contest.Contest;
import lanewise.bench.contest.Contestant;
import lanewise.bench.contest.Family;
import lanewise.bench.contest.Measurements;
import lanewise.bench.contest.Schedule;
import lanewise.bench.contest.Workload;
import lanewise.bench.peers.Home;
import lanewise.bench.report.JsonReport;
import lanewise.bench.report.TextReport;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that all families share, and what they do. */
final class ContestOptions {

    // A quick look leaves out calls that take a tenth of a second on a fast machine and seconds in plain loops.
    private static final double QUICK_WORK = 4e9;

    @Option(names = "--peers",
            description = "Native libraries take part, each at its best (they must have been built).")
    private boolean peers;

    @Option(names = "--quick",
            description = "One short pass, without the biggest workloads: for a look, not for a claim.")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the rows to a file.")
    private Path json;

    @Option(names = "--threads", split = ",", defaultValue = "1,2", paramLabel = "N",
            description = "Numbers of threads, each a table. Default: ${DEFAULT-VALUE}")
    private List<Integer> threads;

    @Option(names = "--only", paramLabel = "REGEX", description = "Only workloads whose whole name matches.")
    private Pattern only;

    @Option(names = "--impls", paramLabel = "REGEX", description = "Only implementations whose whole name matches.")
    private Pattern impls;

    @Option(names = "--passes", paramLabel = "N", description = "How often everything is repeated with new processes.")
    private Integer passes;

    @Option(names = "--jvm-arg", paramLabel = "ARG",
            description = "An option for the JVM of Lanewise, for example --jvm-arg=-XX:UseAVX=2. May be repeated.")
    private List<String> jvmArguments = new ArrayList<>();

    boolean peers() {
        return peers;
    }

    Home home() {
        return Home.ofRunningClasses(jvmArguments);
    }

    /** Measures, prints the table, writes the file. Returns the exit code. */
    int run(Family family, CommandLine commandLine) throws InterruptedException, IOException {
        List<Workload> workloads = family.workloads().stream().filter(this::isChosen).toList();
        if (workloads.isEmpty()) {
            throw new ParameterException(commandLine, "--only = " + only + ", need one of "
                    + family.workloads().stream().map(Workload::name).toList());
        }
        if (threads.stream().anyMatch(count -> count < 1)) {
            throw new ParameterException(commandLine, "--threads = " + threads + ", need at least 1");
        }
        PrintWriter progress = commandLine.getErr();
        Measurements measurements = new Contest(chosen(family), home().meter(), schedule(), progress).run(workloads);
        var report = new TextReport(family.name(), workloads, threads, measurements);
        commandLine.getOut().println(report);
        if (json != null) {
            Files.writeString(json, JsonReport.of(report.rows()));
        }
        return measurements.failures().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private boolean isChosen(Workload workload) {
        return only == null ? !quick || workload.work() <= QUICK_WORK : only.matcher(workload.name()).matches();
    }

    private Schedule schedule() {
        Schedule schedule = quick ? Schedule.quick(threads) : Schedule.full(threads);
        return passes == null ? schedule : schedule.withPasses(passes);
    }

    private Family chosen(Family family) {
        Predicate<Contestant> isChosen = contestant -> impls == null || impls.matcher(contestant.impl()).matches();
        return new Family() {
            @Override
            public String name() {
                return family.name();
            }

            @Override
            public List<Workload> workloads() {
                return family.workloads();
            }

            @Override
            public List<Contestant> contestants(int count) {
                return family.contestants(count).stream().filter(isChosen).toList();
            }
        };
    }
}
