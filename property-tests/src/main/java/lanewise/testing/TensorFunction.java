package lanewise.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import lanewise.kernels.Workers;
import lanewise.kernels.random.Philox;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;

/** A function of tensors and what makes one number of its output, as a function of its inputs and parameters. */
final class TensorFunction implements GradientCheck.Value, AutoCloseable {

    private static final long WEIGHTS_STREAM = 1L << 32;

    private final Workers workers = Workers.single();
    private final Tape tape = new Tape(workers);
    private final Function<List<Tensor>, Tensor> function;
    private final Runnable reset;
    private final List<Tensor> inputs;
    private final UnaryOperator<Tensor> loss;
    private final long seed;
    private final List<String> names = new ArrayList<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private final float[][] originals;
    private double magnitude;

    TensorFunction(Function<List<Tensor>, Tensor> function, Runnable reset, List<Tensor> inputs,
            Map<String, ? extends Tensor> parameters, UnaryOperator<Tensor> loss, long seed) {
        this.function = function;
        this.reset = reset;
        this.inputs = inputs;
        this.loss = loss;
        this.seed = seed;
        for (Tensor input : inputs) {
            names.add(inputs.size() == 1 ? "input" : "input " + tensors.size());
            tensors.add(input);
        }
        parameters.forEach((name, parameter) -> {
            if (!tensors.contains(parameter)) {
                names.add(name);
                tensors.add(parameter);
            }
        });
        originals = variables();
    }

    List<String> names() {
        return names;
    }

    /** Copies of the variables' values. */
    float[][] variables() {
        return tensors.stream().map(Tensor::toArray).toArray(float[][]::new);
    }

    /** The gradients by the tape, those of variables that nothing depends on being zero. */
    float[][] gradients() {
        tensors.forEach(Tensor::zeroGrad);
        try (Step step = tape.step()) {
            Tensor y = output(step);
            Tensor value = loss != null ? loss.apply(y) : y.mul(Tensor.of(weights(y), y.shape())).sum();
            magnitude = loss != null ? Math.abs(value.item()) : magnitudeOfSum(y);
            value.backward();
        }
        return tensors.stream().map(t -> t.hasGrad() ? t.grad().toArray() : new float[t.size()])
                .toArray(float[][]::new);
    }

    /** The value by a forward pass; the weighted sum is made in double precision. */
    @Override
    public double at(double[][] variables) {
        for (int v = 0; v < variables.length; v++) {
            Tensor tensor = tensors.get(v);
            for (int i = 0; i < variables[v].length; i++) {
                tensor.data()[tensor.offset() + i] = (float) variables[v][i];
            }
        }
        try (Step step = tape.inference()) {
            Tensor y = output(step);
            return loss != null ? loss.apply(y).item() : weightedSum(y);
        }
    }

    private Tensor output(Step step) {
        reset.run();
        return function.apply(inputs.stream().map(step::tensor).toList());
    }

    /** The magnitude of the numbers that make up the value; known after {@link #gradients}. */
    double magnitude() {
        return magnitude;
    }

    /** Gives the parameters their values back, and what a pass has changed. */
    @Override
    public void close() {
        reset.run();
        for (int v = 0; v < originals.length; v++) {
            Tensor tensor = tensors.get(v);
            System.arraycopy(originals[v], 0, tensor.data(), tensor.offset(), originals[v].length);
            tensor.zeroGrad();
        }
        tape.close();
        workers.close();
    }

    private double weightedSum(Tensor y) {
        float[] outputs = y.toArray();
        float[] weights = weights(y);
        double sum = 0;
        for (int i = 0; i < outputs.length; i++) {
            sum += (double) outputs[i] * weights[i];
        }
        return sum;
    }

    private double magnitudeOfSum(Tensor y) {
        float[] outputs = y.toArray();
        float[] weights = weights(y);
        double sum = 0;
        for (int i = 0; i < outputs.length; i++) {
            sum += Math.abs((double) outputs[i] * weights[i]);
        }
        return sum;
    }

    private float[] weights(Tensor y) {
        float[] weights = new float[y.size()];
        Philox.uniform(seed, WEIGHTS_STREAM, weights.length, -1, 1, weights, 0);
        return weights;
    }
}
