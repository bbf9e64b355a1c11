package lanewise.examples.command;

import lanewise.examples.doctor.Examination;
import lanewise.examples.doctor.Jvm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lanewise doctor}: what the machine can do, and what keeps kernels from doing it. */
@Command(name = "doctor", description = {
        "Examine the machine: what it can do, how near each kernel family comes to it, and which setting is in the "
                + "way of those that are slow. Takes some seconds.",
})
public final class DoctorCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(names = "--threads", paramLabel = "T", description = "Threads to examine together (default: one per core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** Used by the command line. */
    public DoctorCommand() {}

    @Override
    public void run() {
        if (threads < 1) {
            throw new InputException("--threads is " + threads + ", need at least 1.");
        }
        new Examination(spec.commandLine().getOut(), Jvm.current(), threads).run();
    }
}
