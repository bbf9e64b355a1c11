package lanewise.bench.pytorch;

import lanewise.bench.contest.Computation;
import lanewise.bench.sequence.AttentionProblem;
import lanewise.bench.sequence.AttentionShape;
import lanewise.bench.sequence.RecurrentProblem;
import lanewise.bench.sequence.RecurrentShape;
import lanewise.bench.sequence.SequenceProblem;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The recurrent layers and the attention of PyTorch. */
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
        return switch (problem) {
            case RecurrentProblem recurrent -> bind(recurrent);
            case AttentionProblem attention -> bind(attention);
        };
    }

    private static Computation bind(AttentionProblem problem) {
        AttentionShape shape = problem.shape();
        Tensor q = tensor(shape, problem.q());
        Tensor k = tensor(shape, problem.k());
        Tensor v = tensor(shape, problem.v());
        var noMask = new TensorOptional();
        var scale = new DoubleOptional();
        if (!shape.backward()) {
            return returning(() -> torch.scaled_dot_product_attention(q, k, v, noMask, 0.0, shape.causal(), scale,
                    false));
        }
        var inputs = new TensorVector(q, k, v);
        for (Tensor input : new Tensor[]{q, k, v}) {
            input.set_requires_grad(true);
        }
        var dy = new TensorVector(tensor(shape, problem.dy()));
        var keepNothing = new BoolOptional(false);
        return new Computation(() -> {
            try (var scope = new PointerScope()) {
                torch.grad(new TensorVector(torch.scaled_dot_product_attention(q, k, v, noMask, 0.0, shape.causal(),
                        scale, false)), inputs, dy, keepNothing, false, false);
            }
        }, () -> {
            try (var scope = new PointerScope()) {
                return values(torch.grad(new TensorVector(torch.scaled_dot_product_attention(q, k, v, noMask, 0.0,
                        shape.causal(), scale, false)), inputs, dy, keepNothing, false, false).get(1).contiguous());
            }
        });
    }

    private static Tensor tensor(AttentionShape shape, float[] values) {
        return tensor(values, shape.n(), shape.heads(), shape.tokens(), shape.dim());
    }

    private static Computation bind(RecurrentProblem problem) {
        RecurrentShape shape = problem.shape();
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

    private static TensorVector gradients(RecurrentShape shape, Tensor x, Tensor h0, TensorVector states,
            TensorVector parameters, TensorVector inputs, TensorVector dy, BoolOptional keep) {
        var outputs = new TensorVector(forward(shape, x, h0, states, parameters, true));
        return torch.grad(outputs, inputs, dy, keep, false, false);
    }

    private static Tensor forward(RecurrentShape shape, Tensor x, Tensor h0, TensorVector states,
            TensorVector parameters, boolean training) {
        return shape.kind() == RecurrentShape.Kind.LSTM
                ? torch.lstm(x, states, parameters, true, 1, 0.0, training, false, false).get0()
                : torch.gru(x, h0, parameters, true, 1, 0.0, training, false, false).get0();
    }
}
