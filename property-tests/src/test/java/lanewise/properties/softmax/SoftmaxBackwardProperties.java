package lanewise.properties.softmax;

import lanewise.kernels.Workers;
import lanewise.kernels.softmax.Softmax;
import lanewise.testing.GuardedArray;
import lanewise.testing.contract.RowContract;
import lanewise.testing.reference.SoftmaxReference;

/** Properties of the gradient of softmax. */
class SoftmaxBackwardProperties implements RowContract {

    @Override
    public boolean[] inputsPerRow() {
        return new boolean[]{false, false};
    }

    @Override
    public boolean accumulates() {
        return true;
    }

    @Override
    public int[] inPlace() {
        return new int[]{0, 1};
    }

    @Override
    public void run(Workers workers, int outer, int n, int inner, GuardedArray[] x, GuardedArray y,
            boolean accumulate) {
        Softmax.backward(workers, outer, n, inner, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(), y.array(),
                y.offset(), accumulate);
    }

    @Override
    public double[] value(double[][] row) {
        return SoftmaxReference.gradient(row[0], row[1]);
    }

    @Override
    public double[] bound(double[][] row) {
        return SoftmaxReference.gradientBound(row[0], row[1]);
    }

    @Override
    public void makeValid(int input, float... row) {
        if (input == 0) {
            double[] x = new double[row.length];
            for (int j = 0; j < row.length; j++) {
                x[j] = row[j];
            }
            double[] y = SoftmaxReference.value(x);
            for (int j = 0; j < row.length; j++) {
                row[j] = (float) y[j];
            }
        }
    }
}
