package lanewise.properties.gradient;

import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import lanewise.nn.layer.AdditiveAttention;
import lanewise.nn.layer.Attended;
import lanewise.nn.layer.GridAttention;
import lanewise.nn.layer.MultiheadAttention;
import lanewise.testing.GradientCheck;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The gradients of layers of attention are the differences of their own results. */
class AttentionGradientProperties {

    @Property(tries = 12)
    void severalHeads(@ForAll @IntRange(min = 1, max = 5) int tokens, @ForAll boolean causal, @ForAll boolean rotary,
            @ForAll boolean grouped, @ForAll long seed) {
        MultiheadAttention layer = new MultiheadAttention(8, 2, grouped ? 1 : 2, new Generator(seed));
        layer = causal ? layer.causal() : layer;
        GradientCheck.of(rotary ? layer.rotary(5, 100) : layer).input(2, tokens, 8).seed(seed).assertCorrect();
    }

    /** The query is the first of the tokens. */
    @Property(tries = 8)
    void additive(@ForAll @IntRange(min = 2, max = 5) int tokens, @ForAll long seed) {
        AdditiveAttention attention = new AdditiveAttention(3, 3, 4, new Generator(seed));
        GradientCheck.of(new Module() {
            private final AdditiveAttention inner = register("attention", attention);

            @Override
            public Tensor forward(Tensor x) {
                Attended attended = inner.forward(x.slice(1, 0, 1).reshape(Shape.of(2, 3)), x.slice(1, 1, tokens),
                        null);
                return Tensor.concat(1, attended.context(), attended.weights());
            }
        }).input(2, tokens, 3).seed(seed).assertCorrect();
    }

    /** Soft, or hard where it decides for the place with the greatest weight. */
    @Property(tries = 8)
    void overAGrid(@ForAll boolean hard, @ForAll long seed) {
        GridAttention attention = new GridAttention(3, 3, 4, 1, new Generator(seed));
        attention.eval();
        GradientCheck.of(new Module() {
            private final GridAttention inner = register("attention", attention);

            @Override
            public Tensor forward(Tensor x) {
                Tensor state = x.mean(3).mean(2);
                Attended attended = hard ? inner.hard(state, x) : inner.soft(state, x);
                return hard
                        ? Tensor.concat(1, attended.context(), attended.logProbability().reshape(Shape.of(2, 1)))
                        : attended.context();
            }
        }).input(2, 3, 2, 2).seed(seed).assertCorrect();
    }
}
