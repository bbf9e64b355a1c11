package lanewise.nn.autograd;

import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** What operations of recurrent networks share: their operands, and where gradients go. */
abstract class RecurrentOperation extends Operation {

    /** What the sizes of a sequence depend on. */
    private record Key(Shape x, int hidden, int stored) {}

    /** The shapes of what is stored for each unit, and of the states. */
    record Plan(Shape stored, Shape states) {}

    final Tensor x;
    final Tensor wInput;
    final Tensor wHidden;
    final Tensor bias;
    final Tensor h0;
    final int[] lengths;
    final Tensor dh0;
    // Where gradients of weights go that nobody asks for, as kernels compute all three.
    private final Tensor unasked;

    RecurrentOperation(Step step, Tensor x, Tensor wInput, Tensor wHidden, Tensor bias, Tensor h0, int[] lengths) {
        this.x = x;
        this.wInput = wInput;
        this.wHidden = wHidden;
        this.bias = bias;
        this.h0 = h0;
        this.lengths = lengths;
        dh0 = step.result(h0.shape());
        boolean all = wInput.requiresGrad() && wHidden.requiresGrad() && bias.requiresGrad();
        Tensor larger = wInput.size() > wHidden.size() ? wInput : wHidden;
        unasked = all ? null : step.result(bias.size() > larger.size() ? bias.shape() : larger.shape());
    }

    final int steps() {
        return x.shape().size(0);
    }

    final int batch() {
        return x.shape().size(1);
    }

    final int inputs() {
        return x.shape().size(2);
    }

    final int hidden() {
        return h0.shape().size(1);
    }

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

    /** Computes the gradients of weights and biases. */
    @FunctionalInterface
    interface WeightGradients {
        void compute(Tensor dwInput, boolean accumulateInput, Tensor dwHidden, boolean accumulateHidden, Tensor dBias,
                boolean accumulateBias);
    }

    /** Has the gradients of weights and biases computed, if one of them is asked for. */
    final void weights(WeightGradients gradients) {
        if (wInput.requiresGrad() || wHidden.requiresGrad() || bias.requiresGrad()) {
            boolean input = open(wInput);
            boolean state = open(wHidden);
            boolean biases = open(bias);
            gradients.compute(wInput.requiresGrad() ? wInput.grad() : unasked, input,
                    wHidden.requiresGrad() ? wHidden.grad() : unasked, state,
                    bias.requiresGrad() ? bias.grad() : unasked, biases);
        }
    }

    private static boolean open(Tensor x) {
        return x.requiresGrad() && accumulates(x);
    }
}
