package lanewise.bench.sequence;

import lanewise.bench.contest.Computation;
import lanewise.bench.contest.LanewiseEngine;

/** The layers by Lanewise. */
public final class LanewiseSequence extends LanewiseEngine<SequenceProblem> {

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public LanewiseSequence(int threads) {
        super(threads, SequenceProblem::of);
    }

    @Override
    protected Computation bind(SequenceProblem problem) {
        SequenceRun run = new SequenceRun(workers, problem);
        return Computation.into(run.result(), run::run);
    }
}
