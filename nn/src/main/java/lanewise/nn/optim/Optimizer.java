package lanewise.nn.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Clip;
import lanewise.kernels.elementwise.Elementwise;
import lanewise.kernels.optimizer.ElasticNet;
import lanewise.kernels.reduction.Reduction;
import lanewise.nn.Parameter;
import lanewise.nn.State;
import lanewise.nn.Stateful;
import lanewise.nn.Tensor;

/**
 * Changes parameters by their gradients. What an optimizer remembers of earlier gradients is allocated at a parameter's
 * first step; later steps allocate nothing.
 */
public abstract class Optimizer implements Stateful {

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
                        memories[i][j] = new float[memories().size()][w.size()];
                    }
                    Tensor dw = w.grad();
                    if (groups[i].l1() > 0) {
                        ElasticNet.backward(workers, w.size(), groups[i].l1(), 0, w.data(), w.offset(), dw.data(),
                                dw.offset(), true);
                    }
                    steps[i][j]++;
                    update(workers, groups[i], steps[i][j], w.size(), dw.data(), dw.offset(), w.data(), w.offset(),
                            memories[i][j]);
                    w.zeroGrad();
                }
            }
        }
    }

    /**
     * Scales all gradients by one factor so that their norm, over all parameters together, is at most a given one (Pascanu et al. 2013;
     * PyTorch's {@code clip_grad_norm_}). Call it between {@code backward} and {@link #step}. Gradients with infinities or NaN stay as they
     * are.
     *
     * @param max the greatest norm, positive
     * @return the norm before, for the caller to watch: NaN or infinite if a gradient is
     */
    public final double clipGradNorm(float max) {
        positive("clipGradNorm", max);
        double squares = 0;
        for (ParameterGroup group : groups) {
            for (Parameter w : group.parameters()) {
                if (w.hasGrad()) {
                    squares += Reduction.sumOfSquares(workers, w.size(), w.grad().data(), w.grad().offset());
                }
            }
        }
        double norm = Math.sqrt(squares);
        if (norm > max && norm <= Double.MAX_VALUE) {
            for (ParameterGroup group : groups) {
                for (Parameter w : group.parameters()) {
                    if (w.hasGrad()) {
                        Tensor dw = w.grad();
                        Elementwise.scale(workers, w.size(), (float) (max / norm), dw.data(), dw.offset(), dw.data(),
                                dw.offset());
                    }
                }
            }
        }
        return norm;
    }

    /**
     * Holds each element of each gradient between two bounds (PyTorch's {@code clip_grad_value_}). Call it between {@code backward} and
     * {@link #step}.
     *
     * @param max the greatest magnitude, positive
     */
    public final void clipGradValue(float max) {
        positive("clipGradValue", max);
        for (ParameterGroup group : groups) {
            for (Parameter w : group.parameters()) {
                if (w.hasGrad()) {
                    Tensor dw = w.grad();
                    Clip.forward(workers, w.size(), -max, max, dw.data(), dw.offset(), dw.data(), dw.offset());
                }
            }
        }
    }

    private static void positive(String operation, float max) {
        if (!(max > 0)) {
            throw new IllegalArgumentException(operation + ": max = " + max + ", need max > 0");
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

    /**
     * What a checkpoint keeps: the learning rates as {@code group.learning_rate}; for each parameter the number of its steps as {@code group.index.step}
     * and, from the first on, what is remembered, by PyTorch's names, such as {@code 0.2.exp_avg}.
     *
     * @return the state
     */
    @Override
    public final State state() {
        return state((i, j) -> steps[i][j], (i, j, k) -> memories[i][j][k]);
    }

    @Override
    public final Runnable restoring(State state) {
        float[][][][] remembered = new float[groups.length][][][];
        int[][] counted = new int[groups.length][];
        float[] rates = new float[groups.length];
        for (int i = 0; i < groups.length; i++) {
            rates[i] = ParameterGroup.required("learning_rate", (float) state.number(i + ".learning_rate"));
            Parameter[] parameters = groups[i].parameters();
            remembered[i] = new float[parameters.length][][];
            counted[i] = new int[parameters.length];
            for (int j = 0; j < parameters.length; j++) {
                counted[i][j] = Math
                        .toIntExact(Math.min(Integer.MAX_VALUE, state.wholeNumber(i + "." + j + ".step", 0)));
                if (counted[i][j] > 0) {
                    remembered[i][j] = new float[memories().size()][parameters[j].size()];
                }
            }
        }
        state.requireLike(state((i, j) -> counted[i][j], (i, j, k) -> remembered[i][j][k]));
        return () -> {
            for (int i = 0; i < groups.length; i++) {
                groups[i].learningRate(rates[i]);
                steps[i] = counted[i];
                memories[i] = remembered[i];
            }
            state().tensors().forEach((name, tensor) -> state.tensors().get(name).copyTo(tensor.data(), 0));
        };
    }

    private interface Steps {
        int of(int group, int parameter);
    }

    private interface Memories {
        float[] of(int group, int parameter, int memory);
    }

    private State state(Steps steps, Memories memories) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, String> values = new LinkedHashMap<>();
        List<String> names = memories();
        for (int i = 0; i < groups.length; i++) {
            values.put(i + ".learning_rate", Float.toString(groups[i].learningRate()));
            Parameter[] parameters = groups[i].parameters();
            for (int j = 0; j < parameters.length; j++) {
                values.put(i + "." + j + ".step", Integer.toString(steps.of(i, j)));
                for (int k = 0; k < names.size() && steps.of(i, j) > 0; k++) {
                    tensors.put(i + "." + j + "." + names.get(k),
                            Tensor.of(memories.of(i, j, k), parameters[j].shape()));
                }
            }
        }
        return new State(tensors, values);
    }

    /** The names of what is remembered, a number for each weight. */
    abstract List<String> memories();

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
