package lanewise.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.nn.Generator;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import lanewise.nn.loss.Losses;
import lanewise.nn.optim.Adam;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Attention of one query: to keys, and to the places of a grid. */
class AdditiveAttentionTest {

    private final Workers workers = Workers.single();
    private final Tape tape = new Tape(workers);
    private final Generator random = new Generator(1);

    @AfterEach
    void close() {
        tape.close();
        workers.close();
    }

    private Tensor input(Step step, int... sizes) {
        Tensor x = Tensor.of(new float[Arrays.stream(sizes).reduce(1, (a, b) -> a * b)], sizes);
        random.normal(x, 0, 1);
        return step.tensor(x);
    }

    @Test
    void theContextIsTheMeanByTheFormula() {
        AdditiveAttention layer = new AdditiveAttention(2, 3, 4, random);
        float[][] p = layer.parameters().stream().map(Tensor::toArray).toArray(float[][]::new);
        try (Step step = tape.inference()) {
            Tensor query = input(step, 2, 2);
            Tensor keys = input(step, 2, 5, 3);
            Attended attended = layer.forward(query, keys, null);
            for (int row = 0; row < 2; row++) {
                double[] weights = new double[5];
                for (int k = 0; k < 5; k++) {
                    double score = 0;
                    for (int h = 0; h < 4; h++) {
                        double sum = p[2][h];
                        for (int i = 0; i < 2; i++) {
                            sum += p[0][h * 2 + i] * query.toArray()[row * 2 + i];
                        }
                        for (int i = 0; i < 3; i++) {
                            sum += p[1][h * 3 + i] * keys.toArray()[(row * 5 + k) * 3 + i];
                        }
                        score += p[3][h] * Math.tanh(sum);
                    }
                    weights[k] = Math.exp(score);
                }
                double total = Arrays.stream(weights).sum();
                for (int i = 0; i < 3; i++) {
                    double mean = 0;
                    for (int k = 0; k < 5; k++) {
                        mean += weights[k] / total * keys.toArray()[(row * 5 + k) * 3 + i];
                    }
                    assertEquals(mean, attended.context().toArray()[row * 3 + i], 1e-5);
                }
            }
        }
    }

    @Test
    void aHiddenKeyHasNoWeight() {
        AdditiveAttention layer = new AdditiveAttention(2, 3, 4, random);
        float hidden = Float.NEGATIVE_INFINITY;
        try (Step step = tape.inference()) {
            float[] weights = layer
                    .forward(input(step, 1, 2), input(step, 1, 3, 3), step.tensor(new float[]{0, hidden, 0}, 1, 3))
                    .weights().toArray();
            assertEquals(0, weights[1]);
            assertEquals(1, weights[0] + weights[2], 1e-6);
        }
    }

    @Test
    void operandsThatDoNotFitAreRefused() {
        AdditiveAttention layer = new AdditiveAttention(2, 3, 4, random);
        GridAttention grid = new GridAttention(2, 3, 4, 5, random);
        try (Step step = tape.inference()) {
            assertEquals("AdditiveAttention: keys are [1, 3, 2], need [batch, keys, 3], not empty",
                    assertThrows(IllegalArgumentException.class,
                            () -> layer.forward(input(step, 1, 2), input(step, 1, 3, 2), null)).getMessage());
            assertEquals("AdditiveAttention: query is [2, 2], need [1, 2] for keys [1, 3, 3]",
                    assertThrows(IllegalArgumentException.class,
                            () -> layer.forward(input(step, 2, 2), input(step, 1, 3, 3), null)).getMessage());
            assertEquals("GridAttention: grid is [1, 3, 3], need [batch, channels, height, width], not empty",
                    assertThrows(IllegalArgumentException.class,
                            () -> grid.soft(input(step, 1, 2), input(step, 1, 3, 3))).getMessage());
        }
    }

    @Test
    void hardAttentionGivesOnePlace() {
        GridAttention layer = new GridAttention(2, 3, 4, 5, random);
        try (Step step = tape.inference()) {
            Tensor state = input(step, 2, 2);
            Tensor grid = input(step, 2, 3, 2, 2);
            float[] soft = layer.soft(state, grid).weights().toArray();
            layer.eval();
            Attended hard = layer.hard(state, grid);
            assertArrayEquals(soft, hard.weights().toArray(), 1e-6f);
            for (int row = 0; row < 2; row++) {
                float[] weights = Arrays.copyOfRange(soft, row * 4, row * 4 + 4);
                int best = 0;
                for (int place = 1; place < 4; place++) {
                    best = weights[place] > weights[best] ? place : best;
                }
                assertEquals(Math.log(weights[best]), hard.logProbability().toArray()[row], 1e-5);
                for (int channel = 0; channel < 3; channel++) {
                    assertEquals(grid.toArray()[(row * 3 + channel) * 4 + best],
                            hard.context().toArray()[row * 3 + channel]);
                }
            }
        }
    }

    /** Places are drawn as often as their weights say. */
    @Test
    void drawsFollowTheWeights() {
        GridAttention layer = new GridAttention(1, 1, 2, 5, random);
        int draws = 4000;
        float[] places = new float[draws * 4];
        for (int i = 0; i < places.length; i++) {
            places[i] = i % 4;
        }
        try (Step step = tape.inference()) {
            Attended hard = layer.hard(step.tensor(new float[draws], draws, 1), step.tensor(places, draws, 1, 2, 2));
            float[] weights = hard.weights().toArray();
            int[] counts = new int[4];
            for (float place : hard.context().toArray()) {
                counts[(int) place]++;
            }
            for (int place = 0; place < 4; place++) {
                double expected = weights[place];
                // Five standard deviations.
                assertEquals(expected, counts[place] / (double) draws,
                        5 * Math.sqrt(expected * (1 - expected) / draws));
            }
        }
    }

    /** Only the reward says which place is worth a look: the one that is marked. */
    @Test
    void hardAttentionLearnsByReward() {
        GridAttention layer = new GridAttention(1, 2, 8, 5, random);
        Adam adam = new Adam(workers, layer.parameters(), 0.02f);
        int batch = 32;
        float[] grid = new float[batch * 2 * 9];
        float[] reward = new float[batch];
        double late = 0;
        for (int i = 0; i < 300; i++) {
            random.uniform(Tensor.of(grid, grid.length), 0, 1);
            float[] marks = new float[batch];
            random.uniform(Tensor.of(marks, batch), 0, 9);
            for (int row = 0; row < batch; row++) {
                Arrays.fill(grid, row * 18 + 9, row * 18 + 18, 0f);
                grid[row * 18 + 9 + (int) marks[row]] = 1;
            }
            try (Step step = tape.step()) {
                Attended seen = layer.hard(step.tensor(new float[batch], batch, 1),
                        step.tensor(grid, batch, 2, 3, 3));
                float mean = 0;
                for (int row = 0; row < batch; row++) {
                    reward[row] = seen.context().toArray()[row * 2 + 1];
                    mean += reward[row] / batch;
                }
                late += i >= 280 ? mean / 20 : 0;
                for (int row = 0; row < batch; row++) {
                    reward[row] -= mean;
                }
                Losses.reinforce(seen.logProbability(), step.tensor(reward, batch)).backward();
            }
            adam.step();
            adam.zeroGrad();
        }
        double share = late;
        assertTrue(share > 0.9, () -> "share of looks at the mark: " + share);
    }
}
