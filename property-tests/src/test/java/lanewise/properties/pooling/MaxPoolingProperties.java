package lanewise.properties.pooling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.pooling.MaxPooling;
import lanewise.kernels.pooling.PoolingGeometry;
import lanewise.testing.Bounds;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.Filling.Kind;
import lanewise.testing.arbitrary.PoolingCase;
import lanewise.testing.arbitrary.Sizes;
import lanewise.testing.reference.MaxPoolingReference;
import lanewise.testing.reference.PoolingWindows;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** Max pooling is exact, its argmax is the first maximum, and its gradient goes there. */
class MaxPoolingProperties {

    private static final Workers WORKERS = Workers.of(2);

    @AfterContainer
    static void close() {
        WORKERS.close();
    }

    @Provide
    Arbitrary<PoolingCase> poolings() {
        return PoolingCase.any();
    }

    /** Integers bring ties, special values NaN and both infinities. */
    @Provide
    Arbitrary<Filling> fillings() {
        return Filling.of(Kind.ONES, Kind.INTEGERS, Kind.UNIT, Kind.FINITE, Kind.SPECIAL);
    }

    @Provide
    Arbitrary<Integer> offsets() {
        return Sizes.padding();
    }

    @Property(tries = 1000)
    void forwardIsExact(@ForAll("poolings") PoolingCase pooling, @ForAll("fillings") Filling filling,
            @ForAll("offsets") int offset) {
        PoolingGeometry g = pooling.geometry();
        PoolingWindows windows = pooling.windows();
        GuardedArray x = Planes.operand(g.imageLength(), offset, filling);
        GuardedArray before = x.copy();
        GuardedArray alone = Planes.result(g.outputLength(), offset / 3, filling, false);
        GuardedArray y = Planes.result(g.outputLength(), offset / 2, filling, false);
        int[] argmax = new int[offset + g.outputLength()];
        Arrays.fill(argmax, 0, offset, 77);
        MaxPooling.forward(WORKERS, g, x.array(), x.offset(), alone.array(), alone.offset());
        MaxPooling.forward(WORKERS, g, x.array(), x.offset(), y.array(), y.offset(), argmax, offset);
        for (int plane = 0; plane < g.n() * g.c(); plane++) {
            double[] image = Planes.exact(x, plane, windows.planeLength());
            double[] exact = MaxPoolingReference.forward(windows, image);
            for (int o = 0; o < exact.length; o++) {
                Bounds.check("y[" + o + "] of plane " + plane, exact[o], 0, y.get(plane * exact.length + o));
                Bounds.check("y[" + o + "] of plane " + plane + " without argmax", exact[o], 0,
                        alone.get(plane * exact.length + o));
            }
            assertArrayEquals(MaxPoolingReference.argmax(windows, image),
                    Planes.places(argmax, offset, plane, exact.length), "argmax of plane " + plane);
        }
        for (int i = 0; i < offset; i++) {
            assertArrayEquals(new int[]{77}, new int[]{argmax[i]}, "before argmax");
        }
        Planes.checkUntouched(y, before, x);
        Planes.checkUntouched(alone, before, x);
    }

    @Property(tries = 500)
    void backwardGoesToTheMaxima(@ForAll("poolings") PoolingCase pooling, @ForAll("fillings") Filling images,
            @ForAll("offsets") int offset, @ForAll long seed, @ForAll boolean accumulate) {
        PoolingGeometry g = pooling.geometry();
        PoolingWindows windows = pooling.windows();
        int outputs = windows.count();
        GuardedArray x = Planes.operand(g.imageLength(), 0, images);
        float[] y = new float[g.outputLength()];
        int[] argmax = new int[offset + g.outputLength()];
        MaxPooling.forward(WORKERS, g, x.array(), 0, y, 0, argmax, offset);
        GuardedArray dy = Planes.operand(g.outputLength(), offset, new Filling(Kind.MIXED_MAGNITUDE, seed));
        GuardedArray dyBefore = dy.copy();
        GuardedArray dx = Planes.result(g.imageLength(), offset / 2, new Filling(Kind.UNIT, seed), accumulate);
        GuardedArray before = dx.copy();
        MaxPooling.backward(WORKERS, g, dy.array(), dy.offset(), argmax, offset, dx.array(), dx.offset(), accumulate);
        for (int plane = 0; plane < g.n() * g.c(); plane++) {
            double[] exact = Planes.old(before, plane, windows.planeLength(), accumulate);
            double[] magnitudes = Arrays.stream(exact).map(Math::abs).toArray();
            MaxPoolingReference.backward(Planes.places(argmax, offset, plane, outputs),
                    Planes.exact(dy, plane, outputs), exact, magnitudes);
            for (int i = 0; i < exact.length; i++) {
                Bounds.check("dx[" + i + "] of plane " + plane, exact[i],
                        MaxPoolingReference.backwardBound(outputs, magnitudes[i]), dx.get(plane * exact.length + i));
            }
        }
        Planes.checkUntouched(dx, dyBefore, dy);
    }
}
