package lanewise.examples.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lanewise.kernels.Workers;
import lanewise.kernels.attention.Attention;
import lanewise.kernels.attention.AttentionGeometry;

/** Attention: Q, K, V, and perhaps a mask, earlier keys and values, and the number of keys of each sequence. */
final class AttentionAdapter implements OperatorAdapter {

    private static final int MASK = 3;
    private static final int PAST_KEYS = 4;
    private static final int PAST_VALUES = 5;
    private static final int KEY_COUNTS = 6;

    @Override
    public List<OnnxTensor> run(Workers workers, Node node, List<OnnxTensor> inputs) {
        boolean tokensFirst = inputs.get(0).shape().size() == 3;
        int heads = tokensFirst ? node.integer("q_num_heads", 0) : inputs.get(0).size(1);
        int keyHeads = tokensFirst ? node.integer("kv_num_heads", 0) : inputs.get(1).size(1);
        boolean causal = node.integer("is_causal", 0) == 1;
        boolean hasPast = present(inputs, PAST_KEYS);
        int n = inputs.get(0).size(0);
        int queries = inputs.get(0).size(tokensFirst ? 1 : 2);
        int newKeys = inputs.get(1).size(tokensFirst ? 1 : 2);
        int past = hasPast ? inputs.get(PAST_KEYS).size(2) : 0;
        int keys = past + newKeys;
        int dim = inputs.get(0).floats().length / (n * heads * queries);
        int valueDim = inputs.get(2).floats().length / (n * keyHeads * newKeys);
        AttentionGeometry g = AttentionGeometry.of(n, heads, queries, keys, dim).keyHeads(keyHeads).valueDim(valueDim)
                .scale(node.number("scale", (float) (1 / Math.sqrt(dim))));
        // Keys and values with a past have heads first.
        boolean turned = tokensFirst && hasPast;
        float[] q = turned ? headsFirst(inputs.get(0).floats(), n, heads, queries, dim) : inputs.get(0).floats();
        float[] k = inputs.get(1).floats();
        float[] v = inputs.get(2).floats();
        if (hasPast) {
            k = joined(inputs.get(PAST_KEYS).floats(), turned ? headsFirst(k, n, keyHeads, newKeys, dim) : k,
                    n * keyHeads, past * dim, newKeys * dim);
            v = joined(inputs.get(PAST_VALUES).floats(), turned ? headsFirst(v, n, keyHeads, newKeys, valueDim) : v,
                    n * keyHeads, past * valueDim, newKeys * valueDim);
        }
        float[] bias = null;
        if (present(inputs, MASK) || present(inputs, KEY_COUNTS)) {
            bias = bias(inputs, n, heads, queries, keys, causal);
            g = g.bias(true, true);
        }
        boolean masksHeads = present(inputs, KEY_COUNTS);
        g = causal && !masksHeads ? g.causal(past) : g;
        g = tokensFirst && !turned ? g.tokensFirst() : g;
        float[] y = new float[g.outputLength()];
        Attention.forward(workers, g, 0, 0, 0, q, 0, k, 0, v, 0, bias, 0, y, 0, new float[g.rows()], 0);
        List<OnnxTensor> results = new ArrayList<>();
        results.add(tokensFirst
                ? OnnxTensor.of(List.of(n, queries, heads * valueDim),
                        turned ? tokensFirst(y, n, heads, queries, valueDim) : y)
                : OnnxTensor.of(List.of(n, heads, queries, valueDim), y));
        if (hasPast) {
            results.add(OnnxTensor.of(List.of(n, keyHeads, keys, dim), k));
            results.add(OnnxTensor.of(List.of(n, keyHeads, keys, valueDim), v));
        }
        return results;
    }

    private static boolean present(List<OnnxTensor> inputs, int number) {
        return inputs.size() > number && inputs.get(number) != null;
    }

    /** The mask for every head; keys that a sequence does not have, or a mask has no column for, are hidden. */
    private static float[] bias(List<OnnxTensor> inputs, int n, int heads, int queries, int keys, boolean causal) {
        float[] bias = new float[n * heads * queries * keys];
        Arrays.fill(bias, 0f);
        for (int i = 0; i < bias.length; i++) {
            int key = i % keys;
            int query = i / keys % queries;
            int head = i / keys / queries % heads;
            int sequence = i / keys / queries / heads;
            if (present(inputs, MASK)) {
                bias[i] = mask(inputs.get(MASK), sequence, head, query, key);
            }
            if (present(inputs, KEY_COUNTS)) {
                long count = inputs.get(KEY_COUNTS).integers()[sequence];
                if (key >= count || (causal && key > count - queries + query)) {
                    bias[i] = Float.NEGATIVE_INFINITY;
                }
            }
        }
        return bias;
    }

    private static float mask(OnnxTensor mask, int sequence, int head, int query, int key) {
        int rank = mask.shape().size();
        int columns = mask.size(rank - 1);
        int rows = mask.size(rank - 2);
        if (key >= columns) {
            return Float.NEGATIVE_INFINITY;
        }
        int at = (rows == 1 ? 0 : query) * columns + key;
        if (rank > 2) {
            at += (mask.size(rank - 3) == 1 ? 0 : head) * rows * columns;
        }
        if (rank > 3) {
            at += (mask.size(0) == 1 ? 0 : sequence) * mask.size(1) * rows * columns;
        }
        if (mask.floats() != null) {
            return mask.floats()[at];
        }
        return mask.integers()[at] != 0 ? 0 : Float.NEGATIVE_INFINITY;
    }

    private static float[] joined(float[] first, float[] second, int rows, int ofFirst, int ofSecond) {
        float[] both = new float[first.length + second.length];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(first, row * ofFirst, both, row * (ofFirst + ofSecond), ofFirst);
            System.arraycopy(second, row * ofSecond, both, row * (ofFirst + ofSecond) + ofFirst, ofSecond);
        }
        return both;
    }

    private static float[] headsFirst(float[] x, int n, int heads, int tokens, int dim) {
        return exchanged(x, n, tokens, heads, dim);
    }

    private static float[] tokensFirst(float[] x, int n, int heads, int tokens, int dim) {
        return exchanged(x, n, heads, tokens, dim);
    }

    /** From [n, a, b, dim] to [n, b, a, dim]. */
    private static float[] exchanged(float[] x, int n, int a, int b, int dim) {
        float[] y = new float[x.length];
        for (int row = 0; row < n * a * b; row++) {
            int to = (row / (a * b) * b + row % b) * a + row / b % a;
            System.arraycopy(x, row * dim, y, to * dim, dim);
        }
        return y;
    }
}
