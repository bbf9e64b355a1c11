package lanewise.bench.training;

import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import lanewise.nn.layer.Embedding;
import lanewise.nn.layer.LSTM;
import lanewise.nn.layer.Linear;

/** From numbers of characters, [steps, batch], to logits of the next ones, [steps * batch, characters]. */
final class CharacterModel extends Module {

    private final Embedding embedding;
    private final LSTM lstm;
    private final Linear head;

    CharacterModel(int characters, int embedded, int hidden, Generator random) {
        embedding = register("embedding", new Embedding(characters, embedded, random));
        lstm = register("lstm", new LSTM(embedded, hidden, random));
        head = register("head", new Linear(hidden, characters, random));
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor y = lstm.forward(embedding.forward(x));
        return head.forward(y.reshape(Shape.of(x.size(), y.shape().size(2))));
    }
}
