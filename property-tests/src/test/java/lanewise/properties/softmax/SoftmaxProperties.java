package lanewise.properties.softmax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lanewise.kernels.Workers;
import lanewise.kernels.softmax.Softmax;
import lanewise.testing.Bounds;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.contract.RowContract;
import lanewise.testing.reference.SoftmaxReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Properties of softmax. */
class SoftmaxProperties implements RowContract {

    @Override
    public boolean[] inputsPerRow() {
        return new boolean[]{false};
    }

    @Override
    public int[] inPlace() {
        return new int[]{0};
    }

    @Override
    public void run(Workers workers, int outer, int n, int inner, GuardedArray[] x, GuardedArray y,
            boolean accumulate) {
        Softmax.forward(workers, outer, n, inner, x[0].array(), x[0].offset(), y.array(), y.offset());
    }

    @Override
    public double[] value(double[][] row) {
        return SoftmaxReference.value(row[0]);
    }

    @Override
    public double[] bound(double[][] row) {
        return SoftmaxReference.bound(row[0]);
    }

    /** The sum of a row is 1 within n units of roundoff and the bound of an element. */
    @Property(tries = 100)
    void rowsAddUpToOne(@ForAll("lengths") int n, @ForAll("fillings") Filling filling) {
        float[] y = new float[n];
        try (Workers workers = Workers.single()) {
            Softmax.forward(workers, 1, n, 1, filling.values(n), 0, y, 0);
        }
        double sum = 0;
        for (float v : y) {
            sum += v;
        }
        assertEquals(1, sum, (n + 4) * Bounds.UNIT_ROUNDOFF);
    }
}
