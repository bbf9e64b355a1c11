package lanewise.examples.systems;

import java.util.ArrayList;
import java.util.List;
import lanewise.kernels.Workers;
import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Parameter;
import lanewise.nn.Sequential;
import lanewise.nn.Step;
import lanewise.nn.Tensor;
import lanewise.nn.data.Batch;
import lanewise.nn.init.Init;
import lanewise.nn.layer.Linear;
import lanewise.nn.layer.Sigmoid;
import lanewise.nn.loss.Losses;
import lanewise.nn.optim.ParameterGroup;
import lanewise.nn.optim.SGD;

/**
 * The first network of Nielsen's book: 784 pixels, 30 hidden sigmoid neurons, 10 outputs, the largest of which is the
 * answer.
 *
 * <p>
 * Chapter 1 trains it on MNIST with the quadratic cost and weights and biases from N(0, 1), and reports 95.42 %. Chapter 3
 * improves it: the cross-entropy cost, L2 regularization (lambda), and weights from N(0, 1/√inputs), with which the book's
 * curve begins at 92.7 % and ends at 96.5 %.
 *
 * <p>
 * Source: M. A. Nielsen, Neural Networks and Deep Learning, Determination Press, 2015.
 */
public final class Mlp {

    /** What the training makes small. */
    public enum Cost {
        /** Half the squared distance to the target (chapter 1). */
        QUADRATIC("quadratic"),
        /** The cross-entropy of each output neuron (chapter 3). */
        CROSS_ENTROPY("cross-entropy");

        private final String word;

        Cost(String word) {
            this.word = word;
        }

        /**
         * The loss of a batch.
         *
         * @param step the step that computes it
         * @param output what {@link Mlp#network} puts out
         * @param batch the images and what the network should have put out
         * @return the mean over the batch
         */
        public Tensor loss(Step step, Tensor output, Batch batch) {
            Tensor target = step.tensor(batch.targets(), batch.size(), DIGITS);
            return switch (this) {
                case QUADRATIC -> Losses.quadratic(output, target);
                case CROSS_ENTROPY -> Losses.binaryCrossEntropyWithLogits(output, target);
            };
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** From which distribution the weights start; biases start from N(0, 1). */
    public enum Start {
        /** N(0, 1) (chapter 1). */
        NORMAL("normal"),
        /** N(0, 1/√inputs), so that neurons do not saturate at once (chapter 3). */
        SCALED("scaled");

        private final String word;

        Start(String word) {
            this.word = word;
        }

        Init weights() {
            return switch (this) {
                case NORMAL -> Init.normal(0, 1);
                case SCALED -> Init.scaledNormal();
            };
        }

        @Override
        public String toString() {
            return word;
        }
    }

    private static final int PIXELS = 28 * 28;
    private static final int HIDDEN = 30;
    private static final int DIGITS = 10;

    private Mlp() {}

    /**
     * What the list of systems says about it.
     *
     * @return its name, source and size
     */
    public static LiteratureSystem system() {
        return LiteratureSystem.of("mlp", "[784, 30, 10] sigmoid network for handwritten digits",
                "M. A. Nielsen, Neural Networks and Deep Learning (2015), chapters 1 and 3",
                network(Cost.QUADRATIC, Start.NORMAL, 0));
    }

    /**
     * The network. With the cross-entropy cost it puts out logits, for that cost holds the last sigmoid; the order of the
     * outputs is the same.
     *
     * @param cost what it will be trained with
     * @param start where its weights start
     * @param seed decides about the numbers that they start with
     * @return the network
     */
    public static Module network(Cost cost, Start start, long seed) {
        Generator random = new Generator(seed);
        Init biases = Init.normal(0, 1);
        Linear hidden = new Linear(PIXELS, HIDDEN, random, start.weights(), biases);
        Linear output = new Linear(HIDDEN, DIGITS, random, start.weights(), biases);
        return switch (cost) {
            case QUADRATIC -> new Sequential(hidden, new Sigmoid(), output, new Sigmoid());
            case CROSS_ENTROPY -> new Sequential(hidden, new Sigmoid(), output);
        };
    }

    /**
     * The learning rate that the book uses (its eta).
     *
     * @param cost the cost
     * @param start where the weights start
     * @return the rate
     */
    public static float learningRate(Cost cost, Start start) {
        return switch (cost) {
            case QUADRATIC -> 3.0f;
            case CROSS_ENTROPY -> start == Start.SCALED ? 0.1f : 0.5f;
        };
    }

    /**
     * Stochastic gradient descent with the book's regularization: each step shrinks the weights, not the biases, by
     * learningRate · lambda / images.
     *
     * @param workers the team that computes
     * @param network the network
     * @param learningRate the book's eta
     * @param lambda strength of the regularization; 0 is none
     * @param images number of training images
     * @return the optimizer
     */
    public static SGD optimizer(Workers workers, Module network, float learningRate, float lambda, int images) {
        List<Parameter> weights = new ArrayList<>();
        List<Parameter> biases = new ArrayList<>();
        network.namedParameters()
                .forEach((name, parameter) -> (name.endsWith("weight") ? weights : biases).add(parameter));
        return new SGD(workers, new ParameterGroup(weights, learningRate, lambda / images),
                new ParameterGroup(biases, learningRate, 0));
    }
}
