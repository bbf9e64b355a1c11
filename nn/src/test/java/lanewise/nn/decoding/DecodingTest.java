package lanewise.nn.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lanewise.nn.Generator;
import org.junit.jupiter.api.Test;

/** Texts of models whose probabilities are known. */
class DecodingTest {

    /** The next token depends on the last one: row i has the probabilities after token i. */
    private static NextTokens chain(double[][] probabilities) {
        int vocabulary = probabilities.length;
        return (batch, length, tokens, logits) -> {
            for (int i = 0; i < batch; i++) {
                for (int next = 0; next < vocabulary; next++) {
                    // Up to a constant for each sequence.
                    logits[i * vocabulary + next] = (float) Math.log(probabilities[tokens[(i + 1) * length - 1]][next])
                            + length;
                }
            }
        };
    }

    // 0 is the start, 3 the end. The best first token leads to worse sequences.
    private static final double[][] TRAP = {{0.1, 0.5, 0.4, 0}, {0.4, 0.3, 0.1, 0.2}, {0.02, 0.02, 0.06, 0.9},
            {0.25, 0.25, 0.25, 0.25}};

    @Test
    void greedyTakesTheBestEachTime() {
        Decoding decoding = new Decoding(chain(TRAP), 4).endMark(3);
        assertArrayEquals(new int[][]{{0, 1, 0, 1}, {2, 3}, {1, 0, 1, 0}},
                decoding.continued(3, Choice.greedy(), new int[]{0}, new int[]{2}, new int[]{1}));
        assertArrayEquals(new int[][]{{0}}, decoding.continued(0, Choice.greedy(), new int[]{0}));
    }

    @Test
    void samplesHaveTheirProbabilities() {
        double[] counts = counts(Choice.sampled(new Generator(1)));
        for (int i = 0; i < 4; i++) {
            assertEquals(TRAP[0][i], counts[i], 0.02, "token " + i);
        }
        // Squares of probabilities, made to add up to 1.
        double[] colder = counts(Choice.sampled(new Generator(1)).temperature(0.5f));
        assertEquals(0.25 / 0.42, colder[1], 0.02);
        assertArrayEquals(new double[]{0, 0.5 / 0.9, 0.4 / 0.9, 0},
                counts(Choice.sampled(new Generator(1)).topK(2)), 0.02);
        assertArrayEquals(new double[]{0, 0.5 / 0.9, 0.4 / 0.9, 0},
                counts(Choice.sampled(new Generator(1)).topP(0.6f)), 0.02);
        assertArrayEquals(new double[]{0, 1, 0, 0}, counts(Choice.sampled(new Generator(1)).topP(0.4f)), 1e-9);
    }

    private static double[] counts(Choice choice) {
        double[] counts = new double[4];
        int[][] prompts = new int[4000][];
        java.util.Arrays.setAll(prompts, i -> new int[]{0});
        for (int[] text : new Decoding(chain(TRAP), 4).continued(1, choice, prompts)) {
            counts[text[1]] += 1.0 / prompts.length;
        }
        return counts;
    }

    @Test
    void aBeamFindsWhatGreedMisses() {
        Decoding decoding = new Decoding(chain(TRAP), 4).endMark(3);
        Decoding.Found found = decoding.beamSearch(5, 2, 0, 0).get(0);
        assertArrayEquals(new int[]{0, 2, 3}, found.tokens());
        assertEquals(Math.log(0.4 * 0.9), found.logProbability(), 1e-6);
        assertArrayEquals(new int[]{0, 1, 0, 1}, decoding.beamSearch(3, 1, 0, 0).get(0).tokens());
    }

    @Test
    void aWideBeamIsAnExhaustiveSearch() {
        Random random = new Random(3);
        double[][] table = new double[4][4];
        for (double[] row : table) {
            double sum = 0;
            for (int i = 0; i < 4; i++) {
                row[i] = random.nextDouble();
                sum += row[i];
            }
            for (int i = 0; i < 4; i++) {
                row[i] /= sum;
            }
        }
        for (float penalty : new float[]{0, 0.7f, 2}) {
            List<double[]> all = new ArrayList<>();
            enumerate(table, 0, 0, 0, 4, penalty, all);
            double best = all.stream().mapToDouble(one -> one[0]).max().orElseThrow();
            List<Decoding.Found> found = new Decoding(chain(table), 4).endMark(3).beamSearch(4, 300, penalty, 0);
            assertEquals(all.size(), found.size());
            assertEquals(best, found.get(0).score(), 1e-5);
        }
    }

    private static void enumerate(double[][] table, int last, int tokens, double log, int most, float penalty,
            List<double[]> all) {
        if (tokens == most || (last == 3 && tokens > 0)) {
            all.add(new double[]{log / Math.pow((5 + tokens) / 6.0, penalty)});
            return;
        }
        for (int next = 0; next < 4; next++) {
            enumerate(table, next, tokens + 1, log + Math.log(table[last][next]), most, penalty, all);
        }
    }

    @Test
    void wrongArgumentsAreNamed() {
        Decoding decoding = new Decoding(chain(TRAP), 4);
        assertMessage("endMark = 4, need 0 <= token < 4", () -> decoding.endMark(4));
        assertMessage("a prompt has 0 tokens, need at least one",
                () -> decoding.continued(1, Choice.greedy(), new int[0]));
        assertMessage("a prompt has 2 tokens, need 1, as the first has",
                () -> decoding.continued(1, Choice.greedy(), new int[1], new int[2]));
        assertMessage("most = -1, need most >= 0", () -> decoding.beamSearch(-1, 1, 0, 0));
        assertMessage("width = 0", () -> decoding.beamSearch(1, 0, 0, 0));
        assertMessage("topK = 0, need topK >= 1", () -> Choice.greedy().topK(0));
        assertMessage("topP = 1.5, need 0 < topP <= 1", () -> Choice.greedy().topP(1.5f));
        assertMessage("temperature = 0.0, need a finite number > 0", () -> Choice.greedy().temperature(0));
        assertMessage("vocabulary = 0", () -> new Decoding(chain(TRAP), 0));
    }

    private static void assertMessage(String part, org.junit.jupiter.api.function.Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}
