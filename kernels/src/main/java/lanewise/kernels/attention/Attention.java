package lanewise.kernels.attention;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;

/**
 * Scaled dot-product attention: for each query of each head, y = Σ w[j] v[j] over the keys j that it sees, with weights w =
 * softmax(scale · q·k[j] + bias[j]), of which some may be
 * dropped. The matrix of weights is never stored: scores are computed block by block, with the
 * greatest score and the sum of weights so far, and again in the backward pass.
 */
public final class Attention {

    private Attention() {}

    /**
     * y ← attention(q, k, v).
     *
     * @shape q: [n, heads, queries, dim]; k: [n, keyHeads, keys, dim]; v: [n, keyHeads, keys, valueDim]; bias: as
     *        {@link AttentionGeometry#bias} says, or null; y: [n, heads, queries, valueDim]; logSumExp: [n, heads, queries]; or
     *        tokens before heads, but for bias and logSumExp
     * @writes overwrites y and logSumExp (of the scores of each query, which the backward pass needs)
     * @aliasing y and logSumExp must not overlap anything (not detected)
     * @workspace of each worker 512 (dim + valueDim) + 24,000 elements, and some more for dims that fill no vectors: it
     *            does not depend on the numbers of queries and keys
     * @error with e = γ(dim+2) · max Σ|scale·q||k| + 6u · max|score|, over the keys that a query sees: per element at most
     *        1.05 (expm1(2e) + γ(2 keys + keys/32 + 50)) · Σ w|v|, where w are the weights, and keys · 2⁻¹⁴⁸ · max|v|; derived
     * @special a query that sees no key, or keys with a bias of −∞ only, gets y = 0 and logSumExp = −∞; a NaN among its scores makes
     *          its row NaN; an infinite or NaN value may also reach queries that do not see it, as 0 · ∞, if they are computed
     *          together
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add
     * @source Vaswani et al. 2017; Milakov and Gimelshein 2018 (online softmax); Dao 2023 (tiles); PyTorch
     *         scaled_dot_product_attention; ONNX Attention
     *
     * @param workers the team that computes
     * @param geometry the shapes
     * @param seed the key of the random numbers
     * @param stream which of the seed's streams: another one for every layer and step, and in the backward pass the same
     * @param dropout probability of a weight to become 0, in [0, 1); the others are divided by 1 − dropout
     * @param q the queries
     * @param qOffset index of the first element
     * @param k the keys
     * @param kOffset index of the first element
     * @param v the values
     * @param vOffset index of the first element
     * @param bias is added to the scores, or null for none; −∞ hides a key
     * @param biasOffset index of the first element
     * @param y the results
     * @param yOffset index of the first element
     * @param logSumExp receives log Σ exp(score) of each query
     * @param logSumExpOffset index of the first element
     * @throws IllegalArgumentException if dropout is not in [0, 1)
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, AttentionGeometry geometry, long seed, long stream, float dropout,
            float[] q, int qOffset, float[] k,
            int kOffset, float[] v, int vOffset, float[] bias, int biasOffset, float[] y, int yOffset,
            float[] logSumExp, int logSumExpOffset) {
        String op = "Attention.forward";
        check(op, workers, geometry, dropout, q, qOffset, k, kOffset, v, vOffset, bias, biasOffset);
        Checks.vector(op, "y", y, yOffset, geometry.outputLength());
        Checks.vector(op, "logSumExp", logSumExp, logSumExpOffset, geometry.rows());
        AttentionForward.run(workers, geometry, seed, stream, dropout, q, qOffset, k, kOffset, v, vOffset, bias,
                biasOffset, y, yOffset,
                logSumExp, logSumExpOffset);
    }

    /**
     * dq, dk, dv ← the gradients with respect to q, k and v. The bias is taken as a constant.
     *
     * @shape as {@link #forward}; dy: as y; dq, dk, dv: as q, k, v
     * @writes overwrites dq, dk and dv, or adds to those that are accumulated
     * @aliasing dq, dk and dv must not overlap anything (not detected)
     * @workspace of each worker 960 dim + 640 valueDim + 59,000 elements, and some more as above; for fewer than four pairs of a
     *            sequence and a head of keys with more than 256 keys, also at most 8 copies of dq, or of the packed array: linear
     *            in the number of tokens
     * @error checked against finite differences of a reference in double precision
     * @special a query that sees no key passes no gradient on; NaN and infinities spread as in {@link #forward}
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add
     * @source Dao, Fu, Ermon, Rudra, Ré 2022, section 3.1 and appendix B
     *
     * @param workers the team that computes
     * @param geometry the shapes
     * @param seed the key of the random numbers
     * @param stream which of the seed's streams: another one for every layer and step, and in the backward pass the same
     * @param dropout probability of a weight to become 0, in [0, 1); the others are divided by 1 − dropout
     * @param q the queries
     * @param qOffset index of the first element
     * @param k the keys
     * @param kOffset index of the first element
     * @param v the values
     * @param vOffset index of the first element
     * @param bias as in the forward pass, or null
     * @param biasOffset index of the first element
     * @param y the results of the forward pass
     * @param yOffset index of the first element
     * @param logSumExp what the forward pass left
     * @param logSumExpOffset index of the first element
     * @param dy the gradient with respect to y
     * @param dyOffset index of the first element
     * @param dq the gradient with respect to q
     * @param dqOffset index of the first element
     * @param accumulateQ whether to add to dq
     * @param dk the gradient with respect to k
     * @param dkOffset index of the first element
     * @param accumulateK whether to add to dk
     * @param dv the gradient with respect to v
     * @param dvOffset index of the first element
     * @param accumulateV whether to add to dv
     * @throws IllegalArgumentException if dropout is not in [0, 1)
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, AttentionGeometry geometry, long seed, long stream, float dropout,
            float[] q, int qOffset, float[] k,
            int kOffset, float[] v, int vOffset, float[] bias, int biasOffset, float[] y, int yOffset,
            float[] logSumExp, int logSumExpOffset, float[] dy, int dyOffset, float[] dq, int dqOffset,
            boolean accumulateQ, float[] dk, int dkOffset, boolean accumulateK, float[] dv, int dvOffset,
            boolean accumulateV) {
        String op = "Attention.backward";
        check(op, workers, geometry, dropout, q, qOffset, k, kOffset, v, vOffset, bias, biasOffset);
        Checks.vector(op, "y", y, yOffset, geometry.outputLength());
        Checks.vector(op, "logSumExp", logSumExp, logSumExpOffset, geometry.rows());
        Checks.vector(op, "dy", dy, dyOffset, geometry.outputLength());
        Checks.vector(op, "dq", dq, dqOffset, geometry.queryLength());
        Checks.vector(op, "dk", dk, dkOffset, geometry.keyLength());
        Checks.vector(op, "dv", dv, dvOffset, geometry.valueLength());
        AttentionBackward.run(workers, geometry, seed, stream, dropout, q, qOffset, k, kOffset, v, vOffset, bias,
                biasOffset, y, yOffset,
                logSumExp, logSumExpOffset, dy, dyOffset, dq, dqOffset, accumulateQ, dk, dkOffset, accumulateK, dv,
                dvOffset, accumulateV);
    }

    private static void check(String op, Workers workers, AttentionGeometry geometry, float dropout, float[] q,
            int qOffset, float[] k, int kOffset, float[] v, int vOffset, float[] bias, int biasOffset) {
        Checks.workers(op, workers);
        if (geometry == null) {
            throw new NullPointerException(op + ": geometry is null");
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException(op + ": dropout = " + dropout + ", need 0 <= dropout < 1");
        }
        Checks.vector(op, "q", q, qOffset, geometry.queryLength());
        Checks.vector(op, "k", k, kOffset, geometry.keyLength());
        Checks.vector(op, "v", v, vOffset, geometry.valueLength());
        if (bias != null) {
            Checks.vector(op, "bias", bias, biasOffset, geometry.biasLength());
        }
    }
}
