package lanewise.bench.gemm;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lanewise.bench.contest.Limit;
import lanewise.bench.contest.Unit;
import lanewise.bench.contest.Workload;

/**
 * The shape of one product: C (m x n) = op(A) (m x k) · op(B) (k x n), row-major and dense.
 *
 * @param m rows of C
 * @param n columns of C
 * @param k the inner dimension
 * @param transA whether A is stored as k x m
 * @param transB whether B is stored as n x k
 */
public record GemmShape(int m, int n, int k, boolean transA, boolean transB) {

    private static final Pattern NAME = Pattern.compile("(\\d+)x(\\d+)x(\\d+)(?: A(t?)\\*B(t?))?");

    /**
     * Reads a name such as {@code 64x128x784} (m x n x k) or {@code 512x512x512 At*B}.
     *
     * @param name the name
     * @return the shape
     */
    public static GemmShape parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "workload = " + name
                            + ", need MxNxK, followed by \" At*B\", \" A*Bt\" or \" At*Bt\" if transposed");
        }
        return new GemmShape(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)), "t".equals(matcher.group(4)), "t".equals(matcher.group(5)));
    }

    /**
     * The name of the row.
     *
     * @return what {@link #parse} reads
     */
    public String name() {
        String sizes = m + "x" + n + "x" + k;
        return transA || transB ? sizes + " A" + (transA ? "t" : "") + "*B" + (transB ? "t" : "") : sizes;
    }

    /**
     * The leading dimension of A as it is stored.
     *
     * @return elements between rows
     */
    public int lda() {
        return transA ? m : k;
    }

    /**
     * The leading dimension of B as it is stored.
     *
     * @return elements between rows
     */
    public int ldb() {
        return transB ? k : n;
    }

    double flops() {
        return 2.0 * m * n * k;
    }

    Workload workload() {
        return new Workload(name(), flops(), Unit.GFLOPS, Limit.FMA);
    }
}
