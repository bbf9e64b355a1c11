package lanewise.properties.convolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.convolution.ConvolutionGeometry;
import lanewise.kernels.convolution.Im2col;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.ConvolutionCase;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.Filling.Kind;
import lanewise.testing.reference.Im2colReference;
import lanewise.testing.reference.SumsOfProducts;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** The matrix of windows holds copies, and what adds it back is its adjoint. */
class Im2colProperties {

    private static final Workers WORKERS = Workers.of(2);

    @AfterContainer
    static void close() {
        WORKERS.close();
    }

    @Provide
    Arbitrary<ConvolutionCase> integers() {
        return ConvolutionCase.any(Filling.of(Kind.INTEGERS));
    }

    @Provide
    Arbitrary<ConvolutionCase> reals() {
        return ConvolutionCase.any(Filling.of(Kind.UNIT, Kind.MIXED_MAGNITUDE));
    }

    @Property(tries = 200)
    void columnsAreCopies(@ForAll("reals") ConvolutionCase c) {
        GuardedArray x = c.x();
        GuardedArray columns = columns(c).fill(Float.NaN);
        Im2col.im2col(WORKERS, c.geometry(), x.array(), x.offset(), columns.array(), columns.offset());
        assertArrayEquals(Im2colReference.im2col(c.geometry(), x.values()), columns.values());
        columns.checkSentinels("columns");
        x.checkSentinels("x");
    }

    @Property(tries = 200)
    void addedBackWithinTheBound(@ForAll("reals") ConvolutionCase c) {
        ConvolutionGeometry g = c.geometry();
        GuardedArray columns = columns(c);
        GuardedArray x = c.accumulate() ? c.x() : c.x().fill(Float.NaN);
        SumsOfProducts sums = Im2colReference.col2im(g, Direction.doubles(columns.values()));
        if (c.accumulate()) {
            sums.plus(x.values());
        }
        Im2col.col2im(WORKERS, g, columns.array(), columns.offset(), x.array(), x.offset(), c.accumulate());
        sums.check("x", x.values());
        columns.checkSentinels("columns");
        x.checkSentinels("x");
    }

    @Property(tries = 200)
    void addingBackIsTheAdjoint(@ForAll("integers") ConvolutionCase c) {
        ConvolutionGeometry g = c.geometry();
        GuardedArray x = c.x();
        GuardedArray other = columns(c);
        float[] columns = new float[other.size()];
        Im2col.im2col(WORKERS, g, x.array(), x.offset(), columns, 0);
        float[] back = new float[x.size()];
        Im2col.col2im(WORKERS, g, other.array(), other.offset(), back, 0, false);
        assertEquals(dot(columns, other.values()), dot(back, x.values()));
    }

    private static double dot(float[] a, float... b) {
        return IntStream.range(0, a.length).mapToDouble(i -> (double) a[i] * b[i]).sum();
    }

    private static GuardedArray columns(ConvolutionCase c) {
        int n = Im2colReference.sources(c.geometry()).length;
        return GuardedArray.vector(n, 3, 5).fill(c.filling().operand(7).values(n));
    }
}
