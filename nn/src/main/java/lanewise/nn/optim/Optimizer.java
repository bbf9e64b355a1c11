package lanewise.nn.optim;

import java.util.List;
import java.util.Objects;
import lanewise.kernels.Workers;
import lanewise.nn.Parameter;
import lanewise.nn.Tensor;

/**
 * Changes parameters by their gradients. What an optimizer remembers of earlier gradients is allocated at a parameter's
 * first step; later steps allocate nothing.
 */
public abstract class Optimizer {

    private final Workers workers;
    private final ParameterGroup[] groups;
    private final float[][][][] memories;
    private final int[][] steps;

    /** For the optimizers of this package. */
    Optimizer(Workers workers, ParameterGroup... groups) {
        this.workers = Objects.requireNonNull(workers, () -> getClass().getSimpleName() + ": workers is null");
        this.groups = groups.clone();
        memories = new float[groups.length][][][];
        steps = new int[groups.length][];
        for (int i = 0; i < groups.length; i++) {
            memories[i] = new float[groups[i].parameters().length][][];
            steps[i] = new int[groups[i].parameters().length];
        }
    }

    /**
     * The groups, whose learning rates may be changed between steps.
     *
     * @return the groups, as they were given
     */
    public final List<ParameterGroup> groups() {
        return List.of(groups);
    }

    /**
     * Changes every parameter that has a gradient. The gradients are then used up: the next {@link Tensor#backward}
     * overwrites them, so a training loop needs no call of {@code zeroGrad}. To add up the gradients of several batches, call
     * {@code backward} for each before one {@code step}.
     */
    public final void step() {
        for (int i = 0; i < groups.length; i++) {
            Parameter[] parameters = groups[i].parameters();
            for (int j = 0; j < parameters.length; j++) {
                Parameter w = parameters[j];
                if (w.hasGrad()) {
                    if (memories[i][j] == null) {
                        memories[i][j] = new float[memories()][w.size()];
                    }
                    Tensor dw = w.grad();
                    steps[i][j]++;
                    update(workers, groups[i], steps[i][j], w.size(), dw.data(), dw.offset(), w.data(), w.offset(),
                            memories[i][j]);
                    w.zeroGrad();
                }
            }
        }
    }

    /** Forgets all gradients without using them. */
    public final void zeroGrad() {
        for (ParameterGroup group : groups) {
            for (Parameter parameter : group.parameters()) {
                parameter.zeroGrad();
            }
        }
    }

    /** How many numbers are remembered for each weight. */
    abstract int memories();

    /** Changes one parameter; the step is the number of its updates, this one counted. */
    abstract void update(Workers workers, ParameterGroup group, int step, int n, float[] dw, int dwOffset, float[] w,
            int wOffset, float[][] memories);

    /** Requires a setting to be in [0, 1). */
    static float fraction(String optimizer, String name, float value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(
                    optimizer + ": " + name + " = " + value + ", need 0 <= " + name + " < 1");
        }
        return value;
    }

    /** Requires a setting to be finite and not negative. */
    static float notNegative(String optimizer, String name, float value) {
        if (!(value >= 0 && value <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    optimizer + ": " + name + " = " + value + ", need a finite number >= 0");
        }
        return value;
    }
}
