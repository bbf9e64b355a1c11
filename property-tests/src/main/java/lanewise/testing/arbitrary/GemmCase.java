package lanewise.testing.arbitrary;

import lanewise.kernels.gemm.Transpose;
import lanewise.testing.GuardedArray;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * One product C ← alpha · op(A) · op(B) + beta · C: sizes, scalars, layout and contents.
 *
 * @param transA whether A is stored transposed
 * @param transB whether B is stored transposed
 * @param m rows of C
 * @param n columns of C
 * @param k inner dimension
 * @param alpha factor of the product
 * @param beta factor of the old C
 * @param layout where the operands lie in their arrays
 * @param filling contents of A, B and C
 */
public record GemmCase(Transpose transA, Transpose transB, int m, int n, int k, float alpha, float beta, Layout layout,
        Filling filling) {

    /**
     * Where operands lie in their arrays.
     *
     * @param padding by how much each leading dimension exceeds its row
     * @param before sentinels before the first element
     * @param after sentinels after the last element; 0 makes the array end there
     */
    public record Layout(int padding, int before, int after) {

        /** No offset, no padding, nothing after. */
        public static final Layout TIGHT = new Layout(0, 0, 0);

        /**
         * Any layout with a little of each.
         *
         * @return the arbitrary
         */
        public static Arbitrary<Layout> any() {
            return Combinators.combine(Sizes.padding(), Sizes.padding(), Sizes.padding()).as(Layout::new);
        }

        /**
         * A matrix of zeros in this layout.
         *
         * @param rows its rows
         * @param columns its columns
         * @return the matrix
         */
        public GuardedArray matrix(int rows, int columns) {
            return GuardedArray.matrix(rows, columns, columns + padding, before, after);
        }
    }

    /**
     * Products with sizes around the edges of tiles and blocks, and with the scalars that are treated specially.
     *
     * @param max the largest m and n; k mostly keeps to it too, and sometimes reaches over two blocks
     * @param fillings the contents
     * @return the arbitrary
     */
    public static Arbitrary<GemmCase> upTo(int max, Arbitrary<Filling> fillings) {
        Arbitrary<Integer> sizes = Sizes.upTo(max);
        Arbitrary<Integer> inner = Arbitraries.frequencyOf(Tuple.of(9, sizes),
                Tuple.of(1, Sizes.upTo(2100)));
        Arbitrary<Float> scalars = Arbitraries.of(1f, 0f, -1f, 2f, 0.5f, 0.3f);
        Arbitrary<Transpose[]> transposes = Arbitraries.of(Transpose.class).array(Transpose[].class).ofSize(2);
        return Combinators.combine(transposes, sizes, sizes, inner, scalars, scalars, Layout.any(), fillings)
                .as((trans, m, n, k, alpha, beta, layout, filling) -> new GemmCase(trans[0], trans[1], m, n, k, alpha,
                        beta,
                        layout, filling));
    }

    /**
     * The stored A: m × k, or k × m if transposed.
     *
     * @return a new matrix with its contents
     */
    public GuardedArray a() {
        return stored(transA, m, k, filling.operand(0));
    }

    /**
     * The stored B: k × n, or n × k if transposed.
     *
     * @return a new matrix with its contents
     */
    public GuardedArray b() {
        return stored(transB, k, n, filling.operand(1));
    }

    /**
     * C before the product, m × n.
     *
     * @return a new matrix with its contents
     */
    public GuardedArray c() {
        return layout.matrix(m, n).fill(filling.operand(2).values(m * n));
    }

    private GuardedArray stored(Transpose trans, int rows, int columns, Filling contents) {
        GuardedArray matrix = trans == Transpose.TRANS ? layout.matrix(columns, rows) : layout.matrix(rows, columns);
        return matrix.fill(contents.values(rows * columns));
    }
}
