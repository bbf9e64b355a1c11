package lanewise.examples.doctor;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lanewise.examples.doctor.Advice.Effect;
import lanewise.examples.doctor.KernelProbe.Limit;
import lanewise.kernels.Workers;
import lanewise.kernels.diagnostics.Machine;

/** Looks at everything in turn and tells what it finds, line by line. */
public final class Examination {

    private static final long MEMORY_BYTES = 1 << 26;
    private static final int LARGE = 1 << 20;
    private static final int SIDE = 512;
    private static final int SMALL = 1 << 12;
    private static final int SMALL_SIDE = 64;
    private static final double GOOD_SCALING = 0.6;
    private static final double BUSY = 0.5;
    private static final int ATTEMPTS = 3;
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final PrintWriter out;
    private final Jvm jvm;
    private final int threads;

    /**
     * A new examination.
     *
     * @param out where to tell
     * @param jvm the JVM that runs this
     * @param threads how many threads to examine together
     */
    public Examination(PrintWriter out, Jvm jvm, int threads) {
        this.out = out;
        this.jvm = jvm;
        this.threads = threads;
    }

    /** Examines the machine. Takes some seconds. */
    public void run() {
        List<Advice> advice = JvmSettings.examine(jvm);
        Optional<Advice> crippling = advice.stream().filter(each -> each.effect() == Effect.CRIPPLES).findFirst();
        tell("CPU", Cpu.model() + ", " + CORES + " cores");
        tell("Java", jvm.version() + ", " + jvm.name() + ", " + jvm.mode());
        if (jvm.vectorModule()) {
            tell("vectors",
                    Machine.vectorBits() + " bits, " + (Machine.hasWideRegisterFile() ? 32 : 16) + " registers, "
                            + (Machine.hasFma() ? "fused multiply-add" : "no fused multiply-add"));
        }
        for (Advice each : advice) {
            tell("settings", each.finding() + "; cure: " + each.cure());
        }
        if (crippling.isPresent()) {
            for (KernelProbe probe : KernelProbe.all(1, 1)) {
                tell(probe.family(), "slow    not measured: see the settings; cure: " + crippling.get().cure());
            }
        } else {
            if (advice.isEmpty()) {
                tell("settings", "ok");
            }
            measure(advice);
        }
    }

    private void measure(List<Advice> advice) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        tell("load", load < BUSY * CORES
                ? "ok"
                : String.format(Locale.ROOT, "other programs are busy (load average %.1f): all figures are too low",
                        load));
        try (Workers one = Workers.single(); Workers all = Workers.of(threads)) {
            double peak = Machine.fmaPeak(one);
            double together = Machine.fmaPeak(all);
            tell("FMA peak", onThreads(peak, together, "GFLOP/s"));
            tell("copy", onThreads(Machine.copyBandwidth(one, MEMORY_BYTES), Machine.copyBandwidth(all, MEMORY_BYTES),
                    "GB/s"));
            tell("threads", together >= GOOD_SCALING * threads * peak
                    ? "ok"
                    : "together they do less than they should; cure: leave cores to them (other programs, a container's"
                            + " limit), or use --threads");
            List<KernelProbe> small = KernelProbe.all(SMALL_SIDE, SMALL);
            List<KernelProbe> large = KernelProbe.all(SIDE, LARGE);
            for (int i = 0; i < large.size(); i++) {
                KernelProbe probe = large.get(i);
                // A copy reads and writes: one of half the bytes moves as many as the kernel does.
                double limit = probe.limit() == Limit.FMA_PEAK
                        ? peak
                        : Machine.copyBandwidth(one, (long) probe.work() / 2);
                tell(probe.family(), verdict(probe, speed(small.get(i), probe, limit, one), limit, advice));
            }
        }
    }

    /** The speed of a probe in 10<sup>9</sup> per second. What seems slow is tried again: the compiler may be late. */
    private static double speed(KernelProbe small, KernelProbe probe, double limit, Workers workers) {
        double speed = 0;
        for (int attempt = 0; attempt < ATTEMPTS && speed < probe.expected() * limit; attempt++) {
            // A small problem first: C2 compiles a kernel after a number of calls, and large ones are long in coming.
            Stopwatch.seconds(() -> small.run().accept(workers));
            speed = Math.max(speed, probe.work() / Stopwatch.seconds(() -> probe.run().accept(workers)) / 1e9);
        }
        return speed;
    }

    private String onThreads(double one, double all, String unit) {
        return String.format(Locale.ROOT, "%.1f %s on one thread, %.1f on %d", one, unit, all, threads);
    }

    /** What to tell of a probe that reached this speed. */
    static String verdict(KernelProbe probe, double speed, double limit, List<Advice> advice) {
        double share = speed / limit;
        String figure = String.format(Locale.ROOT, "%s: %.1f %s, %.0f %% of %s", probe.workload(), speed,
                probe.limit().unit(), 100 * share, probe.limit().title());
        if (share >= probe.expected()) {
            return "ok      " + figure;
        }
        return "slow    " + figure + advice.stream().filter(each -> each.effect() == Effect.LIMITS).findFirst()
                .map(each -> "; cure: " + each.cure())
                .orElse("; no setting of the JVM explains it: if the machine is idle, please report it");
    }

    private void tell(String title, String finding) {
        out.printf(Locale.ROOT, "%-12s %s%n", title, finding);
        out.flush();
    }
}
