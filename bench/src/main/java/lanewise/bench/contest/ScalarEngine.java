package lanewise.bench.contest;

import java.util.function.Function;

/**
 * Plain loops on one thread: what one gets without a library.
 *
 * @param <P> the problems of the family
 */
public abstract class ScalarEngine<P extends Problem> extends CheckedEngine<P> {

    /**
     * Makes the engine.
     *
     * @param threads 1: the loops have no others
     * @param problems makes a problem from the name of a workload
     */
    protected ScalarEngine(int threads, Function<String, P> problems) {
        super(problems);
        if (threads != 1) {
            throw new IllegalArgumentException("threads = " + threads + ", need 1");
        }
    }

    @Override
    public final String description() {
        return "plain Java loops";
    }
}
