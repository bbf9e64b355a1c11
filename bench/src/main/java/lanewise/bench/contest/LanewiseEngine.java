package lanewise.bench.contest;

import java.util.function.Function;
import lanewise.kernels.Workers;
import lanewise.kernels.diagnostics.Machine;

/**
 * Lanewise, on plain arrays.
 *
 * @param <P> the problems of the family
 */
public abstract class LanewiseEngine<P extends Problem> extends CheckedEngine<P> {

    /** The team that computes. */
    protected final Workers workers;

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     * @param problems makes a problem from the name of a workload
     */
    protected LanewiseEngine(int threads, Function<String, P> problems) {
        super(problems);
        workers = Workers.of(threads);
    }

    @Override
    public final String description() {
        return "JDK " + System.getProperty("java.vm.version") + ", " + Machine.vectorBits() + " bits";
    }

    @Override
    public final void close() {
        workers.close();
    }
}
