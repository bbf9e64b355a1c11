package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.embedding.Embedding;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** Rows of a table, by number. */
public final class EmbeddingOperation extends Operation {

    private final Tensor weight;
    private final int[] index;
    private final int n;

    private EmbeddingOperation(Tensor weight, int[] index, int n) {
        this.weight = weight;
        this.index = index;
        this.n = n;
    }

    /**
     * The rows of a table whose numbers are the elements of x.
     *
     * @param x any shape; whole numbers from 0 to rows − 1
     * @param weight [rows, cols]
     * @return [..., cols]
     */
    public static Tensor apply(Tensor x, Tensor weight) {
        if (weight.shape().rank() != 2) {
            throw new IllegalArgumentException("embedding: weight is " + weight.shape() + ", need [rows, cols]");
        }
        Step step = Step.of("embedding", x, weight);
        int rows = weight.shape().size(0);
        int cols = weight.shape().size(1);
        int n = x.size();
        int[] index = Indices.of("embedding", "x", step, x, rows, ", as weight is " + weight.shape());
        Tensor y = step.result(step.remembered(new Indices.Appended(x.shape(), cols), Indices.Appended::shape));
        Embedding.forward(step.workers(), n, rows, cols, weight.data(), weight.offset(), index, 0, y.data(),
                y.offset());
        return step.records(weight) ? step.record(y, new EmbeddingOperation(weight, index, n)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean accumulate = accumulates(weight);
        Tensor dy = y.grad();
        Tensor dWeight = weight.grad();
        Embedding.backward(workers, n, weight.shape().size(0), weight.shape().size(1), dy.data(), dy.offset(), index, 0,
                dWeight.data(), dWeight.offset(), accumulate);
    }
}
