package lanewise.nn.layer;

import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Parameter;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.EmbeddingOperation;
import lanewise.nn.init.Init;

/**
 * Rows of a table of vectors, by number.
 *
 * <p>
 * Shapes: x is any shape of whole numbers from 0 to rows - 1, y is [..., size]; {@code weight} is [rows, size].
 */
public final class Embedding extends Module {

    private final Parameter weight;

    /**
     * A layer as PyTorch makes it: weights from the standard normal distribution.
     *
     * @param rows how many vectors, at least 1
     * @param size of a vector, at least 1
     * @param random fills the table
     */
    public Embedding(int rows, int size, Generator random) {
        if (rows < 1 || size < 1) {
            throw new IllegalArgumentException("Embedding: rows = " + rows + ", size = " + size + ", need both >= 1");
        }
        weight = register("weight", new Parameter(Shape.of(rows, size)));
        Init.normal(0, 1).fill(weight, random);
    }

    /**
     * The table.
     *
     * @return [rows, size]
     */
    public Parameter weight() {
        return weight;
    }

    /**
     * The scores of all rows for some vectors, y = x Wᵀ with the same table (tied embeddings, Press and Wolf 2017): for the last layer of a
     * model whose first layer this is.
     *
     * @param x [..., size]
     * @return [..., rows]
     */
    public Tensor scores(Tensor x) {
        return x.linear(weight);
    }

    @Override
    public Tensor forward(Tensor x) {
        return EmbeddingOperation.apply(x, weight);
    }
}
