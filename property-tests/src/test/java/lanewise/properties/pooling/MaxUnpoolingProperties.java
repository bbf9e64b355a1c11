package lanewise.properties.pooling;

import lanewise.kernels.Workers;
import lanewise.kernels.pooling.MaxPooling;
import lanewise.kernels.pooling.MaxUnpooling;
import lanewise.kernels.pooling.PoolingGeometry;
import lanewise.testing.Bounds;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.Filling.Kind;
import lanewise.testing.arbitrary.PoolingCase;
import lanewise.testing.reference.MaxUnpoolingReference;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** Unpooling after pooling puts every maximum back, and its gradient comes from there. */
class MaxUnpoolingProperties {

    private static final Workers WORKERS = Workers.of(2);

    @AfterContainer
    static void close() {
        WORKERS.close();
    }

    @Provide
    Arbitrary<PoolingCase> poolings() {
        return PoolingCase.any();
    }

    @Property(tries = 300)
    void isExact(@ForAll("poolings") PoolingCase pooling, @ForAll long seed,
            @ForAll @IntRange(max = 20) int offset, @ForAll boolean accumulate) {
        PoolingGeometry g = pooling.geometry();
        int outputs = g.outputLength() / (g.n() * g.c());
        int length = g.imageLength() / (g.n() * g.c());
        GuardedArray image = Planes.operand(g.imageLength(), offset, new Filling(Kind.INTEGERS, seed));
        int[] argmax = new int[offset + g.outputLength()];
        MaxPooling.forward(WORKERS, g, image.array(), offset, new float[g.outputLength()], 0, argmax, offset);
        GuardedArray x = Planes.operand(g.outputLength(), offset / 2, new Filling(Kind.UNIT, seed));
        GuardedArray xBefore = x.copy();
        GuardedArray y = Planes.result(g.imageLength(), offset, new Filling(Kind.UNIT, seed), false);
        MaxUnpooling.forward(WORKERS, g, x.array(), x.offset(), argmax, offset, y.array(), y.offset());
        GuardedArray dx = Planes.result(g.outputLength(), offset, new Filling(Kind.UNIT, seed), accumulate);
        GuardedArray before = dx.copy();
        MaxUnpooling.backward(WORKERS, g, image.array(), offset, argmax, offset, dx.array(), dx.offset(), accumulate);
        for (int plane = 0; plane < g.n() * g.c(); plane++) {
            int[] places = Planes.places(argmax, offset, plane, outputs);
            double[] exact = MaxUnpoolingReference.forward(length, places, Planes.exact(x, plane, outputs));
            for (int i = 0; i < length; i++) {
                Bounds.check("y[" + i + "]", exact[i], 0, y.get(plane * length + i));
            }
            double[] gradient = MaxUnpoolingReference.backward(places, Planes.exact(image, plane, length));
            double[] old = Planes.old(before, plane, outputs, accumulate);
            for (int o = 0; o < outputs; o++) {
                Bounds.check("dx[" + o + "]", gradient[o] + old[o], Bounds.accumulated(0, gradient[o], old[o]),
                        dx.get(plane * outputs + o));
            }
        }
        Planes.checkUntouched(y, xBefore, x);
        Planes.checkUntouched(dx, xBefore, x);
    }
}
