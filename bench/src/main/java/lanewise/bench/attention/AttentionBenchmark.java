package lanewise.bench.attention;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.attention.Attention;
import lanewise.kernels.attention.AttentionGeometry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link Attention} of eight heads of 64 elements. */
public class AttentionBenchmark extends KernelBenchmark {

    private static final int HEADS = 8;
    private static final int DIM = 64;

    /** Queries, and keys. */
    @Param({"64", "256"})
    public int tokens;

    /** Whether a query sees no later key. */
    @Param({"false", "true"})
    public boolean causal;

    private AttentionGeometry geometry;
    private float[] q;
    private float[] k;
    private float[] v;
    private float[] y;
    private float[] logSumExp;
    private float[] dq;
    private float[] dk;
    private float[] dv;

    /** For JMH. */
    public AttentionBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        AttentionGeometry all = AttentionGeometry.of(1, HEADS, tokens, tokens, DIM);
        geometry = causal ? all.causal() : all;
        q = uniform(geometry.queryLength(), -1, 1);
        k = uniform(geometry.keyLength(), -1, 1);
        v = uniform(geometry.valueLength(), -1, 1);
        y = new float[geometry.outputLength()];
        logSumExp = new float[geometry.rows()];
        dq = new float[q.length];
        dk = new float[k.length];
        dv = new float[v.length];
        float[] expected = forwardScalar().clone();
        requireAgreement("y", forward(), i -> expected[i], 4.0 * tokens, i -> 1);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        Attention.forward(workers(), geometry, 0, 0, 0, q, 0, k, 0, v, 0, null, 0, y, 0, logSumExp, 0);
        return y;
    }

    /**
     * Lanewise, forward and backward; the gradient of the results is the results.
     *
     * @return a result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardAndBackward() {
        forward();
        Attention.backward(workers(), geometry, 0, 0, 0, q, 0, k, 0, v, 0, null, 0, y, 0, logSumExp, 0, y, 0, dq, 0,
                false, dk,
                0, false, dv, 0, false);
        return dk;
    }

    /**
     * Plain loops, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        float[] weights = new float[tokens];
        for (int head = 0; head < HEADS; head++) {
            int first = head * tokens * DIM;
            for (int query = 0; query < tokens; query++) {
                int keys = causal ? query + 1 : tokens;
                float sum = 0;
                for (int key = 0; key < keys; key++) {
                    float score = 0;
                    for (int e = 0; e < DIM; e++) {
                        score += q[first + query * DIM + e] * k[first + key * DIM + e];
                    }
                    weights[key] = (float) Math.exp(score * geometry.scale());
                    sum += weights[key];
                }
                for (int e = 0; e < DIM; e++) {
                    float total = 0;
                    for (int key = 0; key < keys; key++) {
                        total += weights[key] * v[first + key * DIM + e];
                    }
                    y[first + query * DIM + e] = total / sum;
                }
            }
        }
        return y;
    }
}
