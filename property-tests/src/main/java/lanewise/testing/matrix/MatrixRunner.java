package lanewise.testing.matrix;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanewise.kernels.diagnostics.Machine;
import lanewise.testing.PropertyHook;

/**
 * Runs test classes again, in a JVM that plays another machine:
 *
 * <pre>{@code
 * @ParameterizedTest
 * @EnumSource(names = {"BITS_256", "BITS_128", "NO_FMA"})
 * void passesOn(Cell cell) {
 *     new MatrixRunner().classes(MyKernelProperties.class).mostTries(50).assertPasses(cell);
 * }
 * }</pre>
 *
 * <p>
 * A cell fails in which nothing ran of a class or package asked for, or whose JVM did not have the vectors asked for. A cell with wider vectors than this
 * machine has cannot be run here: {@link #canRun}.
 */
public final class MatrixRunner {

    private final List<String> selected = new ArrayList<>();
    private final List<String> withoutTags = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final List<Path> classPath = new ArrayList<>();
    private Duration time = Duration.ofMinutes(10);
    private boolean endsAtFirstFailure;

    /** A runner of no tests yet. */
    public MatrixRunner() {}

    /**
     * A test that failed.
     *
     * @param test its unique name on the JUnit Platform
     * @param reason the first line of what it threw
     */
    public record Failure(String test, String reason) {

        @Override
        public String toString() {
            return test + ": " + reason;
        }
    }

    /**
     * What a cell's JVM did.
     *
     * @param cell which cell
     * @param vectorBits the width of its vectors, 0 if it did not come so far
     * @param fma whether it had fused multiply-add
     * @param passed how many tests passed
     * @param failures the tests that failed
     * @param inTime whether it ended by itself in the time that it had
     * @param ended whether it ran all tests; not if it ended before, as a JVM that crashes does
     * @param output what it printed; of jqwik's properties that fail, the sample and how to find it again
     */
    public record Outcome(Cell cell, int vectorBits, boolean fma, int passed, List<Failure> failures, boolean inTime,
            boolean ended, String output) {

        private static final int SHOWN_FAILURES = 40;
        private static final int SHOWN_LINES = 200;

        /**
         * Whether tests ran, all of them passed, and the machine was the one asked for.
         *
         * @return true if so
         */
        public boolean passes() {
            return ended && isAsAskedFor() && passed > 0 && failures.isEmpty();
        }

        /**
         * Whether the JVM had the vectors that the cell is about.
         *
         * @return false if it had others, or did not start
         */
        public boolean isAsAskedFor() {
            return vectorBits > 0 && cell.vectorBits().orElse(vectorBits) == vectorBits && !(cell.lacksFma() && fma);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(
                    "%s: %d bits, FMA %b, %d passed, %d failed".formatted(cell, vectorBits,
                            fma, passed, failures.size()));
            if (!isAsAskedFor()) {
                text.append(", NOT THE MACHINE ASKED FOR");
            }
            if (!ended) {
                text.append(inTime ? ", ENDED BEFORE ALL TESTS WERE RUN" : ", DID NOT END IN TIME");
            }
            failures.stream().limit(SHOWN_FAILURES).forEach(failure -> text.append("\n  ").append(failure));
            if (!passes()) {
                output.lines().limit(SHOWN_LINES).forEach(line -> text.append('\n').append(line));
            }
            return text.toString();
        }
    }

    /**
     * Adds test classes.
     *
     * @param classes the classes
     * @return this
     */
    public MatrixRunner classes(Class<?>... classes) {
        return classes(Arrays.stream(classes).map(Class::getName).toArray(String[]::new));
    }

    /**
     * Adds test classes by their names, for those that only the JVM of the cell can load.
     *
     * @param names the names, with their packages
     * @return this
     */
    public MatrixRunner classes(String... names) {
        selected.addAll(List.of(names));
        return this;
    }

    /**
     * Adds all test classes of packages and of those below.
     *
     * @param names the names of packages
     * @return this
     */
    public MatrixRunner packages(String... names) {
        Arrays.stream(names).map(name -> CellProgram.PACKAGE + name).forEach(selected::add);
        return this;
    }

    /**
     * Leaves out tests with one of these tags.
     *
     * @param tags the tags
     * @return this
     */
    public MatrixRunner withoutTags(List<String> tags) {
        withoutTags.addAll(tags);
        return this;
    }

    /**
     * Limits the tries of jqwik's properties.
     *
     * @param tries the most, for each property
     * @return this
     */
    public MatrixRunner mostTries(int tries) {
        return options("-D" + PropertyHook.TRIES + "=" + tries);
    }

    /**
     * Multiplies the tries of jqwik's properties.
     *
     * @param times how many times as many, for each property
     * @return this
     */
    public MatrixRunner triesTimes(int times) {
        return options("-D" + PropertyHook.TIMES + "=" + times);
    }

    /**
     * More options of the JVM.
     *
     * @param more such as {@code -Xmx2g}
     * @return this
     */
    public MatrixRunner options(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /**
     * Classes that the JVM finds before those of this JVM's paths.
     *
     * @param entries folders or jars
     * @return this
     */
    public MatrixRunner classPathBefore(Path... entries) {
        classPath.addAll(List.of(entries));
        return this;
    }

    /**
     * Ends the JVM at the first failure.
     *
     * @return this
     */
    public MatrixRunner endAtFirstFailure() {
        endsAtFirstFailure = true;
        return this;
    }

    /**
     * How long the JVM may run.
     *
     * @param most 10 minutes unless told otherwise
     * @return this
     */
    public MatrixRunner time(Duration most) {
        time = most;
        return this;
    }

    /**
     * Whether the vectors that this JVM uses are as wide as the cell asks for.
     *
     * @param cell which cell
     * @return whether it can be run here
     */
    public static boolean canRun(Cell cell) {
        return cell.vectorBits().orElse(0) <= Machine.vectorBits();
    }

    /**
     * Runs the tests in a cell.
     *
     * @param cell which cell
     * @return what came of it
     * @throws IOException if the JVM cannot be started
     * @throws InterruptedException if the thread is interrupted; the JVM is then ended
     */
    public Outcome run(Cell cell) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("lanewise-cell");
        Path lines = folder.resolve("tests.txt");
        Path output = folder.resolve("output.txt");
        try {
            Process process = new ProcessBuilder(command(cell, lines, folder.resolve("jqwik")))
                    .redirectErrorStream(true).redirectOutput(output.toFile()).start();
            boolean inTime;
            try {
                inTime = process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                process.destroyForcibly().waitFor();
            }
            return outcome(cell, inTime, Files.exists(lines) ? Files.readAllLines(lines) : List.of(),
                    Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    /**
     * Runs the tests in a cell.
     *
     * @param cell which cell
     * @throws AssertionError if a test fails, none ran, or the JVM was not the machine asked for
     * @throws IOException if the JVM cannot be started
     * @throws InterruptedException if the thread is interrupted; the JVM is then ended
     */
    public void assertPasses(Cell cell) throws IOException, InterruptedException {
        Outcome outcome = run(cell);
        if (!outcome.passes()) {
            throw new AssertionError(outcome.toString());
        }
    }

    private List<String> command(Cell cell, Path lines, Path database) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Each kind of processor has flags of its own.
        command.add("-XX:+IgnoreUnrecognizedVMOptions");
        command.addAll(cell.options());
        command.addAll(options);
        if (cell != Cell.MODULE_MISSING) {
            command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        }
        command.addAll(List.of("-cp", classPath(), CellProgram.class.getName(),
                lines.toString(), Boolean.toString(endsAtFirstFailure), String.join(",", withoutTags),
                database.toString()));
        command.addAll(selected);
        return command;
    }

    /** All that this JVM was started with, wherever it looks for it. */
    private String classPath() {
        return Stream.of(classPath.stream().map(Path::toString),
                Stream.of(System.getProperty("java.class.path", ""), System.getProperty("jdk.module.path", "")))
                .flatMap(entries -> entries).filter(entry -> !entry.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Outcome outcome(Cell cell, boolean inTime, List<String> lines, String output) {
        int bits = 0;
        int passed = 0;
        boolean fma = false;
        boolean ended = false;
        List<Failure> failures = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(CellProgram.BITS)) {
                bits = Integer.parseInt(line.substring(CellProgram.BITS.length()));
            } else if (line.startsWith(CellProgram.FMA)) {
                fma = Boolean.parseBoolean(line.substring(CellProgram.FMA.length()));
            } else if (line.startsWith(CellProgram.FAILED)) {
                String[] parts = line.substring(CellProgram.FAILED.length()).split(CellProgram.BECAUSE, 2);
                failures.add(new Failure(parts[0], parts[1]));
            } else if (line.equals(CellProgram.PASSED)) {
                passed++;
            } else if (line.equals(CellProgram.END)) {
                ended = true;
            }
        }
        return new Outcome(cell, bits, fma, passed, List.copyOf(failures), inTime, ended, output);
    }
}
