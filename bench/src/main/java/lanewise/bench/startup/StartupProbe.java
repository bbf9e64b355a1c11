package lanewise.bench.startup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lanewise.bench.contest.Statistics;
import lanewise.kernels.Workers;
import lanewise.kernels.gemm.Gemm;
import lanewise.kernels.gemm.Transpose;

/**
 * A process that multiplies 512 x 512 matrices from its first moment until its speed is steady, and then says after how
 * many seconds it had reached 90 % of that speed.
 */
public final class StartupProbe {

    /** What the line with the result starts with; native libraries and the JVM may print others. */
    static final String RESULT = "startup ";

    private static final int N = 512;
    private static final double LENGTH_SECONDS = 3;
    private static final double NEARLY = 0.9;

    /**
     * One call.
     *
     * @param end seconds since the process was started
     * @param seconds how long the call took
     */
    record Call(double end, double seconds) {}

    private StartupProbe() {}

    /**
     * Runs the probe.
     *
     * @param args when the process was started, as {@link Instant#toString()} writes it
     */
    public static void main(String[] args) {
        Instant start = Instant.parse(args[0]);
        float[] a = new float[N * N];
        float[] b = new float[N * N];
        float[] c = new float[N * N];
        for (int i = 0; i < N * N; i++) {
            a[i] = i % 7;
            b[i] = i % 11;
        }
        var calls = new ArrayList<Call>();
        try (Workers workers = Workers.single()) {
            double end;
            do {
                long begin = System.nanoTime();
                Gemm.sgemm(workers, Transpose.NO_TRANS, Transpose.NO_TRANS, N, N, N, 1f, a, 0, N, b, 0, N, 0f, c, 0, N);
                double seconds = (System.nanoTime() - begin) * 1e-9;
                end = Duration.between(start, Instant.now()).toNanos() * 1e-9;
                calls.add(new Call(end, seconds));
            } while (end - calls.getFirst().end() < LENGTH_SECONDS);
        }
        System.out.println(RESULT + calls.getFirst().end() + " " + secondsToSpeed(calls));
    }

    /**
     * The moment from which on the speed is at least 90 % of the steady speed, which is the median of the second half:
     * the end of the first call that is so fast.
     */
    static double secondsToSpeed(List<Call> calls) {
        double steady = Statistics
                .median(calls.subList(calls.size() / 2, calls.size()).stream().map(Call::seconds).toList());
        return calls.stream().filter(call -> call.seconds() <= steady / NEARLY).findFirst().orElseThrow().end();
    }
}
