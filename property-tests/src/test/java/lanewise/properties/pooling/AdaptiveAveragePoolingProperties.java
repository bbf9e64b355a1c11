package lanewise.properties.pooling;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.pooling.AdaptiveAveragePooling;
import lanewise.kernels.pooling.AdaptivePoolingGeometry;
import lanewise.testing.Bounds;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.reference.AdaptiveAveragePoolingReference;
import lanewise.testing.reference.AveragePoolingReference;
import lanewise.testing.reference.PoolingWindows;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** Adaptive means and their gradients are within their bounds. */
class AdaptiveAveragePoolingProperties {

    private static final Workers WORKERS = Workers.of(2);

    @AfterContainer
    static void close() {
        WORKERS.close();
    }

    @Provide
    Arbitrary<Filling> fillings() {
        return Filling.moderate();
    }

    @Provide
    Arbitrary<int[]> sizes() {
        return Arbitraries.integers().between(1, 12).array(int[].class).ofSize(3);
    }

    @Property(tries = 300)
    void isWithinItsBound(@ForAll("sizes") int[] in,
            @ForAll("sizes") int[] out, @ForAll("fillings") Filling filling,
            @ForAll @IntRange(max = 9) int offset, @ForAll boolean accumulate) {
        AdaptivePoolingGeometry g = AdaptivePoolingGeometry.of3d(1, 2, in[0], in[1], in[2], out[0], out[1], out[2]);
        PoolingWindows windows = PoolingWindows.adaptive(in, out);
        int length = windows.planeLength();
        int outputs = windows.count();
        GuardedArray x = Planes.operand(g.imageLength(), offset, filling);
        GuardedArray y = Planes.result(g.outputLength(), offset / 2, filling, false);
        AdaptiveAveragePooling.forward(WORKERS, g, x.array(), x.offset(), y.array(), y.offset());
        GuardedArray dy = Planes.operand(g.outputLength(), offset, filling.operand(1));
        GuardedArray dx = Planes.result(g.imageLength(), offset, filling.operand(2), accumulate);
        GuardedArray before = dx.copy();
        AdaptiveAveragePooling.backward(WORKERS, g, dy.array(), dy.offset(), dx.array(), dx.offset(), accumulate);
        for (int plane = 0; plane < 2; plane++) {
            double[] image = Planes.exact(x, plane, length);
            double[] means = AdaptiveAveragePoolingReference.forward(in, out, image);
            for (int o = 0; o < outputs; o++) {
                Bounds.check("y[" + o + "]", means[o], AveragePoolingReference.bound(windows, false, image, o),
                        y.get(plane * outputs + o));
            }
            double[] gradients = Planes.exact(dy, plane, outputs);
            double[] exact = AveragePoolingReference.backward(windows, false, gradients);
            double[] magnitude = AveragePoolingReference.backward(windows, false,
                    Arrays.stream(gradients).map(Math::abs).toArray());
            double[] old = Planes.old(before, plane, length, accumulate);
            for (int i = 0; i < length; i++) {
                Bounds.check("dx[" + i + "]", exact[i] + old[i],
                        AveragePoolingReference.backwardBound(windows.over(i), exact[i], magnitude[i], old[i]),
                        dx.get(plane * length + i));
            }
        }
        y.checkSentinels("y");
        dx.checkSentinels("dx");
    }
}
