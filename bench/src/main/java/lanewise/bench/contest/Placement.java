package lanewise.bench.contest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

/**
 * On which processors processes run. A virtual processor is half of a core whose other half may be a neighbour's: it then gives
 * its users three quarters of their speed while the next one gives all, so that contestants on different processors cannot be
 * compared. Works where there is Linux's {@code taskset}; elsewhere the system places the processes, as it does by default.
 */
final class Placement {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    private final String all;
    private final int[] processors;

    private Placement(String all) {
        this.all = all;
        processors = numbers(all);
    }

    /** The processors that this process may use; none where processes cannot be placed. */
    static Placement ofThisMachine() throws InterruptedException {
        if (!Files.isReadable(STATUS)) {
            return new Placement("");
        }
        try {
            String allowed = Files.readAllLines(STATUS).stream().filter(line -> line.startsWith(ALLOWED))
                    .map(line -> line.substring(ALLOWED.length()).strip()).findFirst().orElse("");
            var placement = new Placement(allowed);
            return placement.place(List.of(ProcessHandle.current()), allowed) ? placement : new Placement("");
        } catch (IOException e) {
            return new Placement("");
        }
    }

    /** Numbers of the processors to choose from. */
    int[] processors() {
        return processors.clone();
    }

    /** Lets all threads of the processes run on one processor only. */
    void gather(List<ProcessHandle> processes, int processor) throws InterruptedException {
        place(processes, Integer.toString(processor));
    }

    /** Lets the processes run on all processors. */
    void spread(List<ProcessHandle> processes) throws InterruptedException {
        place(processes, all);
    }

    private boolean place(List<ProcessHandle> processes, String on) throws InterruptedException {
        if (on.isEmpty()) {
            return false;
        }
        boolean placed = true;
        for (ProcessHandle process : processes) {
            try {
                placed &= new ProcessBuilder("taskset", "-a", "-p", "-c", on, Long.toString(process.pid()))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start().waitFor() == 0;
            } catch (IOException e) {
                // There is no such command here.
                return false;
            }
        }
        return placed;
    }

    /** The numbers of a list as Linux writes it: {@code 0-2,5}. */
    static int[] numbers(String list) {
        var numbers = new BitSet();
        for (String range : list.split(",", -1)) {
            if (!range.isBlank()) {
                String[] ends = range.strip().split("-", -1);
                numbers.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
            }
        }
        return numbers.stream().toArray();
    }
}
