package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.attention.Attention;
import lanewise.kernels.attention.AttentionGeometry;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.AttentionOperation.Settings;

/** Scaled dot-product attention among the tokens of one tensor, which holds the queries, keys and values of each. */
public final class SelfAttentionOperation extends Operation {

    private record Key(Shape qkv, Shape bias, int heads, int keyHeads, boolean causal, int firstPosition,
            int window) {}

    private record Plan(AttentionGeometry geometry, Shape y, Shape rows) {}

    private final Tensor qkv;
    private final Tensor bias;
    private final AttentionGeometry geometry;
    private final Settings settings;
    private final Tensor logSumExp;

    private SelfAttentionOperation(Tensor qkv, Tensor bias, AttentionGeometry geometry, Settings settings,
            Tensor logSumExp) {
        this.qkv = qkv;
        this.bias = bias;
        this.geometry = geometry;
        this.settings = settings;
        this.logSumExp = logSumExp;
    }

    /**
     * Attention.
     *
     * @param qkv [n, tokens, (heads + 2 keyHeads) * dim]: of each token the queries, then the keys, then the values
     * @param heads how many of queries
     * @param keyHeads how many of keys and of values; they divide the heads
     * @param bias is added to the scores: [tokens, tokens], or [n or 1, heads or 1, tokens, tokens], a constant; or null
     * @param settings masks and dropout
     * @return [n, tokens, heads * dim]
     */
    public static Tensor apply(Tensor qkv, int heads, int keyHeads, Tensor bias, Settings settings) {
        Step step = Step.of("attention", qkv);
        Plan plan = step.remembered(new Key(qkv.shape(), bias == null ? null : bias.shape(), heads, keyHeads,
                settings.causal(), settings.firstPosition(), settings.window()), SelfAttentionOperation::plan);
        AttentionGeometry g = plan.geometry;
        Tensor y = step.result(plan.y);
        Tensor logSumExp = step.result(plan.rows);
        Attention.forward(step.workers(), g, settings.seed(), settings.stream(), settings.dropout(), qkv.data(),
                qkv.offset(), qkv.data(), qkv.offset() + keys(g), qkv.data(), qkv.offset() + values(g),
                bias == null ? null : bias.data(), bias == null ? 0 : bias.offset(), y.data(), y.offset(),
                logSumExp.data(), logSumExp.offset());
        return step.records(qkv)
                ? step.record(y, new SelfAttentionOperation(qkv, bias, g, settings, logSumExp))
                : y;
    }

    private static Plan plan(Key key) {
        int all = key.heads + 2 * key.keyHeads;
        Shape qkv = key.qkv;
        if (qkv.rank() != 3 || key.heads < 1 || key.keyHeads < 1 || key.heads % key.keyHeads != 0 || qkv.size(2) == 0
                || qkv.size(2) % all != 0) {
            throw new IllegalArgumentException("attention: qkv is " + qkv + " with heads = " + key.heads
                    + ", keyHeads = " + key.keyHeads + ", need [n, tokens, (heads + 2 keyHeads) * dim]");
        }
        int n = qkv.size(0);
        int tokens = qkv.size(1);
        int dim = qkv.size(2) / all;
        AttentionGeometry g = AttentionGeometry.of(n, key.heads, tokens, tokens, dim).keyHeads(key.keyHeads);
        return new Plan(
                AttentionOperation.masked(g, key.causal, key.firstPosition, key.window, key.bias).packed(),
                Shape.of(n, tokens, key.heads * dim), Shape.of(n, key.heads, tokens));
    }

    /** Where the keys of a token begin after its queries. */
    private static int keys(AttentionGeometry g) {
        return g.heads() * g.dim();
    }

    private static int values(AttentionGeometry g) {
        return (g.heads() + g.keyHeads()) * g.dim();
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean adds = accumulates(qkv);
        Tensor dy = y.grad();
        Tensor d = qkv.grad();
        Attention.backward(workers, geometry, settings.seed(), settings.stream(), settings.dropout(), qkv.data(),
                qkv.offset(), qkv.data(), qkv.offset() + keys(geometry), qkv.data(), qkv.offset() + values(geometry),
                bias == null ? null : bias.data(), bias == null ? 0 : bias.offset(), y.data(), y.offset(),
                logSumExp.data(), logSumExp.offset(), dy.data(), dy.offset(), d.data(), d.offset(), adds, d.data(),
                d.offset() + keys(geometry), adds, d.data(), d.offset() + values(geometry), adds);
    }
}
