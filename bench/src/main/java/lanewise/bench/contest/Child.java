package lanewise.bench.contest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The child's side of the protocol: one request per line on standard input, one reply per request on standard output,
 * marked with {@code @} because native libraries print there too.
 *
 * <pre>
 *   (start)                           @ready DESCRIPTION        or  @error REASON
 *   prepare SECONDS WORKLOAD          @prepared SECONDS_PER_CALL     warmed up and in agreement with the reference
 *                                     @prepared nothing              an operation that the engine does not offer
 *   sample SECONDS WORKLOAD           @sample SECONDS_PER_CALL
 *   limit 0 LIMIT                     @limit RATE                   of an engine that measures limits
 *   (end of input)                    the process ends
 * </pre>
 *
 * A request that fails is answered by {@code @error REASON}, and the child lives on.
 */
public final class Child {

    /** What is prepared of an operation that the engine does not offer. */
    static final String NOTHING = "nothing";

    private final Engine engine;
    // Only the latest, as the operands of all workloads may not fit into memory.
    private String prepared = "";
    private Stopwatch stopwatch;

    Child(Engine engine) {
        this.engine = engine;
    }

    /**
     * Serves one engine until standard input ends.
     *
     * @param args the engine's class and the number of threads
     * @throws IOException when a stream breaks
     */
    public static void main(String[] args) throws IOException {
        PrintStream replies = System.out;
        System.setOut(System.err);
        var requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Engine engine = Class.forName(args[0]).asSubclass(Engine.class).getConstructor(int.class)
                .newInstance(Integer.parseInt(args[1]))) {
            reply(replies, "ready " + oneLine(engine.description()));
            new Child(engine).serve(requests, replies);
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            e.printStackTrace();
            reply(replies, "error " + reason(e));
        }
    }

    void serve(BufferedReader requests, PrintStream replies) throws IOException {
        for (String request = requests.readLine(); request != null; request = requests.readLine()) {
            String answer;
            try {
                answer = answer(request);
            } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                e.printStackTrace();
                answer = "error " + reason(e);
            }
            reply(replies, answer);
        }
    }

    private String answer(String request) {
        String[] words = request.split(" ", 3);
        if (words.length < 3) {
            throw new IllegalArgumentException("not a request: " + request);
        }
        double seconds = Double.parseDouble(words[1]);
        String workload = words[2];
        return switch (words[0]) {
            case "prepare" -> {
                prepared = "";
                stopwatch = null;
                try {
                    stopwatch = new Stopwatch(engine.prepare(workload));
                } catch (UnsupportedOperationException e) {
                    yield "prepared " + NOTHING;
                }
                double perCall = stopwatch.warmUp(seconds);
                prepared = workload;
                yield "prepared " + perCall;
            }
            case "sample" -> {
                if (!prepared.equals(workload)) {
                    throw new IllegalStateException("not prepared: " + workload);
                }
                yield "sample " + stopwatch.sample(seconds).median();
            }
            case "limit" -> {
                if (!(engine instanceof LimitMeter limits)) {
                    throw new IllegalArgumentException("this engine measures no limits");
                }
                yield "limit " + limits.measure(workload);
            }
            default -> throw new IllegalArgumentException("not a request: " + request);
        };
    }

    private static void reply(PrintStream replies, String text) {
        replies.println("@" + text);
        replies.flush();
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return oneLine(cause.getClass().getSimpleName() + ": " + cause.getMessage());
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
