package lanewise.bench.reduction;

import java.util.Arrays;
import java.util.stream.IntStream;
import lanewise.bench.KernelBenchmark;
import lanewise.bench.contest.DisagreementException;
import lanewise.kernels.reduction.Reduction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Sums, sums of columns and the places of maxima, of a matrix. */
public class ReductionBenchmark extends KernelBenchmark {

    /** The number of rows. */
    @Param({"10", "1000"})
    public int rows;

    /** The number of columns. */
    @Param({"10", "1000"})
    public int cols;

    private float[] x;
    private final float[] sum = new float[1];
    private float[] columnSums;
    private int[] index;

    /** For JMH. */
    public ReductionBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(rows * cols, 0, 1);
        columnSums = new float[cols];
        index = new int[rows];
        // Sums of positive numbers: the bound of a sum of n terms in any order is n units of roundoff.
        double exact = IntStream.range(0, x.length).mapToDouble(i -> x[i]).sum();
        requireAgreement("sum", sum(), i -> exact, x.length);
        requireAgreement("sum", sumScalar(), i -> exact, x.length);
        requireAgreement("columnSums", columnSums(), this::columnSum, rows);
        requireAgreement("columnSums", columnSumsScalar(), this::columnSum, rows);
        int[] expected = argMaxRowsScalar().clone();
        if (!Arrays.equals(expected, argMaxRows())) {
            throw new DisagreementException("argMaxRows = " + Arrays.toString(index) + ", plain loop "
                    + Arrays.toString(expected));
        }
    }

    private double columnSum(int column) {
        return IntStream.range(0, rows).mapToDouble(row -> x[row * cols + column]).sum();
    }

    /**
     * Lanewise: the sum.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] sum() {
        Reduction.sum(workers(), x.length, x, 0, sum, 0);
        return sum;
    }

    /**
     * Plain loop: the sum.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] sumScalar() {
        float total = 0;
        for (float value : x) {
            total += value;
        }
        sum[0] = total;
        return sum;
    }

    /**
     * Lanewise: the sums of the columns.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] columnSums() {
        Reduction.columnSums(workers(), rows, cols, x, 0, cols, columnSums, 0, false);
        return columnSums;
    }

    /**
     * Plain loops: the sums of the columns.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] columnSumsScalar() {
        Arrays.fill(columnSums, 0f);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < cols; column++) {
                columnSums[column] += x[row * cols + column];
            }
        }
        return columnSums;
    }

    /**
     * Lanewise: the place of the maximum of each row.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public int[] argMaxRows() {
        Reduction.argMaxRows(workers(), rows, cols, x, 0, cols, index, 0);
        return index;
    }

    /**
     * Plain loops: the place of the maximum of each row.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public int[] argMaxRowsScalar() {
        for (int row = 0; row < rows; row++) {
            int best = 0;
            for (int column = 1; column < cols; column++) {
                best = x[row * cols + column] > x[row * cols + best] ? column : best;
            }
            index[row] = best;
        }
        return index;
    }
}
