package lanewise.nn.data;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import lanewise.nn.State;
import lanewise.nn.Stateful;

/**
 * Samples in batches. Each iteration is one epoch; a {@link Sampler} decides the order.
 *
 * <p>
 * All batches are one object that is filled anew (two, by turns, with {@link #prefetch}), so one iteration at a time may be in
 * use, and a batch until the next is asked for.
 */
public final class DataLoader implements Iterable<Batch>, Stateful {

    private final Dataset dataset;
    private final int batchSize;
    private final Batch batch;
    private Sampler sampler = Sampler.inOrder();
    private int[] order;
    private boolean dropLast;
    private boolean prefetch;
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
        this.batch = newBatch();
        this.order = new int[dataset.size()];
    }

    /**
     * Shuffles: each epoch has an order of its own, which the seed and its number decide.
     *
     * @param seed any number
     * @return this
     */
    public DataLoader shuffle(long seed) {
        return sampler(Sampler.shuffled(seed));
    }

    /**
     * Sets in which order samples come, and how often.
     *
     * @param decides the sampler
     * @return this
     */
    public DataLoader sampler(Sampler decides) {
        order = new int[decides.count(dataset.size())];
        sampler = decides;
        return this;
    }

    /**
     * Fills the next batch on a thread of its own while the caller uses the last one; which pays where samples are augmented. The
     * thread begins and ends with an epoch, and changes no bit.
     *
     * @return this
     */
    public DataLoader prefetch() {
        prefetch = true;
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
        if (current != null) {
            current.end();
            current = null;
        }
        return this;
    }

    /**
     * Begins the next epoch; an iteration begun before ends.
     *
     * @return its batches
     */
    @Override
    public Iterator<Batch> iterator() {
        if (current != null) {
            current.end();
        }
        int epoch = nextEpoch++;
        dataset.beginEpoch(epoch);
        sampler.arrange(epoch, dataset.size(), order);
        current = new Epoch(firstBatch, batches());
        firstBatch = 0;
        return current;
    }

    /**
     * The place in the epoch, after the batch that was given last.
     *
     * @return the state
     */
    @Override
    public State state() {
        boolean within = current != null && current.hasNext();
        int epoch = within ? nextEpoch - 1 : nextEpoch;
        int batch = within ? current.next : firstBatch;
        return new State(Map.of(), Map.of("epoch", Integer.toString(epoch), "batch", Integer.toString(batch)));
    }

    /** The next iteration then goes on in the middle of an epoch, where the other one was. */
    @Override
    public Runnable restoring(State state) {
        state.requireLike(state());
        int epoch = (int) Math.min(Integer.MAX_VALUE, state.wholeNumber("epoch", 0));
        long batch = state.wholeNumber("batch", 0);
        if (batch > batches()) {
            throw new IllegalArgumentException("batch is " + batch + ", need at most " + batches());
        }
        return () -> {
            nextEpoch(epoch);
            firstBatch = (int) batch;
        };
    }

    private Batch newBatch() {
        return new Batch(batchSize, dataset.shape(), dataset.classes());
    }

    private void fill(Batch target, int number) {
        int from = number * batchSize;
        target.fill(dataset, order, from, Math.min(batchSize, order.length - from));
    }

    private final class Epoch implements Iterator<Batch> {

        private final int batches;
        private final BatchFeeder feeder;
        private int next;

        Epoch(int first, int batches) {
            next = first;
            this.batches = batches;
            feeder = prefetch ? new BatchFeeder(first, batches, DataLoader.this::fill, batch, newBatch()) : null;
        }

        /** Lets go of the thread. */
        void end() {
            if (feeder != null) {
                feeder.end();
            }
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
            int number = next++;
            if (feeder != null) {
                return feeder.next();
            }
            fill(batch, number);
            return batch;
        }
    }
}
