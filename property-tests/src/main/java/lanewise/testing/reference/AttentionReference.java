package lanewise.testing.reference;

import lanewise.kernels.attention.AttentionGeometry;
import lanewise.testing.Bounds;

/** Attention in double precision, with the matrix of weights, and bounds of its results in float32. */
public final class AttentionReference {

    private final double[] y;
    private final double[] yBound;
    private final double[] logSumExp;
    private final double[] logBound;

    private AttentionReference(AttentionGeometry g) {
        y = new double[g.outputLength()];
        yBound = new double[g.outputLength()];
        logSumExp = new double[g.rows()];
        logBound = new double[g.rows()];
    }

    /**
     * Computes an attention.
     *
     * @param g the shapes
     * @param q the queries
     * @param k the keys
     * @param v the values
     * @param bias is added to the scores, or null for none
     * @return the results
     */
    public static AttentionReference of(AttentionGeometry g, double[] q, double[] k, double[] v, double[] bias) {
        AttentionReference result = new AttentionReference(g);
        for (int row = 0; row < g.rows(); row++) {
            result.query(g, row / g.queries() / g.heads(), row / g.queries() % g.heads(), row % g.queries(), q, k, v,
                    bias);
        }
        return result;
    }

    private void query(AttentionGeometry g, int n, int head, int query, double[] q, double[] k, double[] v,
            double[] bias) {
        int keyHead = head / (g.heads() / g.keyHeads());
        double[] scores = new double[g.keys()];
        double greatest = Double.NEGATIVE_INFINITY;
        double products = 0;
        double magnitude = 0;
        for (int key = 0; key < g.keys(); key++) {
            scores[key] = Double.NEGATIVE_INFINITY;
            if (g.sees(query, key)) {
                double sum = 0;
                double sumOfMagnitudes = 0;
                for (int e = 0; e < g.dim(); e++) {
                    double product = g.scale() * q[input(g, n, head, query, e, g.heads(), g.queries(), g.dim())]
                            * k[input(g, n, keyHead, key, e, g.keyHeads(), g.keys(), g.dim())];
                    sum += product;
                    sumOfMagnitudes += Math.abs(product);
                }
                if (bias != null) {
                    int sequence = g.isBiasOfSequences() ? n : 0;
                    int row = g.isBiasOfHeads() ? sequence * g.heads() + head : sequence;
                    sum += bias[(row * g.queries() + query) * g.keys() + key];
                }
                scores[key] = sum;
                greatest = Math.max(greatest, sum);
                products = Math.max(products, sumOfMagnitudes);
                magnitude = Double.isInfinite(sum) ? magnitude : Math.max(magnitude, Math.abs(sum));
            }
        }
        int row = (n * g.heads() + head) * g.queries() + query;
        logSumExp[row] = Double.NEGATIVE_INFINITY;
        if (greatest == Double.NEGATIVE_INFINITY) {
            return;
        }
        double sum = 0;
        for (double score : scores) {
            sum += Math.exp(score - greatest);
        }
        double error = Bounds.gamma(g.dim() + 2) * products + 6 * Bounds.UNIT_ROUNDOFF * magnitude;
        double roundings = Bounds.gamma(2 * g.keys() + g.keys() / 32 + 50);
        logSumExp[row] = greatest + Math.log(sum);
        logBound[row] = 1.05 * (error + roundings) + 4 * Bounds.UNIT_ROUNDOFF * Math.abs(logSumExp[row])
                + 4 * Bounds.UNIT_ROUNDOFF * Math.log(sum);
        for (int e = 0; e < g.valueDim(); e++) {
            int to = at(g, n, head, query, e, g.heads(), g.queries(), g.valueDim());
            double magnitudes = 0;
            double most = 0;
            for (int key = 0; key < g.keys(); key++) {
                double value = v[input(g, n, keyHead, key, e, g.keyHeads(), g.keys(), g.valueDim())];
                double weight = Math.exp(scores[key] - greatest) / sum;
                y[to] += weight * value;
                magnitudes += weight * Math.abs(value);
                most = Math.max(most, Math.abs(value));
            }
            yBound[to] = 1.05 * (Math.expm1(2 * error) + roundings) * magnitudes
                    + 4 * g.keys() * Bounds.UNDERFLOW * (1 + most);
        }
    }

    /** In the rows of one array all three are as far apart. */
    private static int input(AttentionGeometry g, int n, int head, int token, int element, int heads, int tokens,
            int dim) {
        return g.isPacked()
                ? ((n * tokens + token) * (g.heads() + 2 * g.keyHeads()) + head) * dim + element
                : at(g, n, head, token, element, heads, tokens, dim);
    }

    private static int at(AttentionGeometry g, int n, int head, int token, int element, int heads, int tokens,
            int dim) {
        return g.isTokensFirst()
                ? ((n * tokens + token) * heads + head) * dim + element
                : ((n * heads + head) * tokens + token) * dim + element;
    }

    /**
     * The results.
     *
     * @return y
     */
    public double[] y() {
        return y;
    }

    /**
     * The absolute errors that are permitted in y.
     *
     * @return one for each element
     */
    public double[] yBound() {
        return yBound;
    }

    /**
     * The logarithms of the sums of the exponentials of each query's scores.
     *
     * @return [n, heads, queries]
     */
    public double[] logSumExp() {
        return logSumExp;
    }

    /**
     * The absolute errors that are permitted in them.
     *
     * @return one for each element
     */
    public double[] logBound() {
        return logBound;
    }
}
