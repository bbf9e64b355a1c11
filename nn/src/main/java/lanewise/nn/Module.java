package lanewise.nn;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * A part of a network: a forward function and the parameters it learns. A subclass registers its parameters, buffers and the
 * modules it is made of in its constructor, under names; {@link #namedParameters} joins the names with dots.
 */
public abstract class Module implements Stateful {

    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Tensor> buffers = new LinkedHashMap<>();
    private final Map<String, Counter> counters = new LinkedHashMap<>();
    private final Map<String, Module> children = new LinkedHashMap<>();
    private boolean training = true;

    /** For subclasses. */
    protected Module() {}

    /**
     * Computes the output.
     *
     * @param x the input
     * @return the output, in the step of the input
     */
    public abstract Tensor forward(Tensor x);

    /**
     * All parameters, those of inner modules included, in the order of registration; one that is shared appears once.
     *
     * @return a new list
     */
    public final List<Parameter> parameters() {
        return new ArrayList<>(new LinkedHashSet<>(namedParameters().values()));
    }

    /**
     * The parameters whose names fit, for example {@code net.parameters(name -> name.endsWith("weight"))}.
     *
     * @param byName decides by the name that {@link #namedParameters} gives
     * @return a new list
     */
    public final List<Parameter> parameters(Predicate<String> byName) {
        Map<String, Parameter> chosen = namedParameters();
        chosen.keySet().removeIf(byName.negate());
        return new ArrayList<>(new LinkedHashSet<>(chosen.values()));
    }

    /**
     * All parameters by name, such as {@code 0.weight}, in the order of registration.
     *
     * @return a new map
     */
    public final Map<String, Parameter> namedParameters() {
        Map<String, Parameter> all = new LinkedHashMap<>();
        collect("", all);
        return all;
    }

    /**
     * What a file must hold to restore this module: parameters and buffers by name. The tensors are not copies.
     *
     * @return a new map
     */
    public final Map<String, Tensor> stateDict() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        collectState("", state);
        return state;
    }

    /**
     * Copies a state into this module. All names and shapes are checked before anything is written.
     *
     * @param state tensors by name: exactly the names of {@link #stateDict}
     * @throws IllegalArgumentException if a name is missing or unknown, or a shape differs
     */
    public final void loadStateDict(Map<String, ? extends Tensor> state) {
        Map<String, Tensor> own = stateDict();
        try {
            new State(new LinkedHashMap<>(state), Map.of()).requireLike(new State(own, Map.of()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("loadStateDict: " + e.getMessage(), e);
        }
        own.forEach((name, tensor) -> state.get(name).copyTo(tensor.data(), tensor.offset()));
    }

    /**
     * What a checkpoint keeps of this module: {@link #stateDict}, and how many passes were counted.
     *
     * @return the state
     */
    @Override
    public final State state() {
        Map<String, String> values = new LinkedHashMap<>();
        counters().forEach((name, counter) -> values.put(name, Long.toString(counter.value())));
        return new State(stateDict(), values);
    }

    @Override
    public final Runnable restoring(State state) {
        state.requireLike(state());
        Map<Counter, Long> counted = new LinkedHashMap<>();
        counters().forEach((name, counter) -> counted.put(counter, state.wholeNumber(name, 0)));
        return () -> {
            loadStateDict(state.tensors());
            counted.forEach(Counter::value);
        };
    }

    /**
     * Decides whether the parameters are trained: those that require no gradient get none, and optimizers leave them alone.
     * For a part of a network, call this on that part.
     *
     * @param frozen true for no gradients
     */
    public final void freeze(boolean frozen) {
        parameters().forEach(parameter -> parameter.requiresGrad(!frozen));
    }

    /**
     * A table of the layers: output shapes, parameters, and multiply-adds of one forward pass over such an input. Modules of
     * this package ({@link Sequential}, {@link Residual}, {@link Concat}) are shown by what they are made of, all others as one
     * row. It runs the module on zeros, in evaluation.
     *
     * @param input the shape of the input, the batch included
     * @return lines of text
     */
    public final String summary(int... input) {
        IdentityHashMap<Module, Boolean> modes = new IdentityHashMap<>();
        collectModes(modes);
        eval();
        try {
            return Summary.of(this, input);
        } finally {
            modes.forEach((module, mode) -> module.training = mode);
        }
    }

    /**
     * The multiply-adds of a forward pass, for {@link #summary}: products with weights, as is the custom, and nothing else.
     *
     * @param x the shape of the input
     * @param y the shape of the output
     * @return their number; 0 unless a module says otherwise
     */
    protected long multiplyAdds(Shape x, Shape y) {
        return 0;
    }

    /** Runs this module and tells a summary of it. */
    Tensor trace(Tensor x, Summary summary) {
        Tensor y = forward(x);
        summary.add(this, x.shape(), y.shape());
        return y;
    }

    private void collectModes(IdentityHashMap<Module, Boolean> modes) {
        modes.put(this, training);
        children.values().forEach(child -> child.collectModes(modes));
    }

    /** Forgets the gradients of all parameters. */
    public final void zeroGrad() {
        parameters().forEach(Tensor::zeroGrad);
    }

    /** Switches this module and the inner ones to training: what behaves differently then (dropout) does. */
    public final void train() {
        setTraining(true);
    }

    /** Switches this module and the inner ones to evaluation. */
    public final void eval() {
        setTraining(false);
    }

    /**
     * Whether this module is in training, as it is at first.
     *
     * @return false after {@link #eval}
     */
    public final boolean training() {
        return training;
    }

    /**
     * Adds a parameter.
     *
     * @param name its name here: not empty, without a dot, not used before
     * @param parameter the parameter
     * @return the parameter
     */
    protected final Parameter register(String name, Parameter parameter) {
        claim(name);
        parameters.put(name, Objects.requireNonNull(parameter, "register: parameter is null"));
        return parameter;
    }

    /**
     * Adds a buffer: numbers that belong to the state but are not learned by gradients, such as running statistics.
     *
     * @param name its name here: not empty, without a dot, not used before
     * @param shape its shape
     * @return a tensor of zeros that belongs to no step
     */
    protected final Tensor registerBuffer(String name, Shape shape) {
        claim(name);
        Tensor buffer = new Tensor(null, shape, new float[shape.size()], 0, false);
        buffers.put(name, buffer);
        return buffer;
    }

    /**
     * Adds a counter of passes, for a module that does something else in each: checkpoints keep it, so that training goes on
     * to the same bits.
     *
     * @param name its name here: not empty, without a dot, not used before
     * @return a counter at 0
     */
    protected final Counter registerCounter(String name) {
        claim(name);
        Counter counter = new Counter();
        counters.put(name, counter);
        return counter;
    }

    /**
     * Adds an inner module.
     *
     * @param name its name here: not empty, without a dot, not used before
     * @param module the module
     * @param <M> its class
     * @return the module
     */
    protected final <M extends Module> M register(String name, M module) {
        claim(name);
        children.put(name, Objects.requireNonNull(module, "register: module is null"));
        return module;
    }

    private void claim(String name) {
        if (name.isEmpty() || name.indexOf('.') >= 0) {
            throw new IllegalArgumentException("register: name = '" + name + "', need a name without dots");
        }
        if (parameters.containsKey(name) || buffers.containsKey(name) || counters.containsKey(name)
                || children.containsKey(name)) {
            throw new IllegalArgumentException("register: name = '" + name + "' is in use");
        }
    }

    private Map<String, Counter> counters() {
        Map<String, Counter> all = new LinkedHashMap<>();
        collectCounters("", all);
        return all;
    }

    private void collectCounters(String prefix, Map<String, Counter> all) {
        counters.forEach((name, counter) -> all.put(prefix + name, counter));
        children.forEach((name, child) -> child.collectCounters(prefix + name + ".", all));
    }

    private void collect(String prefix, Map<String, Parameter> all) {
        parameters.forEach((name, parameter) -> all.put(prefix + name, parameter));
        children.forEach((name, child) -> child.collect(prefix + name + ".", all));
    }

    private void collectState(String prefix, Map<String, Tensor> all) {
        parameters.forEach((name, parameter) -> all.put(prefix + name, parameter));
        buffers.forEach((name, buffer) -> all.put(prefix + name, buffer));
        children.forEach((name, child) -> child.collectState(prefix + name + ".", all));
    }

    private void setTraining(boolean training) {
        this.training = training;
        children.values().forEach(child -> child.setTraining(training));
    }
}
