package lanewise.examples.conformance;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanewise.kernels.Workers;

/**
 * Test cases of the ONNX project, run on the kernels: every folder with a {@code model.onnx} and data sets, and every network
 * {@code NAME.onnx} with its output {@code NAME_output_0.pb} beside it.
 */
public final class Conformance {

    private static final String MODEL = "model.onnx";
    private static final String ENDING = ".onnx";

    private final Workers workers;
    private final Map<String, Set<String>> skippedByReason = new TreeMap<>();
    private int passed;
    private int failed;
    private int skipped;

    /**
     * Nothing is run yet.
     *
     * @param workers the team that computes
     */
    public Conformance(Workers workers) {
        this.workers = workers;
    }

    /**
     * Finds the cases in a folder and those below it.
     *
     * @param folder the folder
     * @return the files of their models, sorted; empty if there are none
     * @throws IOException if the folder cannot be read
     */
    public static List<Path> models(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Conformance::isModel).sorted().toList();
        }
    }

    private static boolean isModel(Path file) {
        String name = file.getFileName().toString();
        return name.equals(MODEL) || (name.endsWith(ENDING) && Files.exists(
                file.resolveSibling(name.substring(0, name.length() - ENDING.length()) + "_output_0.pb")));
    }

    static OnnxCase read(Path model) {
        Path file = model.toAbsolutePath().normalize();
        return file.getFileName().toString().equals(MODEL)
                ? OnnxCase.read(file.getParent())
                : OnnxCase.readNetwork(file);
    }

    private static String named(String operator) {
        String what = Operators.SKIPPED.get(operator);
        return what == null ? operator : operator + " (" + what + ")";
    }

    /** Why a case is not run; empty if it is. */
    static Optional<String> reasonToSkip(OnnxCase one) {
        Set<String> missing = new TreeSet<>(one.operators());
        missing.removeAll(Operators.ADAPTERS.keySet());
        if (!missing.isEmpty()) {
            return Optional
                    .of("no kernel: " + missing.stream().map(Conformance::named).collect(Collectors.joining(", ")));
        }
        return one.hasKnownTypes()
                ? Optional.ofNullable(Operators.SKIPPED_CASES.get(one.name()))
                : Optional.of("elements that are not of float32");
    }

    /**
     * Runs cases; prints those that fail at once.
     *
     * @param models the files of their models
     * @param out where to
     */
    public void run(List<Path> models, PrintWriter out) {
        for (Path model : models) {
            try {
                OnnxCase one = read(model);
                Optional<String> reason = reasonToSkip(one);
                if (reason.isPresent()) {
                    skippedByReason.computeIfAbsent(reason.get(), key -> new TreeSet<>()).add(one.name());
                    skipped++;
                } else {
                    one.run(workers, Operators.ADAPTERS);
                    passed++;
                }
            } catch (IOException | RuntimeException e) {
                // A case is foreign data: whatever an adapter or a kernel makes of it is a failure of the case.
                failed++;
                out.println("FAILED " + model + ": " + e);
            }
        }
    }

    /**
     * How many cases failed.
     *
     * @return the number so far
     */
    public int failed() {
        return failed;
    }

    /**
     * Prints what was skipped and why, and the numbers.
     *
     * @param out where to
     */
    public void summarize(PrintWriter out) {
        skippedByReason.forEach((reason, names) -> out
                .println("skipped, " + reason + " (" + names.size() + "): " + String.join(", ", names)));
        out.println(passed + " passed, " + failed + " failed, " + skipped + " skipped");
    }
}
