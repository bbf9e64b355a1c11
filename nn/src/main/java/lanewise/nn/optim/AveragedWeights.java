package lanewise.nn.optim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import lanewise.kernels.Workers;
import lanewise.kernels.elementwise.Elementwise;
import lanewise.nn.Module;
import lanewise.nn.Parameter;
import lanewise.nn.State;
import lanewise.nn.Stateful;
import lanewise.nn.Tensor;

/**
 * Averages of a module's parameters over the steps of its training, which often classify better than the last ones. Buffers,
 * such as running statistics, are no parameters: a module that gets the averages keeps its own. PyTorch's
 * {@code AveragedModel}.
 */
public final class AveragedWeights implements Stateful {

    private final Workers workers;
    private final Map<String, Parameter> parameters;
    private final Map<String, Tensor> averages = new LinkedHashMap<>();
    private final float decay;
    private long updates;

    private AveragedWeights(Workers workers, Module module, float decay) {
        this.workers = Objects.requireNonNull(workers, "AveragedWeights: workers is null");
        this.decay = decay;
        parameters = module.namedParameters();
        parameters.forEach((name, parameter) -> averages.put(name,
                Tensor.of(new float[parameter.size()], parameter.shape())));
    }

    /**
     * An exponential moving average: decay * average + (1 - decay) * weights at each update; the first takes the weights as they
     * are.
     *
     * @param workers the team that computes; stays the caller's to close
     * @param module whose parameters to average
     * @param decay how much of the average remains, in [0, 1)
     * @return averages that know no weights yet
     */
    public static AveragedWeights exponential(Workers workers, Module module, float decay) {
        return new AveragedWeights(workers, module, Optimizer.fraction("AveragedWeights", "decay", decay));
    }

    /**
     * The mean over all updates (stochastic weight averaging, Izmailov et al. 2018).
     *
     * @param workers the team that computes; stays the caller's to close
     * @param module whose parameters to average
     * @return averages that know no weights yet
     */
    public static AveragedWeights mean(Workers workers, Module module) {
        return new AveragedWeights(workers, module, Float.NaN);
    }

    /** Takes the weights as they are now into the averages: after an optimizer's step, or once an epoch. */
    public void update() {
        float remains = updates == 0 ? 0 : Float.isNaN(decay) ? (float) updates / (updates + 1) : decay;
        updates++;
        parameters.forEach((name, w) -> {
            Tensor average = averages.get(name);
            Elementwise.scale(workers, w.size(), remains, average.data(), 0, average.data(), 0);
            Elementwise.axpy(workers, w.size(), 1 - remains, w.data(), w.offset(), average.data(), 0);
        });
    }

    /**
     * Copies the averages into the parameters of a module.
     *
     * @param module built as the one that is averaged, or that one itself
     * @throws IllegalStateException before the first update
     * @throws IllegalArgumentException if its parameters are others; nothing is written then
     */
    public void copyTo(Module module) {
        if (updates == 0) {
            throw new IllegalStateException("AveragedWeights: nothing was averaged yet; call update() first");
        }
        Map<String, Parameter> targets = module.namedParameters();
        new State(Map.copyOf(targets), Map.of()).requireLike(new State(averages, Map.of()));
        averages.forEach((name, average) -> average.copyTo(targets.get(name).data(), targets.get(name).offset()));
    }

    @Override
    public State state() {
        return new State(averages, Map.of("updates", Long.toString(updates)));
    }

    @Override
    public Runnable restoring(State state) {
        state.requireLike(state());
        long newUpdates = state.wholeNumber("updates", 0);
        return () -> {
            updates = newUpdates;
            averages.forEach((name, average) -> state.tensors().get(name).copyTo(average.data(), 0));
        };
    }
}
