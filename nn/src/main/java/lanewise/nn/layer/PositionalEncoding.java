package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/**
 * y = x + p, where p[t][2i] = sin(t / 10000^(2i / size)) and p[t][2i + 1] is the cosine of the same (Vaswani et al. 2017, section 3.5).
 *
 * <p>
 * Shapes: x and y are [..., tokens, size].
 */
public final class PositionalEncoding extends Module {

    private static final double BASE = 10_000;

    private final int tokens;
    private final int size;
    private final float[] table;
    private final PerShape<Shape> shapes;

    /**
     * The layer.
     *
     * @param tokens the greatest number of tokens, at least 1
     * @param size of a token, at least 1
     */
    public PositionalEncoding(int tokens, int size) {
        if (tokens < 1 || size < 1) {
            throw new IllegalArgumentException(
                    "PositionalEncoding: tokens = " + tokens + ", size = " + size + ", need both >= 1");
        }
        this.tokens = tokens;
        this.size = size;
        table = new float[Math.multiplyExact(tokens, size)];
        for (int t = 0; t < tokens; t++) {
            for (int i = 0; i < size; i++) {
                // StrictMath: the same bits everywhere.
                double angle = t / StrictMath.pow(BASE, (i - i % 2) / (double) size);
                table[t * size + i] = (float) (i % 2 == 0 ? StrictMath.sin(angle) : StrictMath.cos(angle));
            }
        }
        shapes = new PerShape<>(this::positions);
    }

    private Shape positions(Shape x) {
        int rank = x.rank();
        if (rank < 2 || x.size(rank - 1) != size || x.size(rank - 2) > tokens) {
            throw new IllegalArgumentException("PositionalEncoding: x is " + x + ", need [..., tokens <= " + tokens
                    + ", " + size + "]");
        }
        return Shape.of(x.size(rank - 2), size);
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.add(Step.of("PositionalEncoding", x).tensor(table, shapes.of(x.shape())));
    }
}
