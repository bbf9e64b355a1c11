package lanewise.nn.decoding;

/** A model that scores what may come next. */
@FunctionalInterface
public interface NextTokens {

    /**
     * Scores every token as the next one of some sequences of the same length.
     *
     * @param batch number of sequences
     * @param length tokens of each so far
     * @param tokens [batch, length]; to be read only
     * @param logits receives the scores, [batch, vocabulary]: logarithms of probabilities, up to a constant for each sequence
     */
    void score(int batch, int length, int[] tokens, float[] logits);
}
