package lanewise.examples.training;

/**
 * How one epoch went.
 *
 * @param number counted from 1
 * @param trainLoss mean loss of the training images while the epoch trained on them
 * @param testAccuracy share of the test images that are classified correctly after the epoch
 * @param imagesPerSecond training images per second, without the test
 * @param seconds since the training began, tests included
 */
public record Epoch(int number, double trainLoss, double testAccuracy, double imagesPerSecond, double seconds) {}
