package lanewise.nn.init;

import java.util.Arrays;
import lanewise.nn.Generator;
import lanewise.nn.Tensor;

/** Fills a tensor before training. */
@FunctionalInterface
public interface Init {

    /**
     * Fills a tensor.
     *
     * @param tensor the tensor
     * @param random where random numbers come from
     */
    void fill(Tensor tensor, Generator random);

    /**
     * Normally distributed numbers.
     *
     * @param mean their mean
     * @param std their standard deviation
     * @return the initializer
     */
    static Init normal(float mean, float std) {
        return (tensor, random) -> random.normal(tensor, mean, std);
    }

    /**
     * Normally distributed numbers of mean 0 and standard deviation 1 / sqrt(inputs), for weights [outputs, inputs...]:
     * the sum of a unit's inputs then has a standard deviation of about 1, however many there are (M. Nielsen, Neural
     * Networks and Deep Learning, ch. 3).
     *
     * @return the initializer
     */
    static Init scaledNormal() {
        return (tensor, random) -> {
            if (tensor.shape().rank() < 2 || tensor.size() == 0) {
                throw new IllegalArgumentException(
                        "scaledNormal: tensor is " + tensor.shape() + ", need [outputs, inputs...]");
            }
            int inputs = tensor.size() / tensor.shape().size(0);
            random.normal(tensor, 0, (float) (1 / Math.sqrt(inputs)));
        };
    }

    /**
     * Numbers uniform in [low, high).
     *
     * @param low least
     * @param high above the largest
     * @return the initializer
     */
    static Init uniform(float low, float high) {
        return (tensor, random) -> random.uniform(tensor, low, high);
    }

    /**
     * Numbers uniform in [-1 / sqrt(inputs), 1 / sqrt(inputs)): how PyTorch fills weights and biases of linear and
     * convolutional layers, there called kaiming_uniform with a = sqrt(5).
     *
     * @param inputs how many numbers a unit sums up, at least 1
     * @return the initializer
     */
    static Init uniformByInputs(int inputs) {
        float bound = (float) (1 / Math.sqrt(inputs));
        return uniform(-bound, bound);
    }

    /**
     * The same number everywhere.
     *
     * @param value the number
     * @return the initializer
     */
    static Init constant(float value) {
        return (tensor, random) -> Arrays.fill(tensor.data(), tensor.offset(), tensor.offset() + tensor.size(), value);
    }
}
