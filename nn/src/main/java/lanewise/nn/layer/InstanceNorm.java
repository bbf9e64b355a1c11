package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;

/** What {@link InstanceNorm1d} and {@link InstanceNorm2d} share: all but the shape of their input. */
abstract class InstanceNorm extends Module {

    private static final float EPSILON = 1e-5f;

    private final String name = getClass().getSimpleName();
    private final int channels;
    private final GroupStatistics instances;

    InstanceNorm(int channels) {
        this(channels, EPSILON);
    }

    InstanceNorm(int channels, float epsilon) {
        if (channels < 1) {
            throw new IllegalArgumentException(name + ": channels = " + channels + ", need channels >= 1");
        }
        this.channels = channels;
        instances = new GroupStatistics(channels, epsilon);
    }

    abstract int rank();

    abstract String need();

    @Override
    public final Tensor forward(Tensor x) {
        if (x.shape().rank() != rank() || x.shape().size(1) != channels) {
            throw new IllegalArgumentException(name + ": x is " + x.shape() + ", need " + need().formatted(channels));
        }
        return instances.normalize(x);
    }
}
