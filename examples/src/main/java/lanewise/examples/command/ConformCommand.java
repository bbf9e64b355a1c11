package lanewise.examples.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import lanewise.examples.conformance.Conformance;
import lanewise.kernels.Workers;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lanewise conform}: the test cases of the ONNX project. */
@Command(name = "conform", description = {
        "Run ONNX test cases on the kernels: folders with a model.onnx and data sets (test_data_set_0 with input_0.pb, "
                + "output_0.pb), and networks NAME.onnx with NAME_output_0.pb. Exits with 1 if a case fails.",
})
public final class ConformCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Folder of the cases; those below it are found.")
    private Path folder;

    @Option(names = "--threads", paramLabel = "T", description = "Threads that compute (default: one per core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** Used by the command line. */
    public ConformCommand() {}

    @Override
    public Integer call() throws IOException {
        if (threads < 1) {
            throw new InputException("--threads is " + threads + ", need at least 1.");
        }
        if (!Files.isDirectory(folder)) {
            throw new InputException(folder + " is no folder.");
        }
        List<Path> models = Conformance.models(folder);
        if (models.isEmpty()) {
            throw new InputException("there are no ONNX test cases in " + folder
                    + ": need folders with a model.onnx, or networks NAME.onnx with NAME_output_0.pb.");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Workers workers = Workers.of(threads)) {
            Conformance conformance = new Conformance(workers);
            conformance.run(models, out);
            conformance.summarize(out);
            return conformance.failed() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }
}
