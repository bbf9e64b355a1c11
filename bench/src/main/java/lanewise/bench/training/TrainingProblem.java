package lanewise.bench.training;

import java.util.Locale;
import java.util.SplittableRandom;
import lanewise.bench.contest.DisagreementException;
import lanewise.bench.contest.Operands;
import lanewise.bench.contest.Problem;
import lanewise.kernels.Workers;

/**
 * A task and the batch that every step trains on. What is verified are the losses of the first steps: beside those of
 * Lanewise on one thread, whose gradients are proven elsewhere, so a peer that computes something else is noticed.
 */
public final class TrainingProblem implements Problem {

    /** How many losses are compared. */
    public static final int STEPS = 4;

    // Rounding errors of a deep network grow from step to step: those of ResNet-18 reach 3e-4 in the third.
    private static final double TOLERANCE = 1e-3;

    private final TrainingTask task;
    private final float[] input;
    private final int[] labels;

    private TrainingProblem(TrainingTask task) {
        this.task = task;
        SplittableRandom random = Operands.random();
        int size = 1;
        for (int extent : task.inputSizes()) {
            size *= extent;
        }
        input = Operands.uniform(random, size);
        if (task.readsCharacters()) {
            for (int i = 0; i < size; i++) {
                input[i] = random.nextInt(task.classes());
            }
        }
        labels = new int[task.labels()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextInt(task.classes());
        }
    }

    /**
     * Makes the problem.
     *
     * @param workload the name of the row
     * @return the same in every process
     */
    public static TrainingProblem of(String workload) {
        return new TrainingProblem(TrainingTask.of(workload));
    }

    /**
     * The task.
     *
     * @return the task
     */
    public TrainingTask task() {
        return task;
    }

    /**
     * The inputs.
     *
     * @return with the task's input sizes; not a copy
     */
    public float[] input() {
        return input;
    }

    /**
     * The right classes.
     *
     * @return [labels]; not a copy
     */
    public int[] labels() {
        return labels;
    }

    @Override
    public void verify(float[] losses) {
        float[] expected;
        try (Workers workers = Workers.single(); TrainingLoop loop = new TrainingLoop(workers, this)) {
            expected = loop.firstLosses();
        }
        for (int i = 0; i < STEPS; i++) {
            // A loss that is no number is no number's neighbour.
            if (!(Math.abs(losses[i] - expected[i]) <= TOLERANCE * Math.abs(expected[i]))) {
                throw new DisagreementException(String.format(Locale.ROOT,
                        "%s: loss of step %d = %s, need %s within %.0e", task.workload().name(), i, losses[i],
                        expected[i], TOLERANCE));
            }
        }
    }
}
