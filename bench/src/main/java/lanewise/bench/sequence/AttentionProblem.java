package lanewise.bench.sequence;

import java.util.SplittableRandom;
import lanewise.bench.contest.Operands;
import lanewise.kernels.Workers;
import lanewise.kernels.attention.AttentionGeometry;

/**
 * The operands of an attention, heads before tokens. Verified are the results, or the gradient of the keys.
 */
public final class AttentionProblem implements SequenceProblem {

    private final AttentionShape shape;
    private final String name;
    private final float[] q;
    private final float[] k;
    private final float[] v;
    private final float[] dy;

    AttentionProblem(String name) {
        this.name = name;
        shape = AttentionShape.parse(name);
        SplittableRandom random = Operands.random();
        int length = geometry().queryLength();
        q = Operands.uniform(random, length);
        k = Operands.uniform(random, length);
        v = Operands.uniform(random, length);
        dy = Operands.uniform(random, length);
    }

    /**
     * The shape.
     *
     * @return the shape
     */
    public AttentionShape shape() {
        return shape;
    }

    AttentionGeometry geometry() {
        AttentionGeometry all = AttentionGeometry.of(shape.n(), shape.heads(), shape.tokens(), shape.tokens(),
                shape.dim());
        return shape.causal() ? all.causal() : all;
    }

    /**
     * The queries.
     *
     * @return [n, heads, tokens, dim]; not a copy
     */
    public float[] q() {
        return q;
    }

    /**
     * The keys.
     *
     * @return [n, heads, tokens, dim]; not a copy
     */
    public float[] k() {
        return k;
    }

    /**
     * The values.
     *
     * @return [n, heads, tokens, dim]; not a copy
     */
    public float[] v() {
        return v;
    }

    /**
     * The gradient of the results.
     *
     * @return [n, heads, tokens, dim]; not a copy
     */
    public float[] dy() {
        return dy;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public float[] computed(Workers workers) {
        AttentionRun run = new AttentionRun(workers, this);
        run.run();
        return run.result();
    }
}
