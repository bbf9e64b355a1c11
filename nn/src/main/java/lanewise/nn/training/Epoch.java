package lanewise.nn.training;

/**
 * How one epoch went.
 *
 * @param number counted from 1
 * @param trainLoss mean loss of the training samples while the epoch trained on them
 * @param score the mean of the {@link Metric} over the test samples after the epoch; NaN where there are none
 * @param samplesPerSecond training samples per second, without the test
 * @param seconds since the training began or went on, tests included
 */
public record Epoch(int number, double trainLoss, double score, double samplesPerSecond, double seconds) {}
