package lanewise.kernels.attention;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.Logarithm;
import lanewise.kernels.internal.Rows;
import lanewise.kernels.internal.SoftmaxTerms;
import lanewise.kernels.internal.SumJob;
import lanewise.kernels.internal.VectorMath;
import lanewise.kernels.internal.gemm.GemmBlocking;
import lanewise.kernels.internal.gemm.PanelProduct;

/**
 * Attention without its matrix of weights: some queries of a head meet the keys block by block. For each query the greatest score
 * and the sum of weights so far are kept; where a block has a greater score, what was summed before is scaled down.
 *
 * <p>
 * A task is a chunk of the queries of one head. Blocks depend on the shape alone.
 */
final class AttentionForward extends AttentionOperands implements Workers.Job {

    /** Keys of a block: their scores and copies stay in the second-level cache. */
    static final int BLOCK = 256;
    private static final int CHUNK = 256;
    // Queries whose scores with a block are held at a time. Fives, as the micro-kernels take them.
    private static final int ROWS = 65;
    /** Rows of a tile that are multiplied together where not all of it is needed: fewer leave out more, and are slower. */
    static final int STRIP = 32;
    private static final int SCORES_DISTANCE = GemmBlocking.rowDistance(BLOCK);

    private int chunks;

    // Where a worker's scratch memory holds what; its first elements are for sums.
    private int queriesAt;
    private int keysAt;
    private int valuesAt;
    private int scoresAt;
    private int outputsAt;
    private int greatestAt;
    private int sumsAt;
    private int factorsAt;
    private int productAt;
    private int length;

    private AttentionForward() {}

    static void run(Workers workers, AttentionGeometry g, long seed, long stream, float dropout, float[] q, int qOffset,
            float[] k, int kOffset, float[] v,
            int vOffset, float[] bias, int biasOffset, float[] y, int yOffset, float[] logSumExp,
            int logSumExpOffset) {
        AttentionForward job = workers.reusable(AttentionForward.class, AttentionForward::new);
        job.take(workers, g, seed, stream, dropout, q, qOffset, k, kOffset, v, vOffset, bias, biasOffset, y, yOffset,
                logSumExp, logSumExpOffset);
        job.chunks = Math.ceilDiv(g.queries(), CHUNK);
        job.layOut();
        try {
            workers.run(job, g.n() * g.heads() * job.chunks);
        } finally {
            job.release();
        }
    }

    private void layOut() {
        int chunk = Math.min(CHUNK, g.queries());
        int block = Math.min(BLOCK, g.keys());
        queriesAt = Lanes.SUM_LANES;
        keysAt = queriesAt + chunk * g.dim();
        valuesAt = keysAt + PanelProduct.packedLength(g.dim(), block);
        scoresAt = valuesAt + PanelProduct.packedLength(block, g.valueDim());
        outputsAt = scoresAt + ROWS * SCORES_DISTANCE;
        greatestAt = outputsAt + chunk * g.valueDim();
        sumsAt = greatestAt + chunk;
        factorsAt = sumsAt + chunk;
        productAt = factorsAt + chunk;
        length = productAt + PanelProduct.scratch(ROWS, Math.max(g.dim(), block));
    }

    @Override
    public void run(int task, int worker) {
        int first = task % chunks * CHUNK;
        int count = Math.min(CHUNK, g.queries() - first);
        int head = task / chunks % g.heads();
        int sequence = task / chunks / g.heads();
        int keyHead = head / (g.heads() / g.keyHeads());
        float[] s = workers.scratch(worker, length);
        int from = qOffset + g.inputStart(sequence, head, g.heads(), g.queries(), g.dim())
                + first * g.inputDistance(g.heads(), g.dim());
        for (int i = 0; i < count; i++) {
            SoftmaxTerms.scale(g.dim(), q, from + i * g.inputDistance(g.heads(), g.dim()), g.scale(), s,
                    queriesAt + i * g.dim(), false);
        }
        Arrays.fill(s, outputsAt, outputsAt + count * g.valueDim(), 0f);
        Arrays.fill(s, greatestAt, greatestAt + count, Float.NEGATIVE_INFINITY);
        Arrays.fill(s, sumsAt, sumsAt + count, 0f);
        int end = g.endKey(first + count - 1);
        int keyDistance = g.inputDistance(g.keyHeads(), g.dim());
        int valueDistance = g.inputDistance(g.keyHeads(), g.valueDim());
        int keyStart = kOffset + g.inputStart(sequence, keyHead, g.keyHeads(), g.keys(), g.dim());
        int valueStart = vOffset + g.inputStart(sequence, keyHead, g.keyHeads(), g.keys(), g.valueDim());
        int begin = g.firstKey(first) / BLOCK * BLOCK;
        for (int key = begin; key < end; key += BLOCK) {
            int keys = Math.min(BLOCK, end - key);
            PanelProduct.packTransposed(g.dim(), keys, k, keyStart + key * keyDistance, keyDistance, s, keysAt);
            PanelProduct.pack(keys, g.valueDim(), v, valueStart + key * valueDistance, valueDistance, s, valuesAt);
            int rows = g.isCausal() ? STRIP : ROWS;
            for (int row = 0; row < count; row += rows) {
                meet(sequence, head, first, row, Math.min(rows, count - row), key, keys, key > begin, s);
            }
        }
        finish(sequence, head, first, count, s);
    }

    /** Some queries, from {@code row} of the chunk on, meet a block of keys. */
    private void meet(int sequence, int head, int first, int row, int rows, int key, int keys, boolean isLater,
            float[] s) {
        // The last query sees the last keys.
        int end = Math.min(keys, g.endKey(first + row + rows - 1) - key);
        if (end <= 0 || g.firstKey(first + row) - key >= end) {
            return;
        }
        int dim = g.dim();
        PanelProduct.multiplyPanels(rows, end, dim, s, queriesAt + row * dim, dim, s, keysAt, dim, s, scoresAt,
                SCORES_DISTANCE, false, s, productAt);
        for (int i = 0; i < rows; i++) {
            int query = first + row + i;
            int lo = lo(query, key);
            int at = scoresAt + i * SCORES_DISTANCE + lo;
            int seen = hi(query, key, keys) - lo;
            if (bias != null) {
                Rows.add(seen, bias, biasOffset + g.biasStart(sequence, head) + query * g.keys() + key + lo, s, at);
            }
            raiseGreatest(row + i, pad(lo, seen, at, s), at, s);
        }
        if (isLater) {
            rescale(row, rows, s);
        }
        for (int i = 0; i < rows; i++) {
            int query = first + row + i;
            int lo = lo(query, key);
            int hi = hi(query, key, keys);
            int at = scoresAt + i * SCORES_DISTANCE;
            weights(row + i, lo, hi, end, at, s);
            if (dropout > 0) {
                DroppedWeights.apply(hi - lo, g.weight(sequence, head, query, key + lo), seed, stream, dropout, s,
                        at + lo, 1);
            }
        }
        PanelProduct.multiplyPanels(rows, g.valueDim(), end, s, scoresAt, SCORES_DISTANCE, s, valuesAt, keys, s,
                outputsAt + row * g.valueDim(), g.valueDim(), true, s, productAt);
    }

    /**
     * Repeats the last score that a query sees until no loop over them has a rest that it would compute one by one. That changes no
     * maximum; {@link #weights} puts zeros there.
     */
    private static int pad(int lo, int seen, int at, float[] s) {
        int padded = padded(lo, seen);
        if (padded > seen) {
            Arrays.fill(s, at + seen, at + padded, s[at + seen - 1]);
        }
        return padded;
    }

    private static int padded(int lo, int seen) {
        int whole = Math.ceilDiv(seen, Lanes.SUM_LANES) * Lanes.SUM_LANES;
        return Math.max(seen, Math.min(whole, SCORES_DISTANCE - lo));
    }

    /** The first key of a block that a query sees. */
    private int lo(int query, int key) {
        return Math.max(0, g.firstKey(query) - key);
    }

    /** One past the last. */
    private int hi(int query, int key, int keys) {
        return Math.max(lo(query, key), Math.min(keys, g.endKey(query) - key));
    }

    private void raiseGreatest(int row, int seen, int at, float[] s) {
        float before = s[greatestAt + row];
        float greatest = VectorMath.greatest(seen, s, at);
        if (greatest == Float.NEGATIVE_INFINITY) {
            greatest = VectorMath.max(seen, s, at); // which is NaN if a score is
        }
        greatest = Math.max(before, greatest);
        s[greatestAt + row] = greatest;
        s[factorsAt + row] = greatest == Float.NEGATIVE_INFINITY ? 0 : before - greatest;
    }

    /** Brings what was summed before to the scale of the greatest scores. */
    private void rescale(int row, int rows, float[] s) {
        VectorMath.exp(rows, s, factorsAt + row, s, factorsAt + row);
        for (int i = row; i < row + rows; i++) {
            float factor = s[factorsAt + i];
            if (factor != 1) {
                int at = outputsAt + i * g.valueDim();
                SoftmaxTerms.scale(g.valueDim(), s, at, factor, s, at, false);
                s[sumsAt + i] *= factor;
            }
        }
    }

    /** Turns the scores of a query into weights, of those keys that it sees, and zeros. */
    private void weights(int row, int lo, int hi, int end, int at, float[] s) {
        float greatest = s[greatestAt + row];
        int padded = padded(lo, hi - lo);
        if (greatest == Float.NEGATIVE_INFINITY) {
            Arrays.fill(s, at + lo, at + hi, 0f);
        } else {
            VectorMath.exp(padded, s, at + lo, greatest, s, at + lo);
        }
        Arrays.fill(s, at, at + Math.min(lo, end), 0f);
        Arrays.fill(s, at + hi, at + Math.max(lo + padded, end), 0f);
        s[sumsAt + row] += SumJob.sum(padded, s, at + lo, s);
    }

    private void finish(int sequence, int head, int first, int count, float[] s) {
        int dim = g.valueDim();
        int distance = g.distance(g.heads(), dim);
        int to = yOffset + g.start(sequence, head, g.heads(), g.queries(), dim) + first * distance;
        for (int i = 0; i < count; i++) {
            float sum = s[sumsAt + i];
            // A query that sees no key, or keys with a bias of minus infinity only, gets zeros.
            SoftmaxTerms.scale(dim, s, outputsAt + i * dim, sum == 0 ? 0 : 1 / sum, y, to + i * distance, false);
        }
        int at = logSumExpOffset + (sequence * g.heads() + head) * g.queries() + first;
        Logarithm.log(count, s, sumsAt, logSumExp, at);
        Rows.add(count, s, greatestAt, logSumExp, at);
    }
}
