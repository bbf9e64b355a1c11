package lanewise.nn.data;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import lanewise.kernels.random.Philox;
import lanewise.nn.State;
import lanewise.nn.Stateful;

/**
 * Samples in batches. Each iteration is one epoch; when shuffled, seed and epoch alone decide the order.
 *
 * <p>
 * All batches are one object that is filled anew, so one iteration at a time may be in use.
 */
public final class DataLoader implements Iterable<Batch>, Stateful {

    // Keeps the streams of shuffling apart from those of a Generator with the same seed.
    private static final long SHUFFLE_STREAMS = 1L << 62;

    private final Dataset dataset;
    private final int batchSize;
    private final Batch batch;
    private final int[] order;
    private boolean shuffle;
    private long seed;
    private boolean dropLast;
    private int nextEpoch;
    private int firstBatch;
    private Epoch current;

    /**
     * A loader that keeps the order of the dataset.
     *
     * @param dataset the samples
     * @param batchSize samples per batch, at least 1
     */
    public DataLoader(Dataset dataset, int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("DataLoader: batchSize = " + batchSize + ", need batchSize >= 1");
        }
        this.dataset = dataset;
        this.batchSize = batchSize;
        this.batch = new Batch(batchSize, dataset.shape(), dataset.classes());
        this.order = new int[dataset.size()];
    }

    /**
     * Shuffles: each epoch has an order of its own.
     *
     * @param seed any number
     * @return this
     */
    public DataLoader shuffle(long seed) {
        this.shuffle = true;
        this.seed = seed;
        return this;
    }

    /**
     * Leaves out the samples that remain when an epoch does not divide into full batches; otherwise they make a smaller
     * batch.
     *
     * @return this
     */
    public DataLoader dropLast() {
        this.dropLast = true;
        return this;
    }

    /**
     * The number of batches in an epoch.
     *
     * @return the number
     */
    public int batches() {
        return (int) (((long) order.length + (dropLast ? 0 : batchSize - 1)) / batchSize);
    }

    /**
     * The epoch that the next iteration will be, counted from 0.
     *
     * @return the epoch
     */
    public int nextEpoch() {
        return nextEpoch;
    }

    /**
     * Sets which epoch the next iteration will be, to repeat one or to go on where another run stopped.
     *
     * @param epoch the epoch, at least 0
     * @return this
     */
    public DataLoader nextEpoch(int epoch) {
        if (epoch < 0) {
            throw new IllegalArgumentException("DataLoader: epoch = " + epoch + ", need epoch >= 0");
        }
        nextEpoch = epoch;
        firstBatch = 0;
        current = null;
        return this;
    }

    /**
     * Begins the next epoch; an iteration begun before ends.
     *
     * @return its batches
     */
    @Override
    public Iterator<Batch> iterator() {
        arrange(nextEpoch++);
        current = new Epoch(firstBatch, batches());
        firstBatch = 0;
        return current;
    }

    /**
     * The place in the epoch, after the batch that was given last, and what decides the order.
     *
     * @return the state
     */
    @Override
    public State state() {
        boolean within = current != null && current.hasNext();
        int epoch = within ? nextEpoch - 1 : nextEpoch;
        int batch = within ? current.next : firstBatch;
        return new State(Map.of(), Map.of("epoch", Integer.toString(epoch), "batch", Integer.toString(batch),
                "seed", Long.toString(seed)));
    }

    /** The next iteration then goes on in the middle of an epoch, where the other one was. */
    @Override
    public Runnable restoring(State state) {
        state.requireLike(state());
        int epoch = (int) Math.min(Integer.MAX_VALUE, state.wholeNumber("epoch", 0));
        long batch = state.wholeNumber("batch", 0);
        long newSeed = state.wholeNumber("seed", Long.MIN_VALUE);
        if (batch > batches()) {
            throw new IllegalArgumentException("batch is " + batch + ", need at most " + batches());
        }
        return () -> {
            nextEpoch(epoch);
            firstBatch = (int) batch;
            seed = newSeed;
        };
    }

    private void arrange(int epoch) {
        if (shuffle) {
            Philox.permutation(seed, SHUFFLE_STREAMS + epoch, order.length, order, 0);
        } else {
            for (int i = 0; i < order.length; i++) {
                order[i] = i;
            }
        }
    }

    private final class Epoch implements Iterator<Batch> {

        private final int batches;
        private int next;

        Epoch(int first, int batches) {
            next = first;
            this.batches = batches;
        }

        @Override
        public boolean hasNext() {
            return next < batches;
        }

        @Override
        public Batch next() {
            if (current != this) {
                throw new IllegalStateException("DataLoader: another epoch was begun; one at a time can be in use");
            }
            if (!hasNext()) {
                throw new NoSuchElementException("DataLoader: the epoch has only " + batches + " batches");
            }
            int from = next++ * batchSize;
            batch.fill(dataset, order, from, Math.min(batchSize, order.length - from));
            return batch;
        }
    }
}
