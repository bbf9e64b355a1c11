package lanewise.bench.sequence;

import java.util.Arrays;
import java.util.SplittableRandom;
import lanewise.bench.contest.Operands;
import lanewise.kernels.Workers;

/**
 * The operands of a recurrent layer. Verified are the states, or the gradient of the state's weights.
 */
public final class RecurrentProblem implements SequenceProblem {

    private final RecurrentShape shape;
    private final String name;
    private final float[] x;
    private final float[] wInput;
    private final float[] wHidden;
    private final float[] biasInput;
    private final float[] biasHidden;
    private final float[] dy;

    RecurrentProblem(String name) {
        this.name = name;
        shape = RecurrentShape.parse(name);
        SplittableRandom random = Operands.random();
        x = Operands.uniform(random, shape.steps() * shape.batch() * shape.inputs());
        wInput = scaled(Operands.uniform(random, shape.width() * shape.inputs()));
        wHidden = scaled(Operands.uniform(random, shape.width() * shape.hidden()));
        biasInput = scaled(Operands.uniform(random, shape.width()));
        biasHidden = scaled(Operands.uniform(random, shape.width()));
        dy = Operands.uniform(random, shape.steps() * shape.batch() * shape.hidden());
    }

    private float[] scaled(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) (2 / Math.sqrt(shape.hidden()));
        }
        return values;
    }

    /**
     * The shape.
     *
     * @return the shape
     */
    public RecurrentShape shape() {
        return shape;
    }

    /**
     * The inputs.
     *
     * @return [steps, batch, inputs]; not a copy
     */
    public float[] x() {
        return x;
    }

    /**
     * The weights of the inputs.
     *
     * @return [gates, inputs]; not a copy
     */
    public float[] wInput() {
        return wInput;
    }

    /**
     * The weights of the state.
     *
     * @return [gates, hidden]; not a copy
     */
    public float[] wHidden() {
        return wHidden;
    }

    /**
     * The biases that PyTorch has for inputs.
     *
     * @return [gates]; not a copy
     */
    public float[] biasInput() {
        return biasInput;
    }

    /**
     * The biases that PyTorch has for the state.
     *
     * @return [gates]; not a copy
     */
    public float[] biasHidden() {
        return biasHidden;
    }

    /**
     * The gradient of the states.
     *
     * @return [steps, batch, hidden]; not a copy
     */
    public float[] dy() {
        return dy;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public float[] computed(Workers workers) {
        RecurrentRun run = new RecurrentRun(workers, this);
        run.run();
        return run.result();
    }

    /** Lengths of sequences that are all whole. */
    int[] lengths() {
        int[] lengths = new int[shape.batch()];
        Arrays.fill(lengths, shape.steps());
        return lengths;
    }
}
