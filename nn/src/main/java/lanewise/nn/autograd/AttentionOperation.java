package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.attention.Attention;
import lanewise.kernels.attention.AttentionGeometry;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** Scaled dot-product attention. A bias is a constant. */
public final class AttentionOperation extends Operation {

    /**
     * How an attention is computed, besides its operands.
     *
     * @param causal whether query i sees no key after {@code firstPosition + i}
     * @param firstPosition the key that is the first query's own
     * @param window how many keys a query sees at most, its own the last; {@link Integer#MAX_VALUE} for all
     * @param dropout probability of a weight to become 0
     * @param seed which random numbers
     * @param stream which of the seed's streams
     */
    public record Settings(boolean causal, int firstPosition, int window, float dropout, long seed, long stream) {

        /** Every query sees every key. */
        public static final Settings ALL = new Settings(false, 0, Integer.MAX_VALUE, 0, 0, 0);

        /** Query i sees keys 0 to i. */
        public static final Settings CAUSAL = new Settings(true, 0, Integer.MAX_VALUE, 0, 0, 0);
    }

    /** What the shapes of an attention depend on; no heads: those that operands have. */
    private record Key(Shape q, Shape k, Shape v, Shape bias, int heads, boolean causal, int firstPosition,
            int window) {}

    private record Plan(AttentionGeometry geometry, Shape y, Shape rows) {}

    private final Tensor q;
    private final Tensor k;
    private final Tensor v;
    private final Tensor bias;
    private final AttentionGeometry geometry;
    private final Settings settings;
    private final Tensor logSumExp;
    // Where gradients go that nobody asks for, or that cannot go where they belong, as another operand is the same tensor.
    private final Tensor ownQ;
    private final Tensor ownK;
    private final Tensor ownV;

    private AttentionOperation(Step step, Tensor q, Tensor k, Tensor v, Tensor bias, AttentionGeometry geometry,
            Settings settings, Tensor logSumExp) {
        this.q = q;
        this.k = k;
        this.v = v;
        this.bias = bias;
        this.geometry = geometry;
        this.settings = settings;
        this.logSumExp = logSumExp;
        ownQ = q.requiresGrad() && q != k && q != v ? null : step.result(q.shape());
        ownK = k.requiresGrad() && k != q && k != v ? null : step.result(k.shape());
        ownV = v.requiresGrad() && v != q && v != k ? null : step.result(v.shape());
    }

    /**
     * Attention of operands with an axis of heads. Fewer heads of keys are shared by as many successive heads of queries.
     *
     * @param q [n, heads, queries, dim]
     * @param k [n, keyHeads, keys, dim]
     * @param v [n, keyHeads, keys, valueDim]
     * @param bias is added to the scores: [queries, keys], or [n or 1, heads or 1, queries, keys]; or null; −∞ hides a key
     * @param settings which keys a query sees, and dropout
     * @return [n, heads, queries, valueDim]
     */
    public static Tensor ofHeads(Tensor q, Tensor k, Tensor v, Tensor bias, Settings settings) {
        return apply(q, k, v, bias, 0, settings);
    }

    /**
     * Attention of operands as linear layers leave them: the elements of all heads, one head after the other, in the last axis.
     *
     * @param q [n, queries, heads * dim]
     * @param k [n, keys, keyHeads * dim]
     * @param v [n, keys, keyHeads * valueDim]
     * @param heads heads of the queries
     * @param bias as for {@link #ofHeads}
     * @param settings which keys a query sees, and dropout
     * @return [n, queries, heads * valueDim]
     */
    public static Tensor ofTokens(Tensor q, Tensor k, Tensor v, int heads, Tensor bias, Settings settings) {
        return apply(q, k, v, bias, heads, settings);
    }

    private static Tensor apply(Tensor q, Tensor k, Tensor v, Tensor bias, int heads, Settings settings) {
        Step step = Step.of("attention", q, k, v);
        Plan plan = step.remembered(new Key(q.shape(), k.shape(), v.shape(), bias == null ? null : bias.shape(), heads,
                settings.causal, settings.firstPosition, settings.window), AttentionOperation::plan);
        Tensor y = step.result(plan.y);
        Tensor logSumExp = step.result(plan.rows);
        Attention.forward(step.workers(), plan.geometry, settings.seed, settings.stream, settings.dropout, q.data(),
                q.offset(), k.data(), k.offset(), v.data(), v.offset(), bias == null ? null : bias.data(),
                bias == null ? 0 : bias.offset(), y.data(), y.offset(), logSumExp.data(), logSumExp.offset());
        return step.records(q, k, v)
                ? step.record(y, new AttentionOperation(step, q, k, v, bias, plan.geometry, settings, logSumExp))
                : y;
    }

    private static Plan plan(Key key) {
        int rank = key.heads == 0 ? 4 : 3;
        if (key.q.rank() != rank || key.k.rank() != rank || key.v.rank() != rank) {
            throw wrong(key, rank == 4 ? "[n, heads, tokens, elements] each" : "[n, tokens, heads * elements] each");
        }
        return key.heads == 0 ? ofHeads(key) : ofTokens(key);
    }

    private static Plan ofHeads(Key key) {
        int n = key.q.size(0);
        int heads = key.q.size(1);
        int queries = key.q.size(2);
        int dim = key.q.size(3);
        int keyHeads = key.k.size(1);
        int keys = key.k.size(2);
        if (!key.k.equals(Shape.of(n, keyHeads, keys, dim)) || keyHeads == 0 || heads % keyHeads != 0
                || !key.v.equals(Shape.of(n, keyHeads, keys, key.v.size(3)))) {
            throw wrong(key, "k [" + n + ", a divisor of " + heads + ", keys, " + dim
                    + "], and v like k but for the last axis");
        }
        return new Plan(masked(key, AttentionGeometry.of(n, heads, queries, keys, dim).keyHeads(keyHeads)
                .valueDim(key.v.size(3))), Shape.of(n, heads, queries, key.v.size(3)), Shape.of(n, heads, queries));
    }

    private static Plan ofTokens(Key key) {
        int n = key.q.size(0);
        int queries = key.q.size(1);
        int keys = key.k.size(1);
        int dim = key.q.size(2) / key.heads;
        int keyHeads = dim == 0 ? 0 : key.k.size(2) / dim;
        if (dim * key.heads != key.q.size(2) || keyHeads == 0 || keyHeads * dim != key.k.size(2)
                || key.heads % keyHeads != 0 || key.k.size(0) != n || key.v.size(0) != n || key.v.size(1) != keys
                || key.v.size(2) == 0 || key.v.size(2) % keyHeads != 0) {
            throw wrong(key, "for " + key.heads + " heads q [n, queries, heads * dim], k [n, keys, keyHeads * dim] and "
                    + "v [n, keys, keyHeads * valueDim], with a number of keyHeads that divides the heads");
        }
        int valueDim = key.v.size(2) / keyHeads;
        return new Plan(masked(key, AttentionGeometry.of(n, key.heads, queries, keys, dim).keyHeads(keyHeads)
                .valueDim(valueDim)).tokensFirst(), Shape.of(n, queries, key.heads * valueDim),
                Shape.of(n, key.heads, queries));
    }

    private static AttentionGeometry masked(Key key, AttentionGeometry all) {
        return masked(all, key.causal, key.firstPosition, key.window, key.bias);
    }

    /** A geometry with these masks, and a bias of this shape if it is not null. */
    static AttentionGeometry masked(AttentionGeometry all, boolean causal, int firstPosition, int window, Shape bias) {
        AttentionGeometry g = causal ? all.causal(firstPosition) : all;
        g = window < Integer.MAX_VALUE ? g.window(window) : g;
        if (bias == null || bias.equals(Shape.of(g.queries(), g.keys()))) {
            return g;
        }
        int rank = bias.rank();
        boolean fits = rank == 4 && bias.size(2) == g.queries() && bias.size(3) == g.keys()
                && (bias.size(0) == 1 || bias.size(0) == g.n()) && (bias.size(1) == 1 || bias.size(1) == g.heads());
        if (!fits) {
            throw new IllegalArgumentException("attention: bias is " + bias + ", need [" + g.queries() + ", "
                    + g.keys() + "] or [" + g.n() + " or 1, " + g.heads() + " or 1, " + g.queries() + ", " + g.keys()
                    + "]");
        }
        return g.bias(bias.size(0) == g.n(), bias.size(1) == g.heads());
    }

    private static IllegalArgumentException wrong(Key key, String need) {
        return new IllegalArgumentException(
                "attention: q is " + key.q + ", k is " + key.k + ", v is " + key.v + ", need " + need);
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean addQ = ownQ == null && accumulates(q);
        boolean addK = ownK == null && accumulates(k);
        boolean addV = ownV == null && accumulates(v);
        Tensor dy = y.grad();
        Tensor dq = ownQ == null ? q.grad() : ownQ;
        Tensor dk = ownK == null ? k.grad() : ownK;
        Tensor dv = ownV == null ? v.grad() : ownV;
        Attention.backward(workers, geometry, settings.seed, settings.stream, settings.dropout, q.data(), q.offset(),
                k.data(), k.offset(), v.data(), v.offset(), bias == null ? null : bias.data(),
                bias == null ? 0 : bias.offset(), y.data(), y.offset(), logSumExp.data(), logSumExp.offset(),
                dy.data(), dy.offset(), dq.data(), dq.offset(), addQ, dk.data(), dk.offset(), addK, dv.data(),
                dv.offset(), addV);
        if (ownQ != null) {
            contribute(workers, ownQ, q);
        }
        if (ownK != null) {
            contribute(workers, ownK, k);
        }
        if (ownV != null) {
            contribute(workers, ownV, v);
        }
    }
}
