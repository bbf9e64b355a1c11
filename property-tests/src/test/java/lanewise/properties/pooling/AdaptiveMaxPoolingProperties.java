package lanewise.properties.pooling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import lanewise.kernels.pooling.AdaptiveMaxPooling;
import lanewise.kernels.pooling.AdaptivePoolingGeometry;
import lanewise.testing.Bits;
import lanewise.testing.Bounds;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.Filling.Kind;
import lanewise.testing.reference.AdaptiveMaxPoolingReference;
import lanewise.testing.reference.MaxPoolingReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** Adaptive max pooling is exact, and its gradient goes to the maxima. */
class AdaptiveMaxPoolingProperties {

    private static final Workers WORKERS = Workers.of(2);

    @AfterContainer
    static void close() {
        WORKERS.close();
    }

    @Provide
    Arbitrary<Filling> fillings() {
        return Filling.of(Kind.ONES, Kind.INTEGERS, Kind.UNIT, Kind.SPECIAL);
    }

    @Provide
    Arbitrary<int[]> sizes() {
        return Arbitraries.integers().between(1, 12).array(int[].class).ofSize(3);
    }

    @Property(tries = 300)
    void isExact(@ForAll("sizes") int[] in,
            @ForAll("sizes") int[] out, @ForAll("fillings") Filling filling,
            @ForAll @IntRange(max = 9) int offset, @ForAll boolean accumulate) {
        AdaptivePoolingGeometry g = AdaptivePoolingGeometry.of3d(2, 1, in[0], in[1], in[2], out[0], out[1], out[2]);
        int length = g.imageLength() / 2;
        int outputs = g.outputLength() / 2;
        GuardedArray x = Planes.operand(g.imageLength(), offset, filling);
        GuardedArray alone = Planes.result(g.outputLength(), offset, filling, false);
        GuardedArray y = Planes.result(g.outputLength(), offset / 2, filling, false);
        int[] argmax = new int[offset + g.outputLength()];
        AdaptiveMaxPooling.forward(WORKERS, g, x.array(), x.offset(), alone.array(), alone.offset());
        AdaptiveMaxPooling.forward(WORKERS, g, x.array(), x.offset(), y.array(), y.offset(), argmax, offset);
        GuardedArray dy = Planes.operand(g.outputLength(), offset,
                new Filling(Kind.MIXED_MAGNITUDE, filling.seed()));
        GuardedArray dx = Planes.result(g.imageLength(), offset, new Filling(Kind.UNIT, 1), accumulate);
        GuardedArray before = dx.copy();
        AdaptiveMaxPooling.backward(WORKERS, g, dy.array(), dy.offset(), argmax, offset, dx.array(), dx.offset(),
                accumulate);
        for (int plane = 0; plane < 2; plane++) {
            double[] image = Planes.exact(x, plane, length);
            int[] places = AdaptiveMaxPoolingReference.argmax(in, out, image);
            assertArrayEquals(places, Planes.places(argmax, offset, plane, outputs), "argmax");
            for (int o = 0; o < outputs; o++) {
                Bounds.check("y[" + o + "]", image[places[o]], 0, y.get(plane * outputs + o));
                Bounds.check("y[" + o + "] without argmax", image[places[o]], 0, alone.get(plane * outputs + o));
            }
            double[] exact = Planes.old(before, plane, length, accumulate);
            double[] magnitudes = exact.clone();
            for (int i = 0; i < length; i++) {
                magnitudes[i] = Math.abs(magnitudes[i]);
            }
            MaxPoolingReference.backward(places, Planes.exact(dy, plane, outputs), exact, magnitudes);
            for (int i = 0; i < length; i++) {
                Bounds.check("dx[" + i + "]", exact[i], MaxPoolingReference.backwardBound(outputs, magnitudes[i]),
                        dx.get(plane * length + i));
            }
        }
        y.checkSentinels("y");
        dx.checkSentinels("dx");
        Bits.check("x", Planes.operand(g.imageLength(), offset, filling).array(), x.array());
    }
}
