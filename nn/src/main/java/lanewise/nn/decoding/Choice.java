package lanewise.nn.decoding;

import java.util.Arrays;
import java.util.Objects;
import lanewise.nn.Generator;
import lanewise.nn.Tensor;

/**
 * How the next token is chosen from the scores: the best one, or at random, among the best ones only if one likes. Immutable
 * but for its generator:
 *
 * <pre>
 * Choice.sampled(new Generator(1)).temperature(0.8f).topK(40).topP(0.95f)
 * </pre>
 */
public final class Choice {

    private final Generator random;
    private final float temperature;
    private final int topK;
    private final float topP;

    private Choice(Generator random, float temperature, int topK, float topP) {
        this.random = random;
        this.temperature = temperature;
        this.topK = topK;
        this.topP = topP;
    }

    /**
     * The token with the greatest score; of several the first.
     *
     * @return the choice
     */
    public static Choice greedy() {
        return new Choice(null, 1, Integer.MAX_VALUE, 1);
    }

    /**
     * At random, with the probabilities that the scores stand for.
     *
     * @param random decides
     * @return the choice
     */
    public static Choice sampled(Generator random) {
        return new Choice(Objects.requireNonNull(random, "Choice: random is null"), 1, Integer.MAX_VALUE, 1);
    }

    /**
     * Scores are divided by this first: below 1 the best tokens become more probable still.
     *
     * @param value a finite number greater than 0
     * @return a new choice
     */
    public Choice temperature(float value) {
        if (!(value > 0 && value < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Choice: temperature = " + value + ", need a finite number > 0");
        }
        return new Choice(random, value, topK, topP);
    }

    /**
     * Only so many of the best tokens are considered (Fan, Lewis and Dauphin 2018).
     *
     * @param count at least 1
     * @return a new choice
     */
    public Choice topK(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("Choice: topK = " + count + ", need topK >= 1");
        }
        return new Choice(random, temperature, count, topP);
    }

    /**
     * Only the best tokens are considered whose probabilities together reach this: as few as do (Holtzman et al. 2020).
     *
     * @param probability in (0, 1]
     * @return a new choice
     */
    public Choice topP(float probability) {
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException("Choice: topP = " + probability + ", need 0 < topP <= 1");
        }
        return new Choice(random, temperature, topK, probability);
    }

    /** Chooses from {@code vocabulary} scores. */
    int choose(float[] logits, int offset, int vocabulary) {
        Integer[] order = new Integer[vocabulary];
        Arrays.setAll(order, i -> i);
        // Stable: of equal scores the first token comes first.
        Arrays.sort(order, (a, b) -> Float.compare(logits[offset + b], logits[offset + a]));
        if (random == null) {
            return order[0];
        }
        int considered = Math.min(topK, vocabulary);
        double[] weights = new double[considered];
        double total = 0;
        for (int i = 0; i < considered; i++) {
            double below = (double) logits[offset + order[i]] - logits[offset + order[0]];
            // StrictMath: the same text on every machine.
            weights[i] = StrictMath.exp(below / temperature);
            total += weights[i];
        }
        double kept = 0;
        int count = 0;
        while (count < considered && (count == 0 || kept < topP * total)) {
            kept += weights[count++];
        }
        Tensor drawn = Tensor.of(new float[1], 1);
        random.uniform(drawn, 0, 1);
        double left = drawn.item() * kept;
        int chosen = 0;
        while (chosen < count - 1 && left >= weights[chosen]) {
            left -= weights[chosen++];
        }
        return order[chosen];
    }
}
