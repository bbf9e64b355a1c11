package lanewise.bench.contest;

import java.util.function.Function;

/**
 * An engine that makes a problem from the workload's name, computes it once and lets the problem verify the result.
 *
 * @param <P> the problems of its family
 */
public abstract class CheckedEngine<P extends Problem> implements Engine {

    private final Function<String, P> problems;

    /**
     * Makes the engine.
     *
     * @param problems makes a problem from the name of a workload
     */
    protected CheckedEngine(Function<String, P> problems) {
        this.problems = problems;
    }

    /**
     * Brings the operands to where the implementation likes them best.
     *
     * @param problem the operands
     * @return the computation, not run yet
     */
    protected abstract Computation bind(P problem);

    @Override
    public final Operation prepare(String workload) {
        P problem = problems.apply(workload);
        Computation computation = bind(problem);
        computation.operation().run();
        problem.verify(computation.result().get());
        return computation.operation();
    }

    @Override
    public void close() {
        // most implementations keep nothing but memory, which ends with the process
    }
}
