package lanewise.properties.pooling;

import lanewise.kernels.Workers;
import lanewise.kernels.pooling.LpPooling;
import lanewise.kernels.pooling.PoolingGeometry;
import lanewise.testing.Bounds;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.PoolingCase;
import lanewise.testing.arbitrary.Sizes;
import lanewise.testing.reference.LpPoolingReference;
import lanewise.testing.reference.PoolingWindows;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Norms and their gradients are within their bounds. */
class LpPoolingProperties {

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
    Arbitrary<Float> powers() {
        return Arbitraries.of(2f, 1f, 3f, 1.5f);
    }

    @Provide
    Arbitrary<Integer> offsets() {
        return Sizes.padding();
    }

    @Property(tries = 500)
    void forwardIsWithinItsBound(@ForAll("poolings") PoolingCase pooling, @ForAll("fillings") Filling filling,
            @ForAll("offsets") int offset, @ForAll("powers") float p) {
        PoolingGeometry g = pooling.geometry();
        PoolingWindows windows = pooling.windows();
        GuardedArray x = Planes.operand(g.imageLength(), offset, filling);
        GuardedArray before = x.copy();
        GuardedArray y = Planes.result(g.outputLength(), offset / 2, filling, false);
        LpPooling.forward(WORKERS, g, p, x.array(), x.offset(), y.array(), y.offset());
        for (int plane = 0; plane < g.n() * g.c(); plane++) {
            double[] image = Planes.exact(x, plane, windows.planeLength());
            for (int o = 0; o < windows.count(); o++) {
                double norm = LpPoolingReference.value(windows, p, image, o);
                Bounds.check("y[" + o + "] of plane " + plane, norm,
                        LpPoolingReference.bound(p, windows.places(o).length, norm),
                        y.get(plane * windows.count() + o));
            }
        }
        Planes.checkUntouched(y, before, x);
    }

    @Property(tries = 500)
    void backwardIsWithinItsBound(@ForAll("poolings") PoolingCase pooling, @ForAll("fillings") Filling filling,
            @ForAll("offsets") int offset, @ForAll("powers") float p, @ForAll boolean accumulate) {
        PoolingGeometry g = pooling.geometry();
        PoolingWindows windows = pooling.windows();
        GuardedArray x = Planes.operand(g.imageLength(), offset / 3, filling.operand(2));
        GuardedArray y = Planes.result(g.outputLength(), offset, filling, false);
        LpPooling.forward(WORKERS, g, p, x.array(), x.offset(), y.array(), y.offset());
        GuardedArray dy = Planes.operand(g.outputLength(), offset, filling);
        GuardedArray dyBefore = dy.copy();
        GuardedArray dx = Planes.result(g.imageLength(), offset / 2, filling.operand(1), accumulate);
        GuardedArray before = dx.copy();
        LpPooling.backward(WORKERS, g, p, x.array(), x.offset(), y.array(), y.offset(), dy.array(), dy.offset(),
                dx.array(), dx.offset(), accumulate);
        for (int plane = 0; plane < g.n() * g.c(); plane++) {
            double[] magnitude = new double[windows.planeLength()];
            double[] exact = LpPoolingReference.backward(windows, p, Planes.exact(x, plane, windows.planeLength()),
                    Planes.exact(y, plane, windows.count()), Planes.exact(dy, plane, windows.count()), magnitude);
            double[] old = Planes.old(before, plane, windows.planeLength(), accumulate);
            for (int i = 0; i < exact.length; i++) {
                Bounds.check("dx[" + i + "] of plane " + plane, exact[i] + old[i],
                        LpPoolingReference.backwardBound(p, windows.over(i), exact[i], magnitude[i], old[i]),
                        dx.get(plane * exact.length + i));
            }
        }
        Planes.checkUntouched(dx, dyBefore, dy);
    }
}
