package lanewise.nn.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Sequential;
import lanewise.nn.Tensor;

/**
 * Encoder and decoder of layers, each with a normalization at the end (Vaswani et al. 2017), with PyTorch's names; the batch comes first.
 * Embeddings, positions and the last linear layer are the caller's.
 *
 * <p>
 * Shapes: source is [batch, keys, size], x and y are [batch, tokens, size]. Parameters: {@code encoder.layers.0…},
 * {@code encoder.norm}, {@code decoder.layers.0…}, {@code decoder.norm}.
 */
public final class Transformer extends Module {

    private final Stack<TransformerEncoderLayer> encoder;
    private final Stack<TransformerDecoderLayer> decoder;

    /**
     * A Transformer with rectifiers that normalizes sums, without dropout.
     *
     * @param size of a token
     * @param heads a divisor of the size
     * @param encoderLayers layers of the encoder
     * @param decoderLayers layers of the decoder
     * @param feedForward units between the two linear layers of each
     * @param random fills the parameters
     */
    public Transformer(int size, int heads, int encoderLayers, int decoderLayers, int feedForward, Generator random) {
        List<TransformerEncoderLayer> encoding = new ArrayList<>();
        for (int i = 0; i < encoderLayers; i++) {
            encoding.add(new TransformerEncoderLayer(size, heads, feedForward, random));
        }
        List<TransformerDecoderLayer> decoding = new ArrayList<>();
        for (int i = 0; i < decoderLayers; i++) {
            decoding.add(new TransformerDecoderLayer(size, heads, feedForward, random));
        }
        encoder = register("encoder", new Stack<>(encoding, size));
        decoder = register("decoder", new Stack<>(decoding, size));
    }

    /**
     * Changes all layers, for example {@code transformer.layers(layer -> layer.normFirst(), layer -> layer.normFirst())}.
     *
     * @param ofEncoder is given each layer of the encoder
     * @param ofDecoder is given each layer of the decoder
     * @return this
     */
    public Transformer layers(Consumer<TransformerEncoderLayer> ofEncoder,
            Consumer<TransformerDecoderLayer> ofDecoder) {
        encoder.layers.forEach(ofEncoder);
        decoder.layers.forEach(ofDecoder);
        return this;
    }

    /** With the same tokens for both. */
    @Override
    public Tensor forward(Tensor x) {
        return forward(x, x, null);
    }

    /**
     * Decodes with what is made of the source.
     *
     * @param source [batch, keys, size]
     * @param x [batch, tokens, size]
     * @param sourceBias is added to the scores of tokens with the source, [tokens, keys] or with two axes before these; or null
     * @return [batch, tokens, size]
     */
    public Tensor forward(Tensor source, Tensor x, Tensor sourceBias) {
        return decode(encode(source, null), x, sourceBias);
    }

    /**
     * What the encoder makes of the source: once for a text that is decoded token by token.
     *
     * @param source [batch, keys, size]
     * @param bias of the scores, [keys, keys] or with two axes before these; or null
     * @return [batch, keys, size]
     */
    public Tensor encode(Tensor source, Tensor bias) {
        Tensor y = source;
        for (TransformerEncoderLayer layer : encoder.layers) {
            y = layer.forward(y, bias);
        }
        return encoder.norm.forward(y);
    }

    /**
     * What the decoder makes of tokens.
     *
     * @param memory what {@link #encode} made, [batch, keys, size]
     * @param x [batch, tokens, size]
     * @param memoryBias of the scores with the memory, [tokens, keys] or with two axes before these; or null
     * @return [batch, tokens, size]
     */
    public Tensor decode(Tensor memory, Tensor x, Tensor memoryBias) {
        Tensor y = x;
        for (TransformerDecoderLayer layer : decoder.layers) {
            y = layer.forward(y, memory, memoryBias);
        }
        return decoder.norm.forward(y);
    }

    /** Layers and the normalization after them. */
    private static final class Stack<L extends Module> extends Module {

        private final List<L> layers;
        private final LayerNorm norm;

        Stack(List<L> layers, int size) {
            this.layers = layers;
            register("layers", new Sequential(layers.toArray(new Module[0])));
            norm = register("norm", new LayerNorm(size));
        }

        @Override
        public Tensor forward(Tensor x) {
            throw new UnsupportedOperationException("Transformer: layers are called one by one");
        }
    }
}
