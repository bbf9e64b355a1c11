package lanewise.properties.gradient;

import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Step;
import lanewise.nn.Tensor;
import lanewise.nn.layer.DropConnect;
import lanewise.nn.layer.Dropout;
import lanewise.nn.layer.Dropout2d;
import lanewise.nn.layer.Embedding;
import lanewise.nn.layer.Ensemble;
import lanewise.nn.layer.InstanceNorm1d;
import lanewise.nn.layer.Linear;
import lanewise.nn.layer.PositionalEncoding;
import lanewise.nn.layer.StochasticDepth;
import lanewise.nn.layer.Transformer;
import lanewise.nn.layer.TransformerDecoderLayer;
import lanewise.nn.layer.TransformerEncoderLayer;
import lanewise.testing.GradientCheck;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The gradients of layers made of others, and of those that are random in training, are the differences of their own results. */
class ModuleGradientProperties {

    @Property(tries = 25)
    void layersThatDrop(@ForAll @IntRange(min = 1, max = 4) int batch, @ForAll long seed) {
        GradientCheck.of(new Dropout(0.4f, seed)).input(batch, 3, 2).seed(seed).assertCorrect();
        GradientCheck.of(new Dropout2d(0.4f, seed)).input(batch, 3, 2, 2).seed(seed).assertCorrect();
        GradientCheck.of(new StochasticDepth(0.4f, seed)).input(batch, 3, 2).seed(seed).assertCorrect();
        GradientCheck.of(new DropConnect(3, 2, 0.4f, new Generator(seed), seed)).input(batch, 3).seed(seed)
                .assertCorrect();
    }

    /** Eight numbers a token: of four that happen to be near each other the normalization makes slopes that change by a fifth within a distance. */
    @Property(tries = 4)
    void transformers(@ForAll @IntRange(min = 1, max = 3) int tokens, @ForAll boolean causal, @ForAll boolean normFirst,
            @ForAll long seed) {
        Generator random = new Generator(seed);
        TransformerEncoderLayer encoder = new TransformerEncoderLayer(8, 2, 5, random).dropout(0.2f, seed);
        encoder = causal ? encoder.causal() : encoder;
        GradientCheck.of(normFirst ? encoder.normFirst() : encoder.gelu()).input(2, tokens, 8).seed(seed)
                .assertCorrect();
        GradientCheck.of(new TransformerDecoderLayer(8, 2, 5, random)).input(2, tokens, 8).seed(seed).assertCorrect();
        GradientCheck.of(new Transformer(8, 2, 1, 1, 5, random)).input(2, tokens, 8).seed(seed).assertCorrect();
    }

    @Property(tries = 20)
    void encodings(@ForAll @IntRange(min = 1, max = 5) int tokens, @ForAll long seed) {
        GradientCheck.of(new PositionalEncoding(5, 4)).input(2, tokens, 4).seed(seed).assertCorrect();
        GradientCheck.of(new InstanceNorm1d(3, 0.1f)).input(2, 3, tokens + 1).seed(seed).assertCorrect();
        Generator random = new Generator(seed);
        GradientCheck.of(Ensemble.mean(new Linear(4, 3, random), new Linear(4, 3, random))).input(tokens, 4).seed(seed)
                .assertCorrect();
    }

    /** Rows that occur twice, once, never; the same weights make the scores. */
    @Property(tries = 20)
    void embedding(@ForAll @IntRange(min = 1, max = 5) int size, @ForAll long seed) {
        Embedding embedding = new Embedding(4, size, new Generator(seed));
        Tensor indices = Tensor.of(new float[]{2, 0, 2}, 3);
        GradientCheck.of(new Module() {
            private final Embedding inner = register("embedding", embedding);

            @Override
            public Tensor forward(Tensor x) {
                return inner.scores(inner.forward(Step.of("embedding", x).tensor(indices)).mul(x));
            }
        }).input(3, size).seed(seed).assertCorrect();
    }
}
