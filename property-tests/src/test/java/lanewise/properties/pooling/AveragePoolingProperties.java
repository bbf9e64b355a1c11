package lanewise.properties.pooling;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.pooling.AveragePooling;
import lanewise.kernels.pooling.PoolingGeometry;
import lanewise.testing.Bounds;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.PoolingCase;
import lanewise.testing.arbitrary.Sizes;
import lanewise.testing.reference.AveragePoolingReference;
import lanewise.testing.reference.PoolingWindows;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Means and their gradients are within their bounds. */
class AveragePoolingProperties {

    private static final Workers WORKERS = Workers.of(2);

    @AfterContainer
    static void close() {
        WORKERS.close();
    }

    @Provide
    Arbitrary<PoolingCase> poolings() {
        return PoolingCase.any();
    }

    @Provide
    Arbitrary<Filling> fillings() {
        return Filling.moderate();
    }

    @Provide
    Arbitrary<Integer> offsets() {
        return Sizes.padding();
    }

    @Property(tries = 1000)
    void forwardIsWithinItsBound(@ForAll("poolings") PoolingCase pooling, @ForAll("fillings") Filling filling,
            @ForAll("offsets") int offset, @ForAll boolean includePad) {
        PoolingGeometry g = pooling.geometry();
        PoolingWindows windows = pooling.windows();
        GuardedArray x = Planes.operand(g.imageLength(), offset, filling);
        GuardedArray before = x.copy();
        GuardedArray y = Planes.result(g.outputLength(), offset / 2, filling, false);
        AveragePooling.forward(WORKERS, g, includePad, x.array(), x.offset(), y.array(), y.offset());
        for (int plane = 0; plane < g.n() * g.c(); plane++) {
            double[] image = Planes.exact(x, plane, windows.planeLength());
            for (int o = 0; o < windows.count(); o++) {
                Bounds.check("y[" + o + "] of plane " + plane,
                        AveragePoolingReference.value(windows, includePad, image, o),
                        AveragePoolingReference.bound(windows, includePad, image, o),
                        y.get(plane * windows.count() + o));
            }
        }
        Planes.checkUntouched(y, before, x);
    }

    @Property(tries = 1000)
    void backwardIsWithinItsBound(@ForAll("poolings") PoolingCase pooling, @ForAll("fillings") Filling filling,
            @ForAll("offsets") int offset, @ForAll boolean includePad, @ForAll boolean accumulate) {
        PoolingGeometry g = pooling.geometry();
        PoolingWindows windows = pooling.windows();
        GuardedArray dy = Planes.operand(g.outputLength(), offset, filling);
        GuardedArray dyBefore = dy.copy();
        GuardedArray dx = Planes.result(g.imageLength(), offset / 2, filling.operand(1), accumulate);
        GuardedArray before = dx.copy();
        AveragePooling.backward(WORKERS, g, includePad, dy.array(), dy.offset(), dx.array(), dx.offset(), accumulate);
        for (int plane = 0; plane < g.n() * g.c(); plane++) {
            double[] gradients = Planes.exact(dy, plane, windows.count());
            double[] exact = AveragePoolingReference.backward(windows, includePad, gradients);
            double[] magnitude = AveragePoolingReference.backward(windows, includePad,
                    Arrays.stream(gradients).map(Math::abs).toArray());
            double[] old = Planes.old(before, plane, windows.planeLength(), accumulate);
            for (int i = 0; i < exact.length; i++) {
                Bounds.check("dx[" + i + "] of plane " + plane, exact[i] + old[i],
                        AveragePoolingReference.backwardBound(windows.over(i), exact[i], magnitude[i], old[i]),
                        dx.get(plane * exact.length + i));
            }
        }
        Planes.checkUntouched(dx, dyBefore, dy);
    }
}
