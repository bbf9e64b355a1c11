package lanewise.properties.gradient;

import java.util.function.Supplier;
import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Sequential;
import lanewise.nn.layer.BatchNorm1d;
import lanewise.nn.layer.BatchNorm2d;
import lanewise.nn.layer.CELU;
import lanewise.nn.layer.Conv2d;
import lanewise.nn.layer.ELU;
import lanewise.nn.layer.GELU;
import lanewise.nn.layer.GLU;
import lanewise.nn.layer.GroupNorm;
import lanewise.nn.layer.Hardsigmoid;
import lanewise.nn.layer.Hardswish;
import lanewise.nn.layer.InstanceNorm2d;
import lanewise.nn.layer.LayerNorm;
import lanewise.nn.layer.LeakyReLU;
import lanewise.nn.layer.Linear;
import lanewise.nn.layer.LocalResponseNorm;
import lanewise.nn.layer.LogSoftmax;
import lanewise.nn.layer.Mish;
import lanewise.nn.layer.RMSNorm;
import lanewise.nn.layer.ReLU6;
import lanewise.nn.layer.SELU;
import lanewise.nn.layer.SiLU;
import lanewise.nn.layer.Softmax;
import lanewise.nn.layer.Softplus;
import lanewise.nn.layer.Softsign;
import lanewise.nn.layer.Tanh;
import lanewise.testing.GradientCheck;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The gradients of activations, softmax and normalizing layers are the differences of their own results. */
class PointwiseGradientProperties {

    @Property(tries = 60)
    void activations(@ForAll("activations") Supplier<Module> layer, @ForAll @IntRange(min = 1, max = 4) int rows,
            @ForAll @IntRange(min = 1, max = 9) int cols, @ForAll long seed) {
        GradientCheck.of(layer.get()).input(rows, cols).seed(seed).assertCorrect();
    }

    @Property(tries = 40)
    void softmax(@ForAll @IntRange(min = 0, max = 2) int axis, @ForAll boolean log, @ForAll long seed) {
        GradientCheck.of(log ? new LogSoftmax(axis) : new Softmax(axis - 3)).input(3, 4, 2).seed(seed).assertCorrect();
    }

    @Property(tries = 25)
    void layerNorm(@ForAll @IntRange(min = 1, max = 4) int rows, @ForAll @IntRange(min = 2, max = 9) int cols,
            @ForAll long seed) {
        GradientCheck.of(new LayerNorm(0.1f, 2, cols)).input(rows, 2, cols).seed(seed).assertCorrect();
    }

    @Property(tries = 25)
    void batchNorm(@ForAll @IntRange(min = 2, max = 4) int batch, @ForAll @IntRange(min = 1, max = 3) int channels,
            @ForAll @IntRange(min = 1, max = 5) int width, @ForAll long seed) {
        GradientCheck.of(new BatchNorm2d(channels, 0.1f, 0.1f)).input(batch, channels, 2, width).seed(seed)
                .assertCorrect();
        GradientCheck.of(new BatchNorm1d(channels, 0.1f, 0.1f)).input(batch, channels).seed(seed).assertCorrect();
        Module evaluated = new BatchNorm2d(channels, 0.1f, 0.1f);
        evaluated.eval();
        GradientCheck.of(evaluated).input(batch, channels, 2, width).seed(seed).assertCorrect();
    }

    @Property(tries = 25)
    void groupsAndInstances(@ForAll @IntRange(min = 1, max = 3) int batch,
            @ForAll @IntRange(min = 2, max = 5) int width,
            @ForAll long seed) {
        GradientCheck.of(new GroupNorm(2, 4, 0.1f)).input(batch, 4, width).seed(seed).assertCorrect();
        GradientCheck.of(new InstanceNorm2d(3, 0.1f)).input(batch, 3, 2, width).seed(seed).assertCorrect();
    }

    /** A block as networks have them. */
    @Property(tries = 10)
    void aNormalizedConvolution(@ForAll long seed) {
        Generator random = new Generator(seed);
        Module net = new Sequential(new Conv2d(2, 3, 3, random).padding(1), new BatchNorm2d(3, 0.1f, 0.1f), new SiLU());
        GradientCheck.of(net).input(2, 2, 4, 4).seed(seed).assertCorrect();
        GradientCheck.of(new Sequential(new Linear(4, 5, random), new LayerNorm(0.1f, 5), new Tanh())).input(3, 4)
                .seed(seed).assertCorrect();
    }

    @Property(tries = 25)
    void rmsNorm(@ForAll @IntRange(min = 1, max = 4) int rows, @ForAll @IntRange(min = 1, max = 6) int cols,
            @ForAll long seed) {
        GradientCheck.of(new RMSNorm(0.1f, 2, cols)).input(rows, 2, cols).seed(seed).assertCorrect();
    }

    @Property(tries = 15)
    void localResponseNorm(@ForAll @IntRange(min = 1, max = 5) int channels,
            @ForAll @IntRange(min = 1, max = 5) int size,
            @ForAll long seed) {
        GradientCheck.of(new LocalResponseNorm(size, 0.5f, 0.75f, 1)).input(2, channels, 2, 3).seed(seed)
                .assertCorrect();
    }

    @Property(tries = 20)
    void gatedLinearUnit(@ForAll @IntRange(min = 1, max = 3) int rows, @ForAll @IntRange(min = 1, max = 4) int half,
            @ForAll long seed) {
        GradientCheck.of(new GLU()).input(rows, 2 * half).seed(seed).assertCorrect();
        GradientCheck.of(new GLU(0)).input(2 * half, rows).seed(seed).assertCorrect();
    }

    @Provide
    Arbitrary<Supplier<Module>> activations() {
        return Arbitraries.of(Tanh::new, SiLU::new, GELU::new, Softplus::new, LeakyReLU::new, ELU::new,
                () -> new LeakyReLU(0.3f), () -> new ELU(0.7f), Softsign::new, Hardsigmoid::new, Hardswish::new,
                ReLU6::new, GELU::tanh, Mish::new, SELU::new, CELU::new, () -> new CELU(0.5f));
    }
}
