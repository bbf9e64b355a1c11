package lanewise.nn.layer;

import java.util.Arrays;
import lanewise.nn.Counter;
import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Parameter;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.AttentionOperation;
import lanewise.nn.autograd.AttentionOperation.Settings;
import lanewise.nn.autograd.RotaryOperation;
import lanewise.nn.autograd.RotaryOperation.Angles;
import lanewise.nn.autograd.SelfAttentionOperation;
import lanewise.nn.init.Init;

/**
 * Attention with several heads (Vaswani et al. 2017), with PyTorch's names and initial values; the batch comes first.
 *
 * <p>
 * Shapes: queries and y are [batch, queries, size], keys and values [batch, keys, size]; {@code in_proj_weight} is [size + 2 keySize,
 * size], for queries, keys and values one after the other, {@code in_proj_bias} [size + 2 keySize], {@code out_proj.weight} [size,
 * size], {@code out_proj.bias} [size]. keySize is the size, or less with fewer heads of keys.
 */
public final class MultiheadAttention extends Module {

    private final int size;
    private final int heads;
    private final int keyHeads;
    private final int keySize;
    private final Parameter inWeight;
    private final Parameter inBias;
    private final Linear out;
    private final Counter passes = registerCounter("passes");
    private boolean causal;
    private int window = Integer.MAX_VALUE;
    private float dropout;
    private long seed;
    private Angles angles;

    /**
     * A layer as PyTorch makes it.
     *
     * @param size of a token
     * @param heads a divisor of the size
     * @param random fills the parameters
     */
    public MultiheadAttention(int size, int heads, Generator random) {
        this(size, heads, heads, random);
    }

    /**
     * A layer with fewer heads of keys and values, each for the same number of heads of queries (grouped queries).
     *
     * @param size of a token
     * @param heads a divisor of the size
     * @param keyHeads a divisor of the number of heads
     * @param random fills the parameters
     */
    public MultiheadAttention(int size, int heads, int keyHeads, Generator random) {
        if (size < 1 || heads < 1 || keyHeads < 1 || size % heads != 0 || heads % keyHeads != 0) {
            throw new IllegalArgumentException("MultiheadAttention: size = " + size + ", heads = " + heads
                    + ", keyHeads = " + keyHeads + ", need heads that divide the size, and keyHeads that divide them");
        }
        this.size = size;
        this.heads = heads;
        this.keyHeads = keyHeads;
        keySize = size / heads * keyHeads;
        inWeight = register("in_proj_weight", new Parameter(Shape.of(size + 2 * keySize, size)));
        inBias = register("in_proj_bias", new Parameter(Shape.of(size + 2 * keySize)));
        out = register("out_proj", new Linear(size, size, random));
        Init.xavierUniform().fill(inWeight, random);
        Arrays.fill(out.bias().data(), 0f);
    }

    /**
     * Query i sees keys 0 to i only.
     *
     * @return this
     */
    public MultiheadAttention causal() {
        causal = true;
        return this;
    }

    /**
     * Causal, and a query sees only so many keys, its own the last.
     *
     * @param keys at least 1
     * @return this
     */
    public MultiheadAttention window(int keys) {
        if (keys < 1) {
            throw new IllegalArgumentException("MultiheadAttention: window = " + keys + ", need window >= 1");
        }
        causal = true;
        window = keys;
        return this;
    }

    /**
     * Turns queries and keys by their positions (rotary embedding, Su et al. 2021): the score of two depends on how far apart they are.
     *
     * @param tokens the greatest number of positions, at least 1
     * @param base of the wavelengths, greater than 1; 10000 is the custom
     * @return this
     */
    public MultiheadAttention rotary(int tokens, double base) {
        angles = Angles.of(tokens, size / heads, base);
        return this;
    }

    /**
     * In training, drops weights at random.
     *
     * @param probability of a weight to become 0, in [0, 1)
     * @param randomSeed which random numbers; another one for every layer of a network
     * @return this
     */
    public MultiheadAttention dropout(float probability, long randomSeed) {
        dropout = Dropout.requireProbability("MultiheadAttention", probability);
        seed = randomSeed;
        return this;
    }

    /** Self-attention. */
    @Override
    public Tensor forward(Tensor x) {
        return forward(x, x, null);
    }

    /**
     * Attention of some tokens to others.
     *
     * @param x who asks: [batch, queries, size]
     * @param memory who is asked: [batch, keys, size]
     * @param bias is added to the scores: [queries, keys], or [batch or 1, heads or 1, queries, keys]; or null; −∞ hides a key
     * @return [batch, queries, size]
     */
    public Tensor forward(Tensor x, Tensor memory, Tensor bias) {
        boolean drops = training() && dropout > 0;
        Settings settings = new Settings(causal, 0, window, drops ? dropout : 0, seed, drops ? passes.next() : 0);
        if (x == memory && angles == null) {
            Step step = Step.of("MultiheadAttention", x);
            Tensor qkv = x.linear(step.tensor(inWeight), step.tensor(inBias));
            return out.forward(SelfAttentionOperation.apply(qkv, heads, keyHeads, bias, settings));
        }
        Tensor q = turned(project(x, 0, size), heads, 0);
        Tensor k = turned(project(memory, size, size + keySize), keyHeads, 0);
        Tensor v = project(memory, size + keySize, size + 2 * keySize);
        return out.forward(AttentionOperation.ofTokens(q, k, v, heads, bias, settings));
    }

    /**
     * Causal self-attention of tokens that follow those of a cache, which takes them too: a text that grows by some tokens has the same
     * bits as if it were computed as a whole. For inference: no gradients flow to what is in the cache.
     *
     * @param x the tokens that follow: [batch, tokens, size]
     * @param cache those before them; one for each layer
     * @return [batch, tokens, size]
     * @throws IllegalArgumentException if the cache has no room for them, or was made for other sizes
     */
    public Tensor forward(Tensor x, KeyValueCache cache) {
        cache.requireRoom(x, keySize);
        Tensor q = turned(project(x, 0, size), heads, cache.length());
        Settings settings = new Settings(true, cache.length(), window, 0, 0, 0);
        cache.append(turned(project(x, size, size + keySize), keyHeads, cache.length()),
                project(x, size + keySize, size + 2 * keySize));
        // Places that are still empty come after the last token, which sees none of them.
        return out.forward(AttentionOperation.ofTokens(q, cache.keys(), cache.values(), heads, null, settings));
    }

    private Tensor turned(Tensor x, int count, int firstPosition) {
        return angles == null ? x : RotaryOperation.apply(x, count, angles, firstPosition);
    }

    private Tensor project(Tensor x, int from, int to) {
        Step step = Step.of("MultiheadAttention", x);
        return x.linear(step.tensor(inWeight).slice(0, from, to), step.tensor(inBias).slice(0, from, to));
    }

    @Override
    protected long multiplyAdds(Shape x, Shape y) {
        long tokens = (long) x.size(0) * x.size(1);
        return tokens * size * (2L * size + 2L * keySize) + 2 * tokens * x.size(1) * size;
    }
}
