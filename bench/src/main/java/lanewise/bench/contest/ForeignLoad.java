package lanewise.bench.contest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How many processors were taken meanwhile by somebody else: by other processes of this machine, or by the host of a
 * virtual one. Known on Linux only; elsewhere it counts as none.
 */
final class ForeignLoad {

    private static final Path STAT = Path.of("/proc/stat");
    // Linux gives these times to programs in hundredths of a second, whatever the kernel counts in.
    private static final double TICKS_PER_SECOND = 100;
    // After the word "cpu": user, nice, system, idle, iowait, irq, softirq, steal.
    private static final List<Integer> BUSY_FIELDS = List.of(1, 2, 3, 6, 7, 8);

    private final List<ProcessHandle> own;
    private final long startNanos = System.nanoTime();
    private final double startForeign;

    /**
     * Starts to observe.
     *
     * @param own processes that are not foreign; this one is not either
     */
    ForeignLoad(List<ProcessHandle> own) {
        this.own = own;
        startForeign = foreignSeconds();
    }

    /** The mean number of processors taken since the start. */
    double processors() {
        double elapsed = (System.nanoTime() - startNanos) * 1e-9;
        return Math.max(0, (foreignSeconds() - startForeign) / elapsed);
    }

    private double foreignSeconds() {
        if (!Files.isReadable(STAT)) {
            return 0;
        }
        try {
            double busy = busySeconds(Files.readAllLines(STAT).getFirst());
            return busy - own.stream().mapToDouble(ForeignLoad::seconds).sum() - seconds(ProcessHandle.current());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The busy time of all processors, from the first line of {@code /proc/stat}. */
    static double busySeconds(String line) {
        String[] fields = line.split(" +", -1);
        return BUSY_FIELDS.stream().mapToLong(field -> Long.parseLong(fields[field])).sum() / TICKS_PER_SECOND;
    }

    private static double seconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() * 1e-9;
    }
}
