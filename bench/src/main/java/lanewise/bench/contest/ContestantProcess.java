package lanewise.bench.contest;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The coordinator's side of the protocol of {@link Child}: a running child process. */
final class ContestantProcess implements AutoCloseable {

    /** A child that could not start, gave an error or went away. The message is the reason, on one line. */
    static final class FailedException extends Exception {

        private static final long serialVersionUID = 1L;

        FailedException(String reason) {
            super(reason);
        }
    }

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ENDED = "";

    // Variables that tell a library for which CPU to compute. A peer is at its best when it finds out by itself.
    private static final Set<String> CPU_VARIABLES = Set.of("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "MKL_CBWR",
            "MKL_ENABLE_INSTRUCTIONS", "ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA", "ATEN_CPU_CAPABILITY");

    private final Contestant contestant;
    private final Process process;
    private final Path log;
    private final Writer requests;
    private final LinkedBlockingQueue<String> replies = new LinkedBlockingQueue<>();
    private final String description;

    /** Starts the process and waits until its engine stands. */
    ContestantProcess(Contestant contestant, int threads) throws FailedException {
        this.contestant = contestant;
        try {
            log = Files.createTempFile("lanewise-bench-", ".log");
            var builder = new ProcessBuilder(command(contestant, threads)).redirectError(log.toFile());
            builder.environment().keySet().removeAll(CPU_VARIABLES);
            builder.environment().putAll(contestant.environment());
            process = builder.start();
        } catch (IOException e) {
            throw new FailedException(e.getMessage());
        }
        requests = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::read);
        boolean ready = false;
        try {
            description = reply("ready");
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    private static List<String> command(Contestant contestant, int threads) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(contestant.jvmArguments());
        command.add("-cp");
        command.add(
                contestant.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(Child.class.getName());
        command.add(contestant.engine());
        command.add(Integer.toString(threads));
        return command;
    }

    String description() {
        return description;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    Contestant contestant() {
        return contestant;
    }

    /** Makes the operands, checks the result and warms up. Returns whether the engine offers the operation. */
    boolean prepare(Workload workload, double seconds) throws FailedException {
        return !ask("prepare " + seconds + " " + workload.name(), "prepared").equals(Child.NOTHING);
    }

    /** Takes one sample: seconds per call. */
    double sample(Workload workload, double seconds) throws FailedException {
        return Double.parseDouble(ask("sample " + seconds + " " + workload.name(), "sample"));
    }

    /** Measures a limit of the machine. */
    double limit(Limit limit) throws FailedException {
        return Double.parseDouble(ask("limit 0 " + limit.request(), "limit"));
    }

    private String ask(String request, String expected) throws FailedException {
        try {
            requests.write(request + "\n");
            requests.flush();
        } catch (IOException e) {
            throw new FailedException(death());
        }
        return reply(expected);
    }

    private String reply(String expected) throws FailedException {
        String reply;
        try {
            reply = replies.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("interrupted");
        }
        if (reply == null) {
            process.destroyForcibly();
            throw new FailedException("no reply within " + PATIENCE.toMinutes() + " minutes");
        }
        if (reply.equals(ENDED)) {
            replies.add(ENDED);
            throw new FailedException(death());
        }
        if (reply.startsWith("error ")) {
            throw new FailedException(reply.substring("error ".length()));
        }
        if (!reply.startsWith(expected + " ")) {
            throw new FailedException("unexpected reply: " + reply);
        }
        return reply.substring(expected.length() + 1);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("@")) {
                    replies.add(line.substring(1));
                }
            }
        } catch (IOException e) {
            replies.add("error " + e.getMessage());
        } finally {
            replies.add(ENDED);
        }
    }

    private String death() {
        try {
            String exit = process.waitFor(5, TimeUnit.SECONDS) ? "ended with code " + process.exitValue() : "is silent";
            Optional<String> last = Files.readAllLines(log, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> !line.isBlank()).reduce((first, second) -> second);
            return "the process " + exit + last.map(line -> ": " + line.strip()).orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** Ends the process, first by the end of its input, then by force. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // the child is gone already: what is left to do is the same
            process.destroyForcibly();
        }
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(log);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
