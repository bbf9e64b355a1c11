package lanewise.nn.data;

import java.util.PriorityQueue;

/**
 * Shuffled samples of which each batch comes again when it would be forgotten, after the forgetting curve of Ebbinghaus (1885):
 * of what was learned exp(-t / s) is left after t further batches. When less than a threshold is left, the batch is reviewed, and
 * its stability s grows. So reviews come after distances that grow by the same factor; an epoch ends when each batch has had all its
 * reviews.
 */
public final class ReviewSampler implements Sampler {

    private record Review(double due, int batch, double stability, int number) implements Comparable<Review> {
        @Override
        public int compareTo(Review other) {
            int byTime = Double.compare(due, other.due);
            return byTime != 0 ? byTime : Integer.compare(batch, other.batch);
        }
    }

    private final Sampler shuffled;
    private final int batchSize;
    private final int reviews;
    private final double stability;
    private final double growth;
    private final double threshold;

    /**
     * A sampler.
     *
     * @param seed decides about the shuffling
     * @param batchSize samples that stay together, as many as the loader's
     * @param reviews how often each batch is reviewed in an epoch, not negative
     * @param stability s after the first time, in batches; positive
     * @param growth what s is multiplied by at each review, at least 1
     * @param threshold how much may be left at the time of a review, in (0, 1)
     */
    public ReviewSampler(long seed, int batchSize, int reviews, double stability, double growth, double threshold) {
        require(batchSize >= 1, "batchSize = " + batchSize + ", need batchSize >= 1");
        require(reviews >= 0, "reviews = " + reviews + ", need reviews >= 0");
        require(stability > 0 && stability <= Double.MAX_VALUE, "stability = " + stability + ", need stability > 0");
        require(growth >= 1 && growth <= Double.MAX_VALUE, "growth = " + growth + ", need growth >= 1");
        require(threshold > 0 && threshold < 1, "threshold = " + threshold + ", need 0 < threshold < 1");
        shuffled = Sampler.shuffled(seed);
        this.batchSize = batchSize;
        this.reviews = reviews;
        this.stability = stability;
        this.growth = growth;
        this.threshold = threshold;
    }

    @Override
    public int count(int samples) {
        return Math.multiplyExact(samples, 1 + reviews);
    }

    /** Only whole batches come again; samples that remain without a whole batch come at the end, as often as the others. */
    @Override
    public void arrange(int epoch, int samples, int[] order) {
        int[] first = new int[samples];
        shuffled.arrange(epoch, samples, first);
        int batches = samples / batchSize;
        PriorityQueue<Review> waiting = new PriorityQueue<>();
        int shown = 0;
        int next = 0;
        while (next < batches || !waiting.isEmpty()) {
            boolean due = !waiting.isEmpty() && (next == batches || waiting.peek().due <= shown);
            Review now = due ? waiting.poll() : new Review(shown, next++, stability, 0);
            System.arraycopy(first, now.batch * batchSize, order, shown * batchSize, batchSize);
            shown++;
            if (now.number < reviews) {
                waiting.add(
                        new Review(shown - now.stability * StrictMath.log(threshold), now.batch, now.stability * growth,
                                now.number + 1));
            }
        }
        int rest = samples - batches * batchSize;
        for (int time = 0; time <= reviews; time++) {
            System.arraycopy(first, samples - rest, order, shown * batchSize + time * rest, rest);
        }
    }

    private static void require(boolean right, String problem) {
        if (!right) {
            throw new IllegalArgumentException("ReviewSampler: " + problem);
        }
    }
}
