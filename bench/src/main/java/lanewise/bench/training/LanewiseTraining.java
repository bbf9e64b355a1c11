package lanewise.bench.training;

import lanewise.bench.contest.Computation;
import lanewise.bench.contest.LanewiseEngine;

/** Training by Lanewise. */
public final class LanewiseTraining extends LanewiseEngine<TrainingProblem> {

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public LanewiseTraining(int threads) {
        super(threads, TrainingProblem::of);
    }

    @Override
    protected Computation bind(TrainingProblem problem) {
        TrainingLoop loop = new TrainingLoop(workers, problem);
        float[] losses = loop.firstLosses();
        return new Computation(loop::step, () -> losses);
    }
}
