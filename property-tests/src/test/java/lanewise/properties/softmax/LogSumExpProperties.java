package lanewise.properties.softmax;

import lanewise.kernels.Workers;
import lanewise.kernels.softmax.LogSumExp;
import lanewise.testing.GuardedArray;
import lanewise.testing.contract.RowContract;
import lanewise.testing.reference.LogSumExpReference;

/** Properties of the logarithm of a sum of exponentials. */
class LogSumExpProperties implements RowContract {

    @Override
    public boolean[] inputsPerRow() {
        return new boolean[]{false};
    }

    @Override
    public boolean outputPerRow() {
        return true;
    }

    @Override
    public void run(Workers workers, int outer, int n, int inner, GuardedArray[] x, GuardedArray y,
            boolean accumulate) {
        LogSumExp.forward(workers, outer, n, inner, x[0].array(), x[0].offset(), y.array(), y.offset());
    }

    @Override
    public double[] value(double[][] row) {
        return new double[]{LogSumExpReference.value(row[0])};
    }

    @Override
    public double[] bound(double[][] row) {
        return new double[]{LogSumExpReference.bound(row[0])};
    }
}
