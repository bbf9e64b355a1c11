package lanewise.nn.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import lanewise.nn.Module;
import lanewise.nn.State;
import lanewise.nn.Stateful;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import lanewise.nn.data.Batch;
import lanewise.nn.data.DataLoader;
import lanewise.nn.io.Checkpoint;
import lanewise.nn.optim.Optimizer;
import lanewise.nn.optim.Scheduler;

/**
 * Trains a network over epochs, and tests it after each:
 *
 * {@snippet :
 * new Trainer(net, (step, output, batch) -> Losses.crossEntropy(output, batch.labels()), adam, loader)
 *         .test(testLoader, Metric.accuracy()).checkpoint(file, 1000).run(tape, 10, epoch -> System.out.println(epoch));
 * }
 */
public final class Trainer implements Stateful {

    private static final double NANO = 1e-9;

    private final Module network;
    private final BatchLoss loss;
    private final Optimizer optimizer;
    private final DataLoader train;
    private final Checkpoint checkpoint;
    private DataLoader test;
    private Metric metric;
    private Scheduler scheduler;
    private Path file;
    private long every;
    private volatile boolean stopped;

    // Where the training is: epochs that are complete, and what the one that is not has seen.
    private int epochs;
    private double lossSum;
    private long samples;
    private long steps;

    /**
     * A training that is ready to run.
     *
     * @param network from [batch, sample shape...] to what the loss takes
     * @param loss what to make small
     * @param optimizer of the network's parameters
     * @param train the batches of an epoch
     */
    public Trainer(Module network, BatchLoss loss, Optimizer optimizer, DataLoader train) {
        this.network = Objects.requireNonNull(network, "Trainer: network is null");
        this.loss = Objects.requireNonNull(loss, "Trainer: loss is null");
        this.optimizer = Objects.requireNonNull(optimizer, "Trainer: optimizer is null");
        this.train = Objects.requireNonNull(train, "Trainer: train is null");
        checkpoint = new Checkpoint().add("network", network).add("optimizer", optimizer).add("loader", train)
                .add("trainer", this);
    }

    /**
     * Tests after each epoch, in evaluation.
     *
     * @param batches what to test on, without shuffling
     * @param measure what to measure
     * @return this
     */
    public Trainer test(DataLoader batches, Metric measure) {
        test = Objects.requireNonNull(batches, "Trainer.test: batches is null");
        metric = Objects.requireNonNull(measure, "Trainer.test: measure is null");
        return this;
    }

    /**
     * Changes the learning rates after each epoch.
     *
     * @param perEpoch whose steps are epochs; kept in checkpoints
     * @return this
     */
    public Trainer schedule(Scheduler perEpoch) {
        scheduler = Objects.requireNonNull(perEpoch, "Trainer.schedule: perEpoch is null");
        return keep("scheduler", perEpoch);
    }

    /**
     * Writes checkpoints: every so many steps, after each epoch, and when the training is stopped. They hold the network, the
     * optimizer, the place in the epoch and what {@link #keep} names.
     *
     * @param to the file, which each one replaces
     * @param steps after how many steps; 0 for after each epoch only
     * @return this
     */
    public Trainer checkpoint(Path to, long steps) {
        if (steps < 0) {
            throw new IllegalArgumentException("Trainer.checkpoint: steps = " + steps + ", need steps >= 0");
        }
        file = Objects.requireNonNull(to, "Trainer.checkpoint: to is null");
        every = steps;
        return this;
    }

    /**
     * Keeps something else in the checkpoints, such as averaged weights or the random numbers of an augmentation.
     *
     * @param name its name in the file
     * @param part what to keep
     * @return this
     */
    public Trainer keep(String name, Stateful part) {
        checkpoint.add(name, part);
        return this;
    }

    /**
     * Goes on where a checkpoint was written; the next {@link #run} gives the bits of a training that was never interrupted.
     *
     * @param from a checkpoint of a trainer that was built in the same way
     * @throws IOException if the file cannot be read or does not fit; nothing is changed then
     */
    public void resume(Path from) throws IOException {
        checkpoint.load(from);
    }

    /**
     * How many epochs are complete.
     *
     * @return the number, those before a {@link #resume} included
     */
    public int epochs() {
        return epochs;
    }

    /**
     * Trains until so many epochs are complete, or until {@link #stop}.
     *
     * @param tape where the steps are recorded
     * @param untilEpoch how many epochs there are to be, those that are complete already included
     * @param listener is told how it goes
     * @return whether all epochs are complete: false after a stop
     * @throws IOException if a checkpoint cannot be written, or the listener cannot write what it wants to keep
     */
    public boolean run(Tape tape, int untilEpoch, TrainingListener listener) throws IOException {
        long start = System.nanoTime();
        while (epochs < untilEpoch && !stopped) {
            long epochStart = System.nanoTime();
            long before = samples;
            if (!trainEpoch(tape, listener)) {
                break;
            }
            double perSecond = (samples - before) / (NANO * (System.nanoTime() - epochStart));
            double meanLoss = lossSum / samples;
            if (scheduler != null) {
                scheduler.step();
            }
            epochs++;
            lossSum = 0;
            samples = 0;
            double score = score(tape);
            listener.ended(new Epoch(epochs, meanLoss, score, perSecond, NANO * (System.nanoTime() - start)));
            save();
        }
        return epochs >= untilEpoch;
    }

    /**
     * Ends {@link #run} after the step that it is taking, and has it write a checkpoint if there is a file for it. May be called by
     * any thread, for example by a shutdown hook, which then waits for {@link #run} to return. Interrupting the thread of
     * {@link #run} does the same.
     */
    public void stop() {
        stopped = true;
    }

    /** Trains to the end of an epoch, and says whether it got there. */
    private boolean trainEpoch(Tape tape, TrainingListener listener) throws IOException {
        network.train();
        var batches = train.iterator();
        while (batches.hasNext()) {
            Batch batch = batches.next();
            try (Step step = tape.step()) {
                Tensor value = loss.of(step, network.forward(batch.inputs(step)), batch);
                value.backward();
                optimizer.step();
                lossSum += (double) value.item() * batch.size();
            }
            samples += batch.size();
            steps++;
            listener.stepped(batch.size(), lossSum / samples);
            stopped |= Thread.currentThread().isInterrupted();
            if (stopped && batches.hasNext()) {
                save();
                return false;
            }
            if (every > 0 && steps % every == 0 && batches.hasNext()) {
                save();
            }
        }
        return true;
    }

    private double score(Tape tape) {
        if (test == null) {
            return Double.NaN;
        }
        network.eval();
        double sum = 0;
        long count = 0;
        for (Batch batch : test) {
            try (Step step = tape.inference()) {
                sum += metric.sum(network.forward(batch.inputs(step)), batch);
            }
            count += batch.size();
        }
        return sum / count;
    }

    private void save() throws IOException {
        if (file != null) {
            // An interrupt would close the file's channel: it has been taken notice of, and is raised again afterwards.
            boolean interrupted = Thread.interrupted();
            try {
                checkpoint.save(file);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** Where the training is; for checkpoints, which hold the network and the other parts too. */
    @Override
    public State state() {
        return new State(Map.of(), Map.of("epochs", Integer.toString(epochs), "loss_sum", Double.toString(lossSum),
                "samples", Long.toString(samples), "steps", Long.toString(steps)));
    }

    @Override
    public Runnable restoring(State state) {
        state.requireLike(state());
        int newEpochs = (int) Math.min(Integer.MAX_VALUE, state.wholeNumber("epochs", 0));
        double newLossSum = state.number("loss_sum");
        long newSamples = state.wholeNumber("samples", 0);
        long newSteps = state.wholeNumber("steps", 0);
        return () -> {
            epochs = newEpochs;
            lossSum = newLossSum;
            samples = newSamples;
            steps = newSteps;
        };
    }
}
