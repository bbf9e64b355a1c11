package lanewise.bench.training;

import java.util.stream.Stream;
import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Parameter;
import lanewise.nn.Sequential;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import lanewise.nn.init.Init;
import lanewise.nn.layer.Embedding;
import lanewise.nn.layer.LayerNorm;
import lanewise.nn.layer.Linear;
import lanewise.nn.layer.TransformerEncoderLayer;

/** From numbers of characters, [batch, tokens], to logits of the next ones, [batch * tokens, characters] (Radford et al. 2019, small). */
final class GptModel extends Module {

    private static final int FEED_FORWARD = 4;

    private final Embedding embedding;
    private final Parameter positions;
    private final Sequential layers;
    private final LayerNorm norm;
    private final Linear head;

    GptModel(int characters, int tokens, int layers, int heads, int width, Generator random) {
        embedding = register("embedding", new Embedding(characters, width, random));
        positions = register("positions", new Parameter(Shape.of(tokens, width)));
        Init.normal(0, 1).fill(positions, random);
        this.layers = register("layers",
                new Sequential(Stream
                        .generate(() -> new TransformerEncoderLayer(width, heads, FEED_FORWARD * width, random)
                                .normFirst().gelu().causal())
                        .limit(layers).toArray(Module[]::new)));
        norm = register("norm", new LayerNorm(width));
        head = register("head", new Linear(width, characters, random));
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor y = norm.forward(layers.forward(embedding.forward(x).add(positions)));
        return head.forward(y.reshape(Shape.of(x.size(), y.shape().size(2))));
    }
}
