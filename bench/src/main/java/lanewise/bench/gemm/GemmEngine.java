package lanewise.bench.gemm;

import lanewise.bench.contest.Engine;
import lanewise.bench.contest.Operation;

/** What all implementations of the product have in common: the operands and the check of the result. */
public abstract class GemmEngine implements Engine {

    /** For implementations. */
    protected GemmEngine() {}

    /** A product on operands of its own. */
    protected interface Product extends Operation {

        /**
         * C as it stands now.
         *
         * @return row-major, m x n
         */
        float[] result();
    }

    /**
     * Copies the operands to where the implementation likes them best.
     *
     * @param shape the sizes
     * @param a A as it is stored
     * @param b B as it is stored
     * @return the product, not computed yet
     */
    protected abstract Product bind(GemmShape shape, float[] a, float[] b);

    @Override
    public final Operation prepare(String workload) {
        GemmShape shape = GemmShape.parse(workload);
        GemmOperands operands = GemmOperands.random(shape);
        Product product = bind(shape, operands.a(), operands.b());
        product.run();
        operands.verify(product.result());
        return product;
    }

    @Override
    public void close() {
        // most implementations keep nothing but memory, which ends with the process
    }
}
