package lanewise.nn.layer;

import java.util.Arrays;
import lanewise.nn.Module;
import lanewise.nn.Parameter;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.BatchInferenceOperation;
import lanewise.nn.autograd.NormalizationOperation;

/** What {@link BatchNorm1d} and {@link BatchNorm2d} share: all but the shape of their input. */
abstract class ChannelNorm extends Module {

    private static final float EPSILON = 1e-5f;
    private static final float MOMENTUM = 0.1f;

    private final String name = getClass().getSimpleName();
    private final int channels;
    private final Parameter weight;
    private final Parameter bias;
    private final Tensor runningMean;
    private final Tensor runningVariance;
    private final float momentum;
    private final float epsilon;

    ChannelNorm(int channels) {
        this(channels, MOMENTUM, EPSILON);
    }

    ChannelNorm(int channels, float momentum, float epsilon) {
        if (channels < 1) {
            throw new IllegalArgumentException(name + ": channels = " + channels + ", need channels >= 1");
        }
        this.channels = channels;
        this.momentum = momentum;
        this.epsilon = epsilon;
        weight = register("weight", new Parameter(Shape.of(channels)));
        bias = register("bias", new Parameter(Shape.of(channels)));
        runningMean = registerBuffer("running_mean", Shape.of(channels));
        runningVariance = registerBuffer("running_var", Shape.of(channels));
        Arrays.fill(weight.data(), 1);
        Arrays.fill(runningVariance.data(), 1);
    }

    abstract boolean accepts(int rank);

    abstract String need();

    @Override
    public final Tensor forward(Tensor x) {
        Shape shape = x.shape();
        if (!accepts(shape.rank()) || shape.size(1) != channels) {
            throw new IllegalArgumentException(
                    name + ": x is " + shape + ", need " + need().formatted(channels));
        }
        return training()
                ? NormalizationOperation.batch(x, weight, bias, runningMean, runningVariance, momentum, epsilon)
                : BatchInferenceOperation.apply(x, weight, bias, runningMean, runningVariance, epsilon);
    }
}
