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
     * Uniform in [-b, b) with b = sqrt(6 / (inputs + outputs)): keeps the variance of values and of gradients, for sigmoid and
     * tanh (Glorot and Bengio 2010; PyTorch's {@code xavier_uniform_}). For weights [outputs, inputs, ...]; further axes count
     * for both.
     *
     * @return the initializer
     */
    static Init xavierUniform() {
        return (tensor, random) -> {
            Fans fans = Fans.of("xavierUniform", tensor.shape());
            float bound = (float) Math.sqrt(6.0 / (fans.in() + fans.out()));
            random.uniform(tensor, -bound, bound);
        };
    }

    /**
     * Normally distributed with variance 2 / (inputs + outputs) (Glorot and Bengio 2010; PyTorch's {@code xavier_normal_}). For
     * weights [outputs, inputs, ...].
     *
     * @return the initializer
     */
    static Init xavierNormal() {
        return (tensor, random) -> {
            Fans fans = Fans.of("xavierNormal", tensor.shape());
            random.normal(tensor, 0, (float) Math.sqrt(2.0 / (fans.in() + fans.out())));
        };
    }

    /**
     * Uniform in [-b, b) with b = sqrt(6 / inputs): keeps the variance of values through rectifiers (He, Zhang, Ren and Sun
     * 2015; PyTorch's {@code kaiming_uniform_} with {@code nonlinearity="relu"}). For weights [outputs, inputs, ...].
     *
     * @return the initializer
     */
    static Init heUniform() {
        return (tensor, random) -> {
            float bound = (float) Math.sqrt(6.0 / Fans.of("heUniform", tensor.shape()).in());
            random.uniform(tensor, -bound, bound);
        };
    }

    /**
     * Normally distributed with variance 2 / inputs (He, Zhang, Ren and Sun 2015; PyTorch's {@code kaiming_normal_} with
     * {@code nonlinearity="relu"}). For weights [outputs, inputs, ...].
     *
     * @return the initializer
     */
    static Init heNormal() {
        return (tensor, random) -> random.normal(tensor, 0,
                (float) Math.sqrt(2.0 / Fans.of("heNormal", tensor.shape()).in()));
    }

    /**
     * A random matrix whose rows, or columns if they are fewer, are orthogonal and of length gain (Saxe, McClelland and Ganguli
     * 2013; PyTorch's {@code orthogonal_}). Axes after the first count as one. Computed in double precision by Gram and Schmidt's
     * method, twice.
     *
     * @param gain the length
     * @return the initializer
     */
    static Init orthogonal(float gain) {
        return (tensor, random) -> Orthogonal.fill(tensor, random, gain);
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
