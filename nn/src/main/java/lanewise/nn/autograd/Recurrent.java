package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.elementwise.Elementwise;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** What operations of recurrent networks share. */
final class Recurrent {

    /** What the sizes of a sequence depend on. */
    private record Key(Shape x, int hidden, int stored) {}

    /** The shapes of what is stored for each unit, and of the states. */
    record Plan(Shape stored, Shape states) {}

    private Recurrent() {}

    /** The shapes for so many numbers stored for each unit, worked out once. */
    static Plan plan(Step step, Tensor x, int hidden, int stored) {
        return step.remembered(new Key(x.shape(), hidden, stored),
                key -> new Plan(Shape.of(key.x.size(0), key.x.size(1), key.stored * key.hidden),
                        Shape.of(key.x.size(0), key.x.size(1), key.hidden)));
    }

    /** Compares the shapes of a layer's operands and says how many units it has. */
    static int hidden(String operation, int gates, int biases, Tensor x, Tensor wInput, Tensor wHidden, Tensor bias,
            Tensor h0,
            Tensor c0, int[] lengths) {
        if (x.shape().rank() != 3) {
            throw new IllegalArgumentException(operation + ": x is " + x.shape() + ", need [steps, batch, inputs]");
        }
        int steps = x.shape().size(0);
        int batch = x.shape().size(1);
        int inputs = x.shape().size(2);
        int hidden = wHidden.shape().rank() == 2 ? wHidden.shape().size(1) : 0;
        require(operation, "wHidden", wHidden, gates * hidden, hidden);
        require(operation, "wInput", wInput, gates * hidden, inputs);
        require(operation, "h0", h0, batch, hidden);
        require(operation, "c0", c0, batch, hidden);
        if (bias.shape().rank() != 1 || bias.size() != biases * hidden) {
            throw new IllegalArgumentException(
                    operation + ": bias is " + bias.shape() + ", need [" + biases * hidden + "]");
        }
        if (lengths.length < batch) {
            throw new IllegalArgumentException(
                    operation + ": lengths.length = " + lengths.length + ", need " + batch + " as the batch has");
        }
        for (int row = 0; row < batch; row++) {
            if (lengths[row] < 1 || lengths[row] > steps) {
                throw new IllegalArgumentException(operation + ": lengths[" + row + "] = " + lengths[row]
                        + ", need 1 <= length <= " + steps + ", the steps of x");
            }
        }
        return hidden;
    }

    private static void require(String operation, String name, Tensor tensor, int rows, int columns) {
        Shape shape = tensor.shape();
        if (shape.rank() != 2 || shape.size(0) != rows || shape.size(1) != columns) {
            throw new IllegalArgumentException(
                    operation + ": " + name + " is " + shape + ", need [" + rows + ", " + columns + "]");
        }
    }

    /** Where gradients of weights go that nobody asks for, as kernels compute all three; null if all are asked for. */
    static Tensor unasked(Step step, Tensor wInput, Tensor wHidden, Tensor bias) {
        if (wInput.requiresGrad() && wHidden.requiresGrad() && bias.requiresGrad()) {
            return null;
        }
        Tensor larger = wInput.size() > wHidden.size() ? wInput : wHidden;
        return step.result(bias.size() > larger.size() ? bias.shape() : larger.shape());
    }

    /** Adds a gradient that stands ready to that of a tensor, or copies it there, if it is asked for. */
    static void give(Workers workers, Tensor gradient, Tensor x, boolean accumulate) {
        if (x.requiresGrad()) {
            Tensor dx = x.grad();
            if (accumulate) {
                Elementwise.add(workers, dx.size(), dx.data(), dx.offset(), gradient.data(), gradient.offset(),
                        dx.data(), dx.offset());
            } else {
                gradient.copyTo(dx.data(), dx.offset());
            }
        }
    }
}
