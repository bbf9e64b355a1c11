package lanewise.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import lanewise.kernels.Workers;
import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Parameter;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import lanewise.nn.init.Init;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Attention and Transformer layers beside the operations that they stand for. */
class TransformerTest {

    private static final int BATCH = 2;
    private static final int TOKENS = 5;
    private static final int SIZE = 8;
    private static final int HEADS = 2;

    private final Workers workers = Workers.single();
    private final Tape tape = new Tape(workers);
    private final Generator random = new Generator(1);

    @AfterEach
    void close() {
        tape.close();
        workers.close();
    }

    private Parameter variable(int... sizes) {
        Parameter parameter = new Parameter(Shape.of(sizes));
        Init.normal(0, 1).fill(parameter, random);
        return parameter;
    }

    /** The loss of a function and the gradients of parameters. */
    private float[][] run(List<Parameter> parameters, Function<Step, Tensor> function) {
        parameters.forEach(Tensor::zeroGrad);
        float[][] results = new float[parameters.size() + 1][];
        try (Step step = tape.step()) {
            Tensor y = function.apply(step);
            results[0] = y.toArray();
            y.mul(y).sum().backward();
            for (int i = 0; i < parameters.size(); i++) {
                results[i + 1] = parameters.get(i).grad().toArray();
            }
        }
        return results;
    }

    private static void assertClose(float[][] expected, float[][] actual) {
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i], actual[i], 2e-4f, "result " + i);
        }
    }

    private static Tensor heads(Tensor x) {
        return x.reshape(Shape.of(BATCH, x.shape().size(1), HEADS, SIZE / HEADS)).permute(0, 2, 1, 3);
    }

    /** The products of all rows of a and all rows of b, for each head. */
    private static Tensor products(Tensor a, Tensor b) {
        int n = a.shape().size(0);
        int h = a.shape().size(1);
        int k = a.shape().size(3);
        return a.reshape(Shape.of(n, h, a.shape().size(2), 1, k))
                .mul(b.reshape(Shape.of(n, h, 1, b.shape().size(2), k)))
                .sum(-1);
    }

    /** Attention by products, softmax and permutations. */
    private static Tensor composed(MultiheadAttention layer, Tensor x, Tensor memory, Tensor bias) {
        Step step = Step.of("test", x);
        List<Parameter> p = layer.parameters();
        Tensor w = step.tensor(p.get(0));
        Tensor b = step.tensor(p.get(1));
        Tensor q = heads(x.linear(w.slice(0, 0, SIZE), b.slice(0, 0, SIZE)));
        Tensor k = heads(memory.linear(w.slice(0, SIZE, 2 * SIZE), b.slice(0, SIZE, 2 * SIZE)));
        Tensor v = heads(memory.linear(w.slice(0, 2 * SIZE, 3 * SIZE), b.slice(0, 2 * SIZE, 3 * SIZE)));
        Tensor scores = products(q, k).mul((float) (1 / Math.sqrt(SIZE / HEADS)));
        Tensor weights = (bias == null ? scores : scores.add(bias)).softmax(-1);
        Tensor y = products(weights, v.permute(0, 1, 3, 2)).permute(0, 2, 1, 3)
                .reshape(Shape.of(BATCH, x.shape().size(1), SIZE));
        return y.linear(p.get(2), p.get(3));
    }

    @Test
    void attentionIsWhatItIsMadeOf() {
        MultiheadAttention layer = new MultiheadAttention(SIZE, HEADS, random);
        Parameter x = variable(BATCH, TOKENS, SIZE);
        Parameter memory = variable(BATCH, TOKENS + 2, SIZE);
        Tensor bias = Tensor.of(variable(TOKENS, TOKENS + 2).toArray(), TOKENS, TOKENS + 2);
        List<Parameter> all = List.of(x, memory, layer.parameters().get(0), layer.parameters().get(1),
                layer.parameters().get(2), layer.parameters().get(3));
        assertClose(run(all, s -> composed(layer, s.tensor(x), s.tensor(memory), bias)),
                run(all, s -> layer.forward(s.tensor(x), s.tensor(memory), bias)));
    }

    @Test
    void causalAttentionHidesLaterTokens() {
        MultiheadAttention layer = new MultiheadAttention(SIZE, HEADS, random).causal();
        Parameter x = variable(BATCH, TOKENS, SIZE);
        float[] hidden = new float[TOKENS * TOKENS];
        for (int i = 0; i < TOKENS; i++) {
            Arrays.fill(hidden, i * TOKENS + i + 1, (i + 1) * TOKENS, Float.NEGATIVE_INFINITY);
        }
        Tensor bias = Tensor.of(hidden, TOKENS, TOKENS);
        List<Parameter> all = List.of(x, layer.parameters().get(0));
        assertClose(run(all, s -> {
            Tensor in = s.tensor(x);
            return composed(layer, in, in, bias);
        }), run(all, s -> layer.forward(s.tensor(x))));
    }

    /** Queries, keys and values may be one tensor, whose gradient is then the sum of three. */
    @Test
    void oneTensorMayAskItself() {
        Parameter x = variable(1, 2, 3, 4);
        assertClose(run(List.of(x), s -> {
            Tensor in = s.tensor(x);
            return products(products(in, in).mul(0.5f).softmax(-1), in.permute(0, 1, 3, 2));
        }), run(List.of(x), s -> {
            Tensor in = s.tensor(x);
            return in.attention(in, in, null, false);
        }));
    }

    @Test
    void groupsOfHeadsShareKeys() {
        Parameter q = variable(1, 4, 3, 2);
        Parameter k = variable(1, 2, 3, 2);
        Parameter v = variable(1, 2, 3, 5);
        List<Parameter> all = List.of(q, k, v);
        Function<Tensor, Tensor> repeat = x -> {
            int last = x.shape().size(3);
            return x.reshape(Shape.of(1, 2, 1, 3, last)).expand(Shape.of(1, 2, 2, 3, last))
                    .reshape(Shape.of(1, 4, 3, last));
        };
        assertClose(
                run(all, s -> s.tensor(q).attention(repeat.apply(s.tensor(k)), repeat.apply(s.tensor(v)), null, true)),
                run(all, s -> s.tensor(q).attention(s.tensor(k), s.tensor(v), null, true)));
        MultiheadAttention layer = new MultiheadAttention(SIZE, 4, 2, random);
        assertEquals(Shape.of(SIZE + SIZE, SIZE), layer.parameters().get(0).shape());
        try (Step step = tape.step()) {
            assertEquals(Shape.of(BATCH, TOKENS, SIZE),
                    layer.forward(step.tensor(variable(BATCH, TOKENS, SIZE))).shape());
        }
    }

    @Test
    void namesAreThoseOfPyTorch() {
        assertEquals(List.of("self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight",
                "self_attn.out_proj.bias", "linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias",
                "norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias"),
                List.copyOf(new TransformerEncoderLayer(SIZE, HEADS, 12, random).namedParameters().keySet()));
        List<String> all = List
                .copyOf(new Transformer(SIZE, HEADS, 1, 2, 12, random).namedParameters().keySet());
        assertTrue(all.containsAll(List.of("encoder.layers.0.self_attn.in_proj_weight", "encoder.norm.weight",
                "decoder.layers.1.multihead_attn.out_proj.bias", "decoder.layers.1.norm3.bias", "decoder.norm.bias")),
                all.toString());
    }

    @Test
    void layersAreTheirSums() {
        TransformerEncoderLayer post = new TransformerEncoderLayer(SIZE, HEADS, 12, random);
        TransformerEncoderLayer pre = new TransformerEncoderLayer(SIZE, HEADS, 12, random).normFirst().gelu();
        Parameter x = variable(BATCH, TOKENS, SIZE);
        List<Parameter> ofPost = post.parameters();
        assertClose(run(List.of(x), s -> {
            Tensor in = s.tensor(x);
            Tensor y = norm(in.add(post.selfAttention().forward(in)));
            return norm(y.add(y.linear(ofPost.get(4), ofPost.get(5)).relu().linear(ofPost.get(6), ofPost.get(7))));
        }), run(List.of(x), s -> post.forward(s.tensor(x))));
        List<Parameter> ofPre = pre.parameters();
        assertClose(run(List.of(x), s -> {
            Tensor in = s.tensor(x);
            Tensor y = in.add(pre.selfAttention().forward(norm(in)));
            return y.add(norm(y).linear(ofPre.get(4), ofPre.get(5)).gelu().linear(ofPre.get(6), ofPre.get(7)));
        }), run(List.of(x), s -> pre.forward(s.tensor(x))));
    }

    private static Tensor norm(Tensor x) {
        return new LayerNorm(SIZE).forward(x);
    }

    /** A token of the decoder knows the whole source, and no later token. */
    @Test
    void theDecoderKnowsTheSourceAndThePast() {
        Transformer transformer = new Transformer(SIZE, HEADS, 2, 2, 12, random);
        Parameter source = variable(1, 4, SIZE);
        Parameter x = variable(1, TOKENS, SIZE);
        float[] before;
        try (Step step = tape.step()) {
            before = transformer.forward(step.tensor(source), step.tensor(x), null).toArray();
        }
        x.data()[3 * SIZE] += 1;
        try (Step step = tape.step()) {
            float[] after = transformer.forward(step.tensor(source), step.tensor(x), null).toArray();
            assertArrayEquals(Arrays.copyOf(before, 3 * SIZE), Arrays.copyOf(after, 3 * SIZE));
            assertFalse(Arrays.equals(before, after));
        }
        source.data()[3 * SIZE] += 1;
        try (Step step = tape.step()) {
            float[] after = transformer.forward(step.tensor(source), step.tensor(x), null).toArray();
            assertTrue(before[0] != after[0]);
        }
    }

    /** Token by token, or some at a time: the same bits as all at once. */
    @Test
    void aTextThatGrowsIsWhatItIsAsAWhole() {
        int tokens = 300;
        TransformerEncoderLayer first = new TransformerEncoderLayer(SIZE, HEADS, 12, random).normFirst().gelu()
                .causal();
        TransformerEncoderLayer second = new TransformerEncoderLayer(SIZE, HEADS, 12, random).causal()
                .rotary(tokens + 3, 10_000);
        float[] x = variable(BATCH, tokens, SIZE).toArray();
        float[] whole;
        try (Step step = tape.inference()) {
            whole = second.forward(first.forward(step.tensor(x, BATCH, tokens, SIZE))).toArray();
        }
        KeyValueCache ofFirst = new KeyValueCache(BATCH, tokens + 3, SIZE);
        KeyValueCache ofSecond = new KeyValueCache(BATCH, tokens + 3, SIZE);
        for (int from = 0, count; from < tokens; from += count) {
            count = from == 0 ? 250 : from < 270 ? 1 : 30;
            float[] part = new float[BATCH * count * SIZE];
            for (int text = 0; text < BATCH; text++) {
                System.arraycopy(x, (text * tokens + from) * SIZE, part, text * count * SIZE, count * SIZE);
            }
            try (Step step = tape.inference()) {
                Tensor y = second.forward(first.forward(step.tensor(part, BATCH, count, SIZE), ofFirst), ofSecond);
                for (int text = 0; text < BATCH; text++) {
                    int at = (text * tokens + from) * SIZE;
                    assertArrayEquals(Arrays.copyOfRange(whole, at, at + count * SIZE),
                            Arrays.copyOfRange(y.toArray(), text * count * SIZE, (text + 1) * count * SIZE),
                            "from token " + from);
                }
            }
        }
        assertEquals(tokens, ofFirst.length());
        try (Step step = tape.inference()) {
            String message = assertThrows(IllegalArgumentException.class,
                    () -> first.forward(step.tensor(new float[BATCH * 4 * SIZE], BATCH, 4, SIZE), ofFirst))
                    .getMessage();
            assertTrue(message.contains("at most 3 more tokens of 303"), message);
        }
        ofFirst.clear();
        assertEquals(0, ofFirst.length());
    }

    /** Turned by their positions, the same tokens further on have the same scores. */
    @Test
    void rotaryScoresDependOnTheDistance() {
        MultiheadAttention layer = new MultiheadAttention(SIZE, HEADS, random).window(2).rotary(TOKENS, 100);
        float[] pair = variable(1, 2, SIZE).toArray();
        float[] x = new float[4 * SIZE];
        System.arraycopy(pair, 0, x, 0, 2 * SIZE);
        System.arraycopy(pair, 0, x, 2 * SIZE, 2 * SIZE);
        try (Step step = tape.inference()) {
            float[] y = layer.forward(step.tensor(x, 1, 4, SIZE)).toArray();
            assertArrayEquals(Arrays.copyOfRange(y, SIZE, 2 * SIZE), Arrays.copyOfRange(y, 3 * SIZE, 4 * SIZE), 1e-5f);
            String message = assertThrows(IllegalArgumentException.class,
                    () -> layer.forward(step.tensor(new float[6 * SIZE], 1, 6, SIZE))).getMessage();
            assertEquals("rotary: x is [1, 6, 8] from position 0, need [n, tokens, 8] and positions below 5", message);
        }
        String message = assertThrows(IllegalArgumentException.class, () -> new MultiheadAttention(6, 2, random)
                .rotary(5, 100)).getMessage();
        assertTrue(message.startsWith("rotary: tokens = 5, dim = 3, base = 100.0, need"), message);
    }

    @Test
    void dropoutIsOfTheTrainingOnly() {
        TransformerEncoderLayer layer = new TransformerEncoderLayer(SIZE, HEADS, 12, random).dropout(0.5f, 7);
        Module twin = new TransformerEncoderLayer(SIZE, HEADS, 12, random);
        twin.loadStateDict(layer.stateDict());
        Parameter x = variable(BATCH, TOKENS, SIZE);
        layer.eval();
        assertArrayEquals(run(List.of(x), s -> twin.forward(s.tensor(x))),
                run(List.of(x), s -> layer.forward(s.tensor(x))));
        layer.train();
        float[][] first = run(List.of(x), s -> layer.forward(s.tensor(x)));
        assertFalse(Arrays.equals(first[0], run(List.of(x), s -> layer.forward(s.tensor(x)))[0]));
        assertThrows(IllegalStateException.class, () -> layer.dropout(0.1f, 1));
    }

    @Test
    void positions() {
        PositionalEncoding positions = new PositionalEncoding(10, 4);
        try (Step step = tape.step()) {
            float[] y = positions.forward(step.tensor(new float[12], 1, 3, 4)).toArray();
            assertArrayEquals(new float[]{0, 1, 0, 1, (float) Math.sin(1), (float) Math.cos(1), (float) Math.sin(0.01),
                    (float) Math.cos(0.01)}, Arrays.copyOf(y, 8), 1e-7f);
            String message = assertThrows(IllegalArgumentException.class,
                    () -> positions.forward(step.tensor(new float[44], 11, 4))).getMessage();
            assertEquals("PositionalEncoding: x is [11, 4], need [..., tokens <= 10, 4]", message);
        }
    }

    @Test
    void operandsThatDoNotFitAreRefused() {
        try (Step step = tape.step()) {
            Tensor q = step.tensor(new float[24], 1, 2, 3, 4);
            String message = assertThrows(IllegalArgumentException.class,
                    () -> q.attention(step.tensor(new float[30], 1, 2, 3, 5), q, null, false)).getMessage();
            assertTrue(message.startsWith("attention: q is [1, 2, 3, 4], k is [1, 2, 3, 5], v is [1, 2, 3, 4], need"),
                    message);
            message = assertThrows(IllegalArgumentException.class,
                    () -> q.attention(q, q, step.tensor(new float[6], 2, 3), false)).getMessage();
            assertEquals("attention: bias is [2, 3], need [3, 3] or [1 or 1, 2 or 1, 3, 3]", message);
        }
        assertThrows(IllegalArgumentException.class, () -> new MultiheadAttention(6, 4, random));
    }
}
