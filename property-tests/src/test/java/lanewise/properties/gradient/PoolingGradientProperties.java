package lanewise.properties.gradient;

import java.util.stream.IntStream;
import lanewise.kernels.Window;
import lanewise.kernels.Workers;
import lanewise.kernels.pooling.AveragePooling;
import lanewise.kernels.pooling.LpPooling;
import lanewise.kernels.pooling.MaxPooling;
import lanewise.kernels.pooling.PoolingGeometry;
import lanewise.testing.GradientCheck;
import lanewise.testing.arbitrary.PoolingCase;
import lanewise.testing.reference.AveragePoolingReference;
import lanewise.testing.reference.LpPoolingReference;
import lanewise.testing.reference.MaxPoolingReference;
import lanewise.testing.reference.PoolingWindows;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The backward kernels of poolings compute the gradient of their forward kernels' references. */
class PoolingGradientProperties {

    private static Workers workers;

    @BeforeContainer
    static void open() {
        workers = Workers.of(2);
    }

    @AfterContainer
    static void close() {
        workers.close();
    }

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

    private static double weighted(double[] weights, double[] values) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] * values[i];
        }
        return sum;
    }
}
