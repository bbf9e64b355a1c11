package lanewise.nn.layer;

import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;

/**
 * Additive attention (Bahdanau, Cho and Bengio 2015): a query, such as the state of a decoder, is compared with each key, such as the
 * states of an encoder, by v · tanh(Wq query + Wk key + b); the softmax of the scores are the weights of a mean of the keys.
 *
 * <p>
 * Shapes: queries are [batch, querySize], keys [batch, keys, keySize]; {@code query.weight} is [hidden, querySize], {@code key.weight}
 * [hidden, keySize], {@code key.bias} [hidden], {@code score.weight} [1, hidden].
 */
public final class AdditiveAttention extends Module {

    private record Plan(Shape query, Shape scores, Shape weights, Shape context) {}

    private final Linear query;
    private final Linear key;
    private final Linear score;
    private final PerShape<Plan> plans;

    /**
     * A layer with PyTorch's initial values of linear layers.
     *
     * @param querySize elements of a query, at least 1
     * @param keySize elements of a key, at least 1
     * @param hidden elements in which the two are compared, at least 1
     * @param random fills the parameters
     */
    public AdditiveAttention(int querySize, int keySize, int hidden, Generator random) {
        query = register("query", Linear.withoutBias(querySize, hidden, random));
        key = register("key", new Linear(keySize, hidden, random));
        score = register("score", Linear.withoutBias(hidden, 1, random));
        plans = new PerShape<>(keys -> new Plan(Shape.of(keys.size(0), 1, hidden),
                Shape.of(keys.size(0), keys.size(1)), Shape.of(keys.size(0), keys.size(1), 1),
                Shape.of(keys.size(0), keySize)));
    }

    /**
     * Not defined: an attention needs a query and keys.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public Tensor forward(Tensor x) {
        throw new UnsupportedOperationException("AdditiveAttention: call forward(query, keys, bias)");
    }

    /**
     * Attention of a query to keys.
     *
     * @param query [batch, querySize]
     * @param keys [batch, keys, keySize]
     * @param bias is added to the scores, [batch, keys]: −∞ hides a key; or null
     * @return their mean, and the weights
     */
    public Attended forward(Tensor query, Tensor keys, Tensor bias) {
        return forward(query, keys, projected(keys), bias);
    }

    /**
     * What of the keys is the same for all queries: for a decoder, which asks at every step, once for all of them.
     *
     * @param keys [batch, keys, keySize]
     * @return [batch, keys, hidden]
     */
    public Tensor projected(Tensor keys) {
        requireKeys(keys);
        return key.forward(keys);
    }

    /**
     * Attention of a query to keys that are projected already.
     *
     * @param query [batch, querySize]
     * @param keys [batch, keys, keySize]
     * @param projected {@link #projected} of them
     * @param bias is added to the scores, [batch, keys]: −∞ hides a key; or null
     * @return their mean, and the weights
     */
    public Attended forward(Tensor query, Tensor keys, Tensor projected, Tensor bias) {
        Tensor scores = scores(query, keys, projected, bias);
        Plan plan = plans.of(keys.shape());
        Tensor weights = scores.softmax(1);
        return new Attended(keys.mul(weights.reshape(plan.weights)).sum(1).reshape(plan.context), weights, null);
    }

    /** [batch, keys]. */
    Tensor scores(Tensor query, Tensor keys, Tensor projected, Tensor bias) {
        requireKeys(keys);
        if (query.shape().rank() != 2 || query.shape().size(0) != keys.shape().size(0)) {
            throw new IllegalArgumentException("AdditiveAttention: query is " + query.shape() + ", need ["
                    + keys.shape().size(0) + ", " + this.query.weight().shape().size(1) + "] for keys " + keys.shape());
        }
        Plan plan = plans.of(keys.shape());
        Tensor compared = projected.add(this.query.forward(query).reshape(plan.query)).tanh();
        Tensor scores = score.forward(compared).reshape(plan.scores);
        return bias == null ? scores : scores.add(bias);
    }

    private void requireKeys(Tensor keys) {
        int size = key.weight().shape().size(1);
        if (keys.shape().rank() != 3 || keys.shape().size(2) != size || keys.size() == 0) {
            throw new IllegalArgumentException(
                    "AdditiveAttention: keys are " + keys.shape() + ", need [batch, keys, " + size + "], not empty");
        }
    }
}
