package lanewise.properties.softmax;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import lanewise.kernels.softmax.LogSoftmax;
import lanewise.testing.GuardedArray;
import lanewise.testing.contract.RowContract;
import lanewise.testing.reference.LogSoftmaxReference;
import net.jqwik.api.Example;

/** Properties of the logarithm of softmax. */
class LogSoftmaxProperties implements RowContract {

    private static final float LN2 = (float) Math.log(2);

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
        LogSoftmax.forward(workers, outer, n, inner, x[0].array(), x[0].offset(), y.array(), y.offset());
    }

    @Override
    public double[] value(double[][] row) {
        return LogSoftmaxReference.value(row[0]);
    }

    @Override
    public double[] bound(double[][] row) {
        return LogSoftmaxReference.bound(row[0]);
    }

    /** Logits far apart: logarithms where the probabilities are 0 in float. */
    @Example
    void isFiniteForLargeLogits() {
        float[] y = new float[3];
        try (Workers workers = Workers.single()) {
            LogSoftmax.forward(workers, 1, 3, 1, new float[]{10_000, -10_000, 10_000}, 0, y, 0);
        }
        assertArrayEquals(new float[]{-LN2, -20_000 - LN2, -LN2}, y, 2e-3f);
    }
}
