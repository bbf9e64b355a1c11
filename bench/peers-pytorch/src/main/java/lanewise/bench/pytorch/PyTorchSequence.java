package lanewise.bench.pytorch;

import lanewise.bench.contest.Computation;
import lanewise.bench.sequence.SequenceProblem;
import lanewise.bench.sequence.SequenceShape;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The recurrent layers of PyTorch. */
public final class PyTorchSequence extends PyTorchEngine<SequenceProblem> {

    private static final int STATE_WEIGHTS = 2;

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public PyTorchSequence(int threads) {
        super(threads, true, SequenceProblem::of);
    }

    @Override
    protected Computation bind(SequenceProblem problem) {
        SequenceShape shape = problem.shape();
        Tensor x = tensor(problem.x(), shape.steps(), shape.batch(), shape.inputs());
        var weights = new Tensor[]{tensor(problem.wInput(), shape.width(), shape.inputs()),
                tensor(problem.wHidden(), shape.width(), shape.hidden()), tensor(problem.biasInput(), shape.width()),
                tensor(problem.biasHidden(), shape.width())};
        x.set_requires_grad(shape.backward());
        for (Tensor weight : weights) {
            weight.set_requires_grad(shape.backward());
        }
        Tensor h0 = torch.zeros(1, shape.batch(), shape.hidden());
        Tensor c0 = torch.zeros(1, shape.batch(), shape.hidden());
        var states = new TensorVector(h0, c0);
        var parameters = new TensorVector(weights);
        if (!shape.backward()) {
            return returning(() -> forward(shape, x, h0, states, parameters, false));
        }
        var inputs = new TensorVector(x, weights[0], weights[1], weights[2], weights[3]);
        var dy = new TensorVector(tensor(problem.dy(), shape.steps(), shape.batch(), shape.hidden()));
        var keepNothing = new BoolOptional(false);
        return new Computation(() -> {
            try (var scope = new PointerScope()) {
                gradients(shape, x, h0, states, parameters, inputs, dy, keepNothing);
            }
        }, () -> {
            try (var scope = new PointerScope()) {
                return values(gradients(shape, x, h0, states, parameters, inputs, dy, keepNothing).get(STATE_WEIGHTS));
            }
        });
    }

    private static TensorVector gradients(SequenceShape shape, Tensor x, Tensor h0, TensorVector states,
            TensorVector parameters, TensorVector inputs, TensorVector dy, BoolOptional keep) {
        var outputs = new TensorVector(forward(shape, x, h0, states, parameters, true));
        return torch.grad(outputs, inputs, dy, keep, false, false);
    }

    private static Tensor forward(SequenceShape shape, Tensor x, Tensor h0, TensorVector states,
            TensorVector parameters, boolean training) {
        return shape.kind() == SequenceShape.Kind.LSTM
                ? torch.lstm(x, states, parameters, true, 1, 0.0, training, false, false).get0()
                : torch.gru(x, h0, parameters, true, 1, 0.0, training, false, false).get0();
    }
}
