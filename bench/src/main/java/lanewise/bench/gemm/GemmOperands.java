package lanewise.bench.gemm;

import java.util.Locale;
import java.util.SplittableRandom;
import lanewise.bench.contest.DisagreementException;
import lanewise.bench.contest.Operands;
import lanewise.bench.contest.Problem;

/** The operands of one product, the same in every process, and the truth about some elements of C. */
public final class GemmOperands implements Problem {

    private static final int SAMPLES = 100;
    private static final double UNIT_ROUNDOFF = 0x1p-24;

    private final GemmShape shape;
    private final float[] a;
    private final float[] b;

    private GemmOperands(GemmShape shape, float[] a, float[] b) {
        this.shape = shape;
        this.a = a;
        this.b = b;
    }

    /**
     * Makes operands that are uniform in [-1/2, 1/2).
     *
     * @param shape the sizes
     * @return the operands
     */
    public static GemmOperands random(GemmShape shape) {
        SplittableRandom random = Operands.random();
        return new GemmOperands(shape, Operands.uniform(random, shape.m() * shape.k()),
                Operands.uniform(random, shape.k() * shape.n()));
    }

    /**
     * Makes the operands of a workload.
     *
     * @param workload a name that {@link GemmShape#parse} reads
     * @return the operands
     */
    public static GemmOperands of(String workload) {
        return random(GemmShape.parse(workload));
    }

    /**
     * The shape of the product.
     *
     * @return the shape
     */
    public GemmShape shape() {
        return shape;
    }

    /**
     * A as it is stored.
     *
     * @return m x k, or k x m if transposed
     */
    public float[] a() {
        return a;
    }

    /**
     * B as it is stored.
     *
     * @return k x n, or n x k if transposed
     */
    public float[] b() {
        return b;
    }

    /**
     * Compares the corners and some random elements of C with their sums in double precision, within the bound that
     * holds for every order of the additions (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1).
     *
     * @param c the computed product
     * @throws DisagreementException when an element is not within the bound
     */
    @Override
    public void verify(float[] c) {
        int m = shape.m();
        int n = shape.n();
        verify(c, 0, 0);
        verify(c, 0, n - 1);
        verify(c, m - 1, 0);
        verify(c, m - 1, n - 1);
        SplittableRandom random = Operands.random();
        for (int i = 0; i < SAMPLES; i++) {
            verify(c, random.nextInt(m), random.nextInt(n));
        }
    }

    private void verify(float[] c, int row, int column) {
        double sum = 0;
        double magnitude = 0;
        for (int p = 0; p < shape.k(); p++) {
            double product = (double) a[shape.transA() ? p * shape.lda() + row : row * shape.lda() + p]
                    * b[shape.transB() ? column * shape.ldb() + p : p * shape.ldb() + column];
            sum += product;
            magnitude += Math.abs(product);
        }
        double nu = shape.k() * UNIT_ROUNDOFF;
        double bound = nu / (1 - nu) * magnitude;
        float computed = c[row * shape.n() + column];
        // negated so that NaN disagrees
        if (!(Math.abs(computed - sum) <= bound)) {
            throw new DisagreementException(String.format(Locale.ROOT, "%s: C[%d][%d] = %s, reference %s, bound %.2g",
                    shape.name(), row, column, computed, sum, bound));
        }
    }
}
