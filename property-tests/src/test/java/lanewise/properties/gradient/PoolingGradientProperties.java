package lanewise.properties.gradient;

import java.util.Arrays;
import java.util.stream.IntStream;
import lanewise.kernels.Window;
import lanewise.kernels.pooling.AdaptiveAveragePooling;
import lanewise.kernels.pooling.AdaptiveMaxPooling;
import lanewise.kernels.pooling.AdaptivePoolingGeometry;
import lanewise.kernels.pooling.AveragePooling;
import lanewise.kernels.pooling.LpPooling;
import lanewise.kernels.pooling.MaxPooling;
import lanewise.kernels.pooling.MaxUnpooling;
import lanewise.kernels.pooling.PoolingGeometry;
import lanewise.kernels.random.Philox;
import lanewise.testing.GradientCheck;
import lanewise.testing.arbitrary.PoolingCase;
import lanewise.testing.reference.AdaptiveAveragePoolingReference;
import lanewise.testing.reference.AdaptiveMaxPoolingReference;
import lanewise.testing.reference.AveragePoolingReference;
import lanewise.testing.reference.LpPoolingReference;
import lanewise.testing.reference.MaxPoolingReference;
import lanewise.testing.reference.MaxUnpoolingReference;
import lanewise.testing.reference.PoolingWindows;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The backward kernels of poolings compute the gradient of their forward kernels' references. */
class PoolingGradientProperties extends KernelGradients {

    @Property(tries = 50)
    void maxPooling(@ForAll("poolings") PoolingCase pooling, @ForAll long seed) {
        PoolingGeometry g = pooling.geometry();
        PoolingWindows windows = pooling.windows();
        GradientCheck.of(v -> weighted(v[1], MaxPoolingReference.forward(windows, v[0])), v -> {
            float[] y = new float[g.outputLength()];
            int[] argmax = new int[y.length];
            float[] dx = new float[g.imageLength()];
            MaxPooling.forward(workers, g, v[0], 0, y, 0, argmax, 0);
            MaxPooling.backward(workers, g, v[1], 0, argmax, 0, dx, 0, false);
            return new float[][]{dx, y};
        }).variable("x", g.imageLength()).variable("dy", g.outputLength()).seed(seed).assertCorrect();
    }

    @Property(tries = 50)
    void averagePooling(@ForAll("poolings") PoolingCase pooling, @ForAll boolean includePad, @ForAll long seed) {
        PoolingGeometry g = pooling.geometry();
        PoolingWindows windows = pooling.windows();
        GradientCheck.of(v -> weighted(v[1], IntStream.range(0, windows.count())
                .mapToDouble(o -> AveragePoolingReference.value(windows, includePad, v[0], o)).toArray()), v -> {
                    float[] y = new float[g.outputLength()];
                    float[] dx = new float[g.imageLength()];
                    AveragePooling.forward(workers, g, includePad, v[0], 0, y, 0);
                    AveragePooling.backward(workers, g, includePad, v[1], 0, dx, 0, false);
                    return new float[][]{dx, y};
                }).variable("x", g.imageLength()).variable("dy", g.outputLength()).seed(seed).assertCorrect();
    }

    @Property(tries = 50)
    void lpPooling(@ForAll("poolings") PoolingCase pooling, @ForAll boolean three, @ForAll long seed) {
        PoolingGeometry g = pooling.geometry();
        PoolingWindows windows = pooling.windows();
        float p = three ? 3 : 2;
        GradientCheck.of(v -> weighted(v[1], IntStream.range(0, windows.count())
                .mapToDouble(o -> LpPoolingReference.value(windows, p, v[0], o)).toArray()), v -> {
                    float[] y = new float[g.outputLength()];
                    float[] dx = new float[g.imageLength()];
                    LpPooling.forward(workers, g, p, v[0], 0, y, 0);
                    LpPooling.backward(workers, g, p, v[0], 0, y, 0, v[1], 0, dx, 0, false);
                    return new float[][]{dx, y};
                }).variable("x", g.imageLength()).variable("dy", g.outputLength()).seed(seed).assertCorrect();
    }

    @Property(tries = 50)
    void adaptivePooling(@ForAll @IntRange(min = 1, max = 5) int height, @ForAll @IntRange(min = 1, max = 5) int width,
            @ForAll @IntRange(min = 1, max = 4) int outHeight, @ForAll @IntRange(min = 1, max = 4) int outWidth,
            @ForAll long seed) {
        AdaptivePoolingGeometry g = AdaptivePoolingGeometry.of2d(1, 1, height, width, outHeight, outWidth);
        int[] in = {1, height, width};
        int[] out = {1, outHeight, outWidth};
        GradientCheck.of(v -> weighted(v[1], AdaptiveAveragePoolingReference.forward(in, out, v[0])), v -> {
            float[] y = new float[g.outputLength()];
            float[] dx = new float[g.imageLength()];
            AdaptiveAveragePooling.forward(workers, g, v[0], 0, y, 0);
            AdaptiveAveragePooling.backward(workers, g, v[1], 0, dx, 0, false);
            return new float[][]{dx, y};
        }).variable("x", g.imageLength()).variable("dy", g.outputLength()).seed(seed).assertCorrect();
        GradientCheck.of(v -> weighted(v[1], Arrays.stream(AdaptiveMaxPoolingReference.argmax(in, out, v[0]))
                .mapToDouble(i -> v[0][i]).toArray()), v -> {
                    float[] y = new float[g.outputLength()];
                    int[] argmax = new int[y.length];
                    float[] dx = new float[g.imageLength()];
                    AdaptiveMaxPooling.forward(workers, g, v[0], 0, y, 0, argmax, 0);
                    AdaptiveMaxPooling.backward(workers, g, v[1], 0, argmax, 0, dx, 0, false);
                    return new float[][]{dx, y};
                }).variable("x", g.imageLength()).variable("dy", g.outputLength()).seed(seed).assertCorrect();
    }

    /** Places as a pooling makes them, windows apart from each other: to which of two a shared place is given is another matter. */
    @Property(tries = 50)
    void maxUnpooling(@ForAll @IntRange(min = 1, max = 4) int height, @ForAll @IntRange(min = 1, max = 4) int width,
            @ForAll long seed) {
        PoolingGeometry g = PoolingGeometry.of2d(1, 1, 2 * height, 2 * width, 2, 2).stride(2);
        float[] image = new float[g.imageLength()];
        Philox.uniform(seed, 3, image.length, -1, 1, image, 0);
        int[] argmax = new int[g.outputLength()];
        MaxPooling.forward(workers, g, image, 0, new float[argmax.length], 0, argmax, 0);
        GradientCheck.of(v -> weighted(v[1], MaxUnpoolingReference.forward(image.length, argmax, v[0])), v -> {
            float[] y = new float[image.length];
            float[] dx = new float[argmax.length];
            MaxUnpooling.forward(workers, g, v[0], 0, argmax, 0, y, 0);
            MaxUnpooling.backward(workers, g, v[1], 0, argmax, 0, dx, 0, false);
            return new float[][]{dx, y};
        }).variable("x", argmax.length).variable("dy", image.length).seed(seed).assertCorrect();
    }

    /** One plane of few elements, each of which sees something of the image: no maximum is infinite. */
    @Provide
    Arbitrary<PoolingCase> poolings() {
        Arbitrary<Window> windows = Combinators.combine(Arbitraries.integers().between(1, 5),
                Arbitraries.integers().between(1, 3), Arbitraries.integers().between(1, 3),
                Arbitraries.integers().between(0, 1))
                .as((more, kernel, stride, pad) -> new Window(kernel + more, kernel,
                        stride, Math.min(pad, kernel - 1), Math.min(pad, kernel - 1), 1, false));
        return Combinators.combine(windows, windows, Arbitraries.of(false, true))
                .as((height, width, ceil) -> new PoolingCase(1, 1, 2, Window.NONE, height, width, ceil));
    }
}
