package lanewise.nn.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Continues sequences of tokens with a model that scores the next one.
 *
 * <pre>
 * Decoding decoding = new Decoding(model, vocabulary).endMark(2);
 * int[][] texts = decoding.continued(100, Choice.greedy(), prompts);
 * </pre>
 */
public final class Decoding {

    private static final int NO_MARK = -1;
    private static final double PENALTY_OFFSET = 5;

    private final NextTokens model;
    private final int vocabulary;
    private final int endMark;

    /**
     * Decoding without an end mark.
     *
     * @param model scores the next token
     * @param vocabulary number of tokens, at least 1
     */
    public Decoding(NextTokens model, int vocabulary) {
        this(model, vocabulary, NO_MARK);
        if (vocabulary < 1) {
            throw new IllegalArgumentException("Decoding: vocabulary = " + vocabulary + ", need vocabulary >= 1");
        }
    }

    private Decoding(NextTokens model, int vocabulary, int endMark) {
        this.model = Objects.requireNonNull(model, "Decoding: model is null");
        this.vocabulary = vocabulary;
        this.endMark = endMark;
    }

    /**
     * A sequence ends with this token.
     *
     * @param token from 0 to vocabulary - 1
     * @return a new decoding
     */
    public Decoding endMark(int token) {
        requireToken("endMark", token);
        return new Decoding(model, vocabulary, token);
    }

    private void requireToken(String name, int token) {
        if (token < 0 || token >= vocabulary) {
            throw new IllegalArgumentException(
                    "Decoding: " + name + " = " + token + ", need 0 <= token < " + vocabulary);
        }
    }

    private static void requireMost(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("Decoding: most = " + most + ", need most >= 0");
        }
    }

    /**
     * Continues some sequences together, token by token. A sequence that has ended stays as it is, and the others go on.
     *
     * @param most new tokens of each at most
     * @param choice how the next token is chosen, for one sequence after the other
     * @param prompts what the sequences begin with, at least a start mark; all of the same length
     * @return prompts and what follows, with the end mark where one came
     */
    public int[][] continued(int most, Choice choice, int[]... prompts) {
        requireMost(most);
        int begun = requireLength(prompts);
        List<int[]> open = new ArrayList<>(Arrays.asList(prompts.clone()));
        int[][] results = prompts.clone();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < prompts.length; i++) {
            places.add(i);
        }
        for (int length = begun; length < begun + most && !open.isEmpty(); length++) {
            float[] logits = score(open, length);
            for (int i = open.size() - 1; i >= 0; i--) {
                int[] longer = Arrays.copyOf(open.get(i), length + 1);
                open.set(i, longer);
            }
            for (int i = 0; i < open.size(); i++) {
                open.get(i)[length] = choice.choose(logits, i * vocabulary, vocabulary);
                results[places.get(i)] = open.get(i);
            }
            for (int i = open.size() - 1; i >= 0; i--) {
                if (open.get(i)[length] == endMark) {
                    open.remove(i);
                    places.remove(i);
                }
            }
        }
        return results;
    }

    private int requireLength(int[][] prompts) {
        for (int[] prompt : prompts) {
            if (prompt.length == 0 || prompt.length != prompts[0].length) {
                throw new IllegalArgumentException("Decoding: a prompt has " + prompt.length + " tokens, need "
                        + (prompt.length == 0 ? "at least one" : prompts[0].length + ", as the first has"));
            }
            for (int token : prompt) {
                requireToken("a token of a prompt", token);
            }
        }
        return prompts.length == 0 ? 0 : prompts[0].length;
    }

    private float[] score(List<int[]> sequences, int length) {
        int[] tokens = new int[sequences.size() * length];
        for (int i = 0; i < sequences.size(); i++) {
            System.arraycopy(sequences.get(i), 0, tokens, i * length, length);
        }
        float[] logits = new float[sequences.size() * vocabulary];
        model.score(sequences.size(), length, tokens, logits);
        return logits;
    }

    /**
     * A sequence that beam search found.
     *
     * @param tokens the prompt and what follows
     * @param logProbability of what follows
     * @param score the logarithm divided by the penalty, by which sequences are compared
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, by the caller it was made for
    public record Found(int[] tokens, double logProbability, double score) {}

    /**
     * Beam search: of all continuations of the best sequences so far, the best go on. Sequences that ended compete with those
     * that go on by their scores, log p / ((5 + new tokens) / 6)<sup>penalty</sup> (Wu et al. 2016), and the search ends when no open
     * one can win any more, or all are as long as they may be.
     *
     * @param most new tokens at most
     * @param width how many sequences go on, at least 1
     * @param penalty of length, at least 0: with 0 scores are logarithms of probabilities, greater ones favour long sequences
     * @param prompt what the sequences begin with, at least a start mark
     * @return at most {@code width} sequences, the best first
     */
    public List<Found> beamSearch(int most, int width, float penalty, int... prompt) {
        requireMost(most);
        requireLength(new int[][]{prompt});
        if (width < 1 || !(penalty >= 0)) {
            throw new IllegalArgumentException(
                    "Decoding: width = " + width + ", penalty = " + penalty + ", need width >= 1 and penalty >= 0");
        }
        Comparator<Found> best = Comparator.comparingDouble(Found::score).reversed();
        List<Found> ended = new ArrayList<>();
        List<Found> open = new ArrayList<>(List.of(new Found(prompt, 0, 0)));
        for (int length = prompt.length; length < prompt.length + most && !open.isEmpty(); length++) {
            List<Found> next = new ArrayList<>(continuations(open, length, penalty, prompt.length));
            next.sort(best);
            open.clear();
            for (Found one : next.subList(0, Math.min(width, next.size()))) {
                (one.tokens[length] == endMark ? ended : open).add(one);
            }
            ended.sort(best);
            double longest = penaltyOf(most, penalty);
            if (ended.size() >= width) {
                // log p only falls, so that at best it is divided by the penalty of the greatest length.
                open.removeIf(one -> one.logProbability / longest <= ended.get(width - 1).score);
            }
        }
        ended.addAll(open);
        ended.sort(best);
        return List.copyOf(ended.subList(0, Math.min(width, ended.size())));
    }

    private List<Found> continuations(List<Found> open, int length, float penalty, int begun) {
        float[] logits = score(open.stream().map(Found::tokens).toList(), length);
        List<Found> next = new ArrayList<>();
        for (int i = 0; i < open.size(); i++) {
            double greatest = Double.NEGATIVE_INFINITY;
            for (int token = 0; token < vocabulary; token++) {
                greatest = Math.max(greatest, logits[i * vocabulary + token]);
            }
            double sum = 0;
            for (int token = 0; token < vocabulary; token++) {
                sum += StrictMath.exp(logits[i * vocabulary + token] - greatest);
            }
            double logSum = greatest + StrictMath.log(sum);
            for (int token = 0; token < vocabulary; token++) {
                int[] tokens = Arrays.copyOf(open.get(i).tokens, length + 1);
                tokens[length] = token;
                double log = open.get(i).logProbability + logits[i * vocabulary + token] - logSum;
                next.add(new Found(tokens, log, log / penaltyOf(length + 1 - begun, penalty)));
            }
        }
        return next;
    }

    private static double penaltyOf(int tokens, float penalty) {
        return StrictMath.pow((PENALTY_OFFSET + tokens) / (PENALTY_OFFSET + 1), penalty);
    }
}
