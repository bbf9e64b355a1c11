package lanewise.properties.softmax;

import lanewise.kernels.Workers;
import lanewise.kernels.softmax.LogSumExp;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.contract.RowContract;
import lanewise.testing.reference.LogSumExpReference;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;

/** Properties of the gradient of the logarithm of a sum of exponentials. */
class LogSumExpBackwardProperties implements RowContract {

    @Override
    public boolean[] inputsPerRow() {
        return new boolean[]{false, true, true};
    }

    @Override
    public boolean accumulates() {
        return true;
    }

    @Override
    public int[] inPlace() {
        return new int[]{0};
    }

    @Override
    public void run(Workers workers, int outer, int n, int inner, GuardedArray[] x, GuardedArray y,
            boolean accumulate) {
        LogSumExp.backward(workers, outer, n, inner, x[0].array(), x[0].offset(), x[1].array(), x[1].offset(),
                x[2].array(),
                x[2].offset(), y.array(), y.offset(), accumulate);
    }

    @Override
    public double[] value(double[][] row) {
        return LogSumExpReference.gradient(row[0], row[1][0], row[2][0]);
    }

    @Override
    public double[] bound(double[][] row) {
        return LogSumExpReference.gradientBound(row[0], row[1][0], row[2][0]);
    }

    @Override
    @Provide
    public Arbitrary<Filling> fillings() {
        // Of larger numbers the exponential overflows, unless y belongs to x.
        return Filling.of(Filling.Kind.ONES, Filling.Kind.INTEGERS, Filling.Kind.UNIT);
    }
}
