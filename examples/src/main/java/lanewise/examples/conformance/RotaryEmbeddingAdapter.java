package lanewise.examples.conformance;

import java.util.List;
import lanewise.kernels.Workers;
import lanewise.kernels.attention.RotaryEmbedding;

/** RotaryEmbedding: X, the tables of cosines and sines, and the positions of tokens in these. */
final class RotaryEmbeddingAdapter implements OperatorAdapter {

    private static final int POSITIONS = 3;

    @Override
    public List<OnnxTensor> run(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        boolean tokensFirst = x.shape().size() == 3;
        boolean interleaved = node.integer("interleaved", 0) == 1;
        int n = x.size(0);
        int heads = tokensFirst ? node.integer("num_heads", 0) : x.size(1);
        int tokens = x.size(tokensFirst ? 1 : 2);
        int dim = x.floats().length / (n * heads * tokens);
        int rotated = node.integer("rotary_embedding_dim", 0);
        rotated = rotated == 0 ? dim : rotated;
        float[] y = new float[x.floats().length];
        for (int sequence = 0; sequence < n; sequence++) {
            float[] cos = angles(inputs, 1, sequence, tokens, rotated / 2);
            float[] sin = angles(inputs, 2, sequence, tokens, rotated / 2);
            int at = sequence * heads * tokens * dim;
            RotaryEmbedding.forward(workers, tokensFirst ? 1 : heads, tokens, tokensFirst ? heads : 1, dim, rotated,
                    interleaved, x.floats(), at, cos, 0, sin, 0, y, at);
        }
        return List.of(OnnxTensor.of(x.shape(), y));
    }

    /** A sequence's rows of a table, which without positions is [n, tokens, half]. */
    private static float[] angles(List<OnnxTensor> inputs, int number, int sequence, int tokens, int half) {
        OnnxTensor table = inputs.get(number);
        boolean placed = inputs.size() > POSITIONS && inputs.get(POSITIONS) != null;
        float[] rows = new float[tokens * half];
        for (int token = 0; token < tokens; token++) {
            int row = sequence * tokens + token;
            int from = placed ? Math.toIntExact(inputs.get(POSITIONS).integers()[row]) : row;
            System.arraycopy(table.floats(), from * half, rows, token * half, half);
        }
        return rows;
    }
}
