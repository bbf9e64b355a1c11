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
        return switch (problem) {
            case RecurrentProblem recurrent -> {
                RecurrentRun run = new RecurrentRun(workers, recurrent);
                yield Computation.into(run.result(), run::run);
            }
            case AttentionProblem attention -> {
                AttentionRun run = new AttentionRun(workers, attention);
                yield Computation.into(run.result(), run::run);
            }
        };
    }
}
