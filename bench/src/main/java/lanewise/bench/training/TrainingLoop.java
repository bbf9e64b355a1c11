package lanewise.bench.training;

import lanewise.kernels.Workers;
import lanewise.nn.Module;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import lanewise.nn.loss.Losses;
import lanewise.nn.optim.Optimizer;

/** Steps of a training by Lanewise, as a user writes them. */
final class TrainingLoop implements AutoCloseable {

    private final TrainingProblem problem;
    private final int[] sizes;
    private final Module network;
    private final Optimizer optimizer;
    private final Tape tape;

    TrainingLoop(Workers workers, TrainingProblem problem) {
        this.problem = problem;
        sizes = problem.task().inputSizes();
        network = problem.task().network();
        optimizer = problem.task().optimizer(workers, network);
        tape = new Tape(workers);
    }

    /** Makes one step and returns its loss, before the update. */
    float step() {
        try (Step step = tape.step()) {
            Tensor loss = Losses.crossEntropy(network.forward(step.tensor(problem.input(), sizes)), problem.labels());
            loss.backward();
            optimizer.step();
            return loss.item();
        }
    }

    float[] firstLosses() {
        float[] losses = new float[TrainingProblem.STEPS];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = step();
        }
        return losses;
    }

    @Override
    public void close() {
        tape.close();
    }
}
