package lanewise.examples.training;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import lanewise.nn.Module;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import lanewise.nn.data.Batch;
import lanewise.nn.data.DataLoader;
import lanewise.nn.data.Dataset;
import lanewise.nn.optim.ParameterGroup;
import lanewise.nn.optim.SGD;

/** Trains a network that classifies, and tests it after each epoch. */
public final class ClassifierTraining {

    private static final int TEST_BATCH = 250;
    private static final double NANO = 1e-9;

    private final Module network;
    private final BatchLoss loss;
    private final SGD optimizer;
    private final Dataset train;
    private final DataLoader batches;
    private final DataLoader tests;
    private final Dataset test;
    private float decay = 1;

    /**
     * A training that is ready to run.
     *
     * @param network from [images, pixels] to [images, classes]; the class with the largest output is the answer
     * @param loss what to make small
     * @param optimizer of the network's parameters
     * @param train what to train on
     * @param test what to test on
     * @param batch images per step
     * @param seed decides about the order of the images in each epoch
     */
    public ClassifierTraining(Module network, BatchLoss loss, SGD optimizer, Dataset train, Dataset test,
            int batch, long seed) {
        this.network = network;
        this.loss = loss;
        this.optimizer = optimizer;
        this.train = train;
        this.test = test;
        this.batches = new DataLoader(train, batch).shuffle(seed);
        this.tests = new DataLoader(test, TEST_BATCH);
    }

    /**
     * Sets what the learning rates are multiplied by after each epoch.
     *
     * @param factor the factor, 1 at first
     * @return this
     */
    public ClassifierTraining decay(float factor) {
        decay = factor;
        return this;
    }

    /**
     * Trains.
     *
     * @param tape where the steps are recorded
     * @param epochs how often to go through all training images
     * @param listener is told how it goes
     * @throws IOException if the listener cannot write what it wants to keep
     * @throws CancellationException if this thread is interrupted
     */
    public void run(Tape tape, int epochs, TrainingListener listener) throws IOException {
        long start = System.nanoTime();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            long epochStart = System.nanoTime();
            double loss = trainEpoch(tape, listener);
            double imagesPerSecond = train.size() / (NANO * (System.nanoTime() - epochStart));
            for (ParameterGroup group : optimizer.groups()) {
                group.learningRate(group.learningRate() * decay);
            }
            double accuracy = testAccuracy(tape);
            listener.ended(new Epoch(epoch, loss, accuracy, imagesPerSecond, NANO * (System.nanoTime() - start)));
        }
    }

    private double trainEpoch(Tape tape, TrainingListener listener) {
        double lossSum = 0;
        int images = 0;
        for (Batch batch : batches) {
            try (Step step = tape.step()) {
                Tensor value = loss.of(step, network.forward(images(step, batch, train)), batch);
                value.backward();
                optimizer.step();
                lossSum += (double) value.item() * batch.size();
            }
            images += batch.size();
            listener.stepped(batch.size(), lossSum / images);
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("training was interrupted");
            }
        }
        return lossSum / images;
    }

    private double testAccuracy(Tape tape) {
        int[] answers = new int[TEST_BATCH];
        int correct = 0;
        for (Batch batch : tests) {
            try (Step step = tape.inference()) {
                network.forward(images(step, batch, test)).argMaxRows(answers, 0);
            }
            for (int i = 0; i < batch.size(); i++) {
                correct += answers[i] == batch.labels()[i] ? 1 : 0;
            }
        }
        return (double) correct / test.size();
    }

    private static Tensor images(Step step, Batch batch, Dataset of) {
        return step.tensor(batch.images(), batch.size(), of.shape().size());
    }
}
