package lanewise.kernels.reduction;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.RowJob;
import lanewise.kernels.internal.SoftmaxTerms;
import lanewise.kernels.internal.SumJob;
import lanewise.kernels.internal.VectorMath;

/** The forward body of {@link AxisReduction}. Sums are taken in blocks, whose results are added in double precision. */
final class ReductionRows extends RowJob {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    private ReductionOperator operator = ReductionOperator.SUM;

    ReductionRows of(ReductionOperator wanted) {
        operator = wanted;
        return this;
    }

    @Override
    protected void rows(int first, int count, float[] x, int xo, float[] none, int no, float[] nothing, int nno,
            float[] scratch) {
        for (int i = 0; i < count; i++) {
            int row = xo + i * n;
            perRow[perRowOffset + first + i] = switch (operator) {
                case SUM -> (float) SoftmaxTerms.sum(n, x, row, scratch);
                case MEAN -> (float) (SoftmaxTerms.sum(n, x, row, scratch) / n);
                case VARIANCE -> variance(n, x, row, scratch);
                case MAX -> VectorMath.max(n, x, row);
                case MIN -> min(n, x, row);
                case PRODUCT -> (float) product(n, x, row);
                case L1 -> (float) SumJob.magnitudes(n, x, row, scratch);
                case L2 -> (float) Math.sqrt(SumJob.squares(n, x, row, scratch));
                case SQUARES -> (float) SumJob.squares(n, x, row, scratch);
            };
        }
    }

    /** In double precision: a product of floats overflows where its result need not. */
    static double product(int n, float[] x, int xo) {
        double product = 1;
        for (int i = xo; i < xo + n; i++) {
            product *= x[i];
        }
        return product;
    }

    /** Of distances to the rounded mean, less the square of what that is away. */
    private static float variance(int n, float[] x, int xo, float[] scratch) {
        float mean = (float) (SoftmaxTerms.sum(n, x, xo, scratch) / n);
        double first = 0;
        double second = 0;
        for (int i = 0; i < n; i += SumJob.BLOCK) {
            int length = Math.min(SumJob.BLOCK, n - i);
            distances(length, x, xo + i, mean, scratch);
            first += SumJob.sum(length, scratch, SUMS, scratch);
            second += SumJob.dot(length, scratch, SUMS, scratch, SUMS, scratch);
        }
        double rest = first / n;
        return (float) Math.max(0, second / n - rest * rest);
    }

    private static void distances(int n, float[] x, int xo, float mean, float[] scratch) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector.fromArray(FLOATS, x, xo + i).sub(mean).intoArray(scratch, SUMS + i);
        }
        for (int i = main; i < n; i++) {
            scratch[SUMS + i] = x[xo + i] - mean;
        }
    }

    private static float min(int n, float[] x, int xo) {
        int main = FLOATS.loopBound(n);
        FloatVector m = FloatVector.broadcast(FLOATS, Float.POSITIVE_INFINITY);
        for (int i = 0; i < main; i += LANES) {
            m = FloatVector.fromArray(FLOATS, x, xo + i).min(m);
        }
        float min = Lanes.VECTOR.cast(m).reduceLanes(VectorOperators.MIN);
        for (int i = main; i < n; i++) {
            min = Math.min(min, x[xo + i]);
        }
        return min;
    }
}
