package lanewise.kernels.attention;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.Rows;
import lanewise.kernels.internal.SoftmaxTerms;
import lanewise.kernels.internal.SumJob;
import lanewise.kernels.internal.VectorMath;
import lanewise.kernels.internal.gemm.GemmBlocking;
import lanewise.kernels.internal.gemm.GemmPacking;
import lanewise.kernels.internal.gemm.PanelProduct;

/**
 * The gradients of attention: the weights of a block of keys and some queries are computed again, from the scores and the
 * logarithms of their sums, and five products follow. Tiles lie transposed, keys by queries, so that only the last product, for dq,
 * needs one of them turned.
 *
 * <p>
 * A task is a run of key blocks of one head of keys, with all heads of queries that share it, since these add to the same dk and
 * dv. Where those are few, keys are cut into runs, each of which adds to a dq of its own; these are added in order.
 */
final class AttentionBackward extends AttentionOperands {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;
    private static final int L = Lanes.LANES;
    private static final int BLOCK = AttentionForward.BLOCK;
    // Queries of a tile: a panel where there are 32 registers.
    private static final int QUERIES = 64;
    private static final int TILE = BLOCK * QUERIES;
    private static final int TURNED = GemmBlocking.rowDistance(BLOCK);
    // Elements of the widest vector.
    private static final int WIDEST = 16;
    private static final int FEW_TASKS = 4;
    private static final int MAX_RUNS = 8;

    private final Workers.Job running = this::runOfKeys;
    private final Workers.Job adding = this::addRuns;

    private int group;
    private int runs;
    private int runKeys;
    private float[] dy;
    private int dyOffset;
    private float[] dq;
    private int dqOffset;
    private float[] dk;
    private int dkOffset;
    private float[] dv;
    private int dvOffset;
    private boolean accumulateQ;
    private boolean accumulateK;
    private boolean accumulateV;
    // Of runs: one after the other, each as dq.
    private float[] partial;

    // Where a worker's scratch memory holds what; its first elements are for sums.
    private int blockKeysAt;
    private int blockValuesAt;
    private int keyPanelsAt;
    private int dKeysAt;
    private int dValuesAt;
    private int scaledAt;
    private int queryColumnsAt;
    private int queryPanelsAt;
    private int gradientColumnsAt;
    private int gradientPanelsAt;
    private int weightsAt;
    private int dScoresAt;
    private int turnedAt;
    private int logsAt;
    private int dotsAt;
    private int productAt;
    private int length;

    private AttentionBackward() {}

    static void run(Workers workers, AttentionGeometry g, long seed, long stream, float dropout, float[] q, int qOffset,
            float[] k, int kOffset, float[] v,
            int vOffset, float[] bias, int biasOffset, float[] y, int yOffset, float[] logSumExp, int logSumExpOffset,
            float[] dy, int dyOffset, float[] dq, int dqOffset, boolean accumulateQ, float[] dk, int dkOffset,
            boolean accumulateK, float[] dv, int dvOffset, boolean accumulateV) {
        AttentionBackward job = workers.reusable(AttentionBackward.class, AttentionBackward::new);
        job.take(workers, g, seed, stream, dropout, q, qOffset, k, kOffset, v, vOffset, bias, biasOffset, y, yOffset,
                logSumExp, logSumExpOffset);
        job.dy = dy;
        job.dyOffset = dyOffset;
        job.dq = dq;
        job.dqOffset = dqOffset;
        job.dk = dk;
        job.dkOffset = dkOffset;
        job.dv = dv;
        job.dvOffset = dvOffset;
        job.accumulateQ = accumulateQ;
        job.accumulateK = accumulateK;
        job.accumulateV = accumulateV;
        try {
            job.run();
        } finally {
            job.release();
            job.dy = null;
            job.dq = null;
            job.dk = null;
            job.dv = null;
            job.partial = null;
        }
    }

    private void run() {
        group = g.heads() / g.keyHeads();
        int heads = g.n() * g.keyHeads();
        int blocks = Math.ceilDiv(g.keys(), BLOCK);
        runs = heads >= FEW_TASKS ? 1 : Math.max(1, Math.min(blocks, MAX_RUNS));
        runKeys = Math.ceilDiv(blocks, runs) * BLOCK;
        runs = Math.max(1, Math.ceilDiv(g.keys(), Math.max(1, runKeys)));
        layOut();
        partial = runs > 1 ? workers.sharedScratch(runs * g.queryLength()) : dq;
        workers.run(running, heads * runs);
        if (runs > 1) {
            workers.run(adding, g.rows());
        }
    }

    private void layOut() {
        int block = Math.min(BLOCK, g.keys());
        int dim = g.dim();
        int valueDim = g.valueDim();
        blockKeysAt = Lanes.SUM_LANES;
        blockValuesAt = blockKeysAt + block * dim;
        keyPanelsAt = blockValuesAt + block * valueDim;
        dKeysAt = keyPanelsAt + PanelProduct.packedLength(block, dim);
        dValuesAt = dKeysAt + block * dim;
        scaledAt = dValuesAt + block * valueDim;
        queryColumnsAt = scaledAt + QUERIES * dim;
        queryPanelsAt = queryColumnsAt + PanelProduct.packedLength(dim, QUERIES);
        gradientColumnsAt = queryPanelsAt + PanelProduct.packedLength(QUERIES, dim);
        gradientPanelsAt = gradientColumnsAt + PanelProduct.packedLength(valueDim, QUERIES);
        weightsAt = gradientPanelsAt + PanelProduct.packedLength(QUERIES, valueDim);
        dScoresAt = weightsAt + TILE;
        turnedAt = dScoresAt + TILE;
        logsAt = turnedAt + QUERIES * TURNED;
        dotsAt = logsAt + QUERIES;
        productAt = dotsAt + QUERIES;
        length = productAt + PanelProduct.scratch(BLOCK, Math.max(BLOCK, Math.max(dim, valueDim)));
    }

    private void runOfKeys(int task, int worker) {
        int run = task % runs;
        int keyHead = task / runs % g.keyHeads();
        int sequence = task / runs / g.keyHeads();
        float[] s = workers.scratch(worker, length);
        for (int h = 0; h < group; h++) {
            clearQueries(sequence, keyHead * group + h, run);
        }
        int end = Math.min(g.keys(), (run + 1) * runKeys);
        for (int key = run * runKeys; key < end; key += BLOCK) {
            block(sequence, keyHead, run, key, Math.min(BLOCK, end - key), s);
        }
    }

    /** A dq that is added to from one block of keys to the next begins with zeros. */
    private void clearQueries(int sequence, int head, int run) {
        if (runs == 1 && accumulateQ) {
            return;
        }
        int distance = g.inputDistance(g.heads(), g.dim());
        int at = queryGradient(sequence, head, run);
        for (int i = 0; i < g.queries(); i++) {
            Arrays.fill(partial, at + i * distance, at + i * distance + g.dim(), 0f);
        }
    }

    private int queryGradient(int sequence, int head, int run) {
        return (runs > 1 ? run * g.queryLength() : dqOffset)
                + g.inputStart(sequence, head, g.heads(), g.queries(), g.dim());
    }

    private void block(int sequence, int keyHead, int run, int key, int keys, float[] s) {
        int dim = g.dim();
        int valueDim = g.valueDim();
        int keyDistance = g.inputDistance(g.keyHeads(), dim);
        int valueDistance = g.inputDistance(g.keyHeads(), valueDim);
        int keyStart = g.inputStart(sequence, keyHead, g.keyHeads(), g.keys(), dim) + key * keyDistance;
        int valueStart = g.inputStart(sequence, keyHead, g.keyHeads(), g.keys(), valueDim) + key * valueDistance;
        for (int j = 0; j < keys; j++) {
            Rows.copy(dim, k, kOffset + keyStart + j * keyDistance, s, blockKeysAt + j * dim);
            Rows.copy(valueDim, v, vOffset + valueStart + j * valueDistance, s, blockValuesAt + j * valueDim);
        }
        // dq needs the scale once more, as dk has it from the scaled queries.
        SoftmaxTerms.scale(keys * dim, s, blockKeysAt, g.scale(), s, dKeysAt, false);
        PanelProduct.pack(keys, dim, s, dKeysAt, dim, s, keyPanelsAt);
        Arrays.fill(s, dKeysAt, dKeysAt + keys * dim, 0f);
        Arrays.fill(s, dValuesAt, dValuesAt + keys * valueDim, 0f);
        int first = g.firstQuery(key) / QUERIES * QUERIES;
        int end = g.endQuery(key + keys - 1);
        for (int head = keyHead * group; head < (keyHead + 1) * group; head++) {
            for (int query = first; query < end; query += QUERIES) {
                tile(sequence, head, run, key, keys, query, Math.min(QUERIES, g.queries() - query), s);
            }
        }
        for (int j = 0; j < keys; j++) {
            SoftmaxTerms.scale(dim, s, dKeysAt + j * dim, 1, dk, dkOffset + keyStart + j * keyDistance, accumulateK);
            SoftmaxTerms.scale(valueDim, s, dValuesAt + j * valueDim, 1, dv,
                    dvOffset + valueStart + j * valueDistance, accumulateV);
        }
    }

    /** A block of keys meets some queries. */
    private void tile(int sequence, int head, int run, int key, int blockKeys, int query, int queries, float[] s) {
        // No query of the tile sees the keys after its last one's.
        int keys = Math.min(blockKeys, g.endKey(query + queries - 1) - key);
        if (keys <= 0) {
            return;
        }
        loadQueries(sequence, head, query, queries, s);
        int strip = g.isCausal() ? AttentionForward.STRIP : BLOCK;
        for (int j = 0; j < keys; j += strip) {
            scores(key, j, Math.min(strip, keys - j), query, queries, s);
        }
        if (bias != null) {
            addBias(sequence, head, key, keys, query, queries, s);
        }
        weights(key, keys, query, queries, s);
        int usedAt = dropout > 0 ? drop(sequence, head, key, keys, query, queries, s) : weightsAt;
        scoreGradients(key, keys, query, queries, s);
        for (int j = 0; j < keys; j += strip) {
            keyGradients(key, j, Math.min(strip, keys - j), query, queries, usedAt, s);
        }
        GemmPacking.transpose(keys, queries, s, dScoresAt, QUERIES, s, turnedAt, TURNED);
        for (int i = 0; i < queries; i += strip) {
            queryGradients(sequence, head, run, key, blockKeys, query + i, i, Math.min(strip, queries - i), s);
        }
    }

    /** The scores of some keys, from the j-th of the block on, and the gradients of their weights. */
    private void scores(int key, int j, int rows, int query, int queries, float[] s) {
        int dim = g.dim();
        int valueDim = g.valueDim();
        int lo = lo(key + j, query, queries);
        PanelProduct.multiplyPanels(rows, lo, queries, dim, s, blockKeysAt + j * dim, dim, s, queryColumnsAt, dim, s,
                weightsAt + j * QUERIES, QUERIES, false, s, productAt);
        PanelProduct.multiplyPanels(rows, lo, queries, valueDim, s, blockValuesAt + j * valueDim, valueDim, s,
                gradientColumnsAt, valueDim, s, dScoresAt + j * QUERIES, QUERIES, false, s, productAt);
    }

    /** What some keys and their values receive. */
    private void keyGradients(int key, int j, int rows, int query, int queries, int usedAt, float[] s) {
        int dim = g.dim();
        int valueDim = g.valueDim();
        int lo = lo(key + j, query, queries);
        PanelProduct.multiplyPanels(rows, valueDim, queries - lo, s, usedAt + j * QUERIES + lo, QUERIES, s,
                gradientPanelsAt + lo * GemmBlocking.NR, queries, s, dValuesAt + j * valueDim, valueDim, true, s,
                productAt);
        PanelProduct.multiplyPanels(rows, dim, queries - lo, s, dScoresAt + j * QUERIES + lo, QUERIES, s,
                queryPanelsAt + lo * GemmBlocking.NR, queries, s, dKeysAt + j * dim, dim, true, s, productAt);
    }

    /** What some queries receive, from the i-th of the tile on. */
    private void queryGradients(int sequence, int head, int run, int key, int blockKeys, int query, int i, int rows,
            float[] s) {
        int dim = g.dim();
        int seen = Math.clamp(g.endKey(query + rows - 1) - (long) key, 0, blockKeys);
        int distance = g.inputDistance(g.heads(), dim);
        PanelProduct.multiplyPanels(rows, dim, seen, s, turnedAt + i * TURNED, TURNED, s, keyPanelsAt, blockKeys,
                partial, queryGradient(sequence, head, run) + query * distance, distance, true, s, productAt);
    }

    /** Where in a tile the queries begin that see a key or a later one; at a whole vector. */
    private int lo(int key, int query, int queries) {
        return Math.clamp(g.firstQuery(key) - (long) query, 0, queries) / WIDEST * WIDEST;
    }

    /** Scaled queries and the gradients of their results, as rows and as columns; their logarithms and dots. */
    private void loadQueries(int sequence, int head, int query, int queries, float[] s) {
        int dim = g.dim();
        int valueDim = g.valueDim();
        int distance = g.inputDistance(g.heads(), dim);
        int from = qOffset + g.inputStart(sequence, head, g.heads(), g.queries(), dim) + query * distance;
        int outDistance = g.distance(g.heads(), valueDim);
        int out = g.start(sequence, head, g.heads(), g.queries(), valueDim) + query * outDistance;
        int row = logSumExpOffset + (sequence * g.heads() + head) * g.queries() + query;
        for (int i = 0; i < queries; i++) {
            SoftmaxTerms.scale(dim, q, from + i * distance, g.scale(), s, scaledAt + i * dim, false);
            float log = logSumExp[row + i];
            // A query that saw nothing has no weights.
            s[logsAt + i] = log == Float.NEGATIVE_INFINITY ? Float.POSITIVE_INFINITY : log;
            s[dotsAt + i] = SumJob.dot(valueDim, dy, dyOffset + out + i * outDistance, y,
                    yOffset + out + i * outDistance, s);
        }
        PanelProduct.packTransposed(dim, queries, s, scaledAt, dim, s, queryColumnsAt);
        PanelProduct.pack(queries, dim, s, scaledAt, dim, s, queryPanelsAt);
        PanelProduct.packTransposed(valueDim, queries, dy, dyOffset + out, outDistance, s, gradientColumnsAt);
        PanelProduct.pack(queries, valueDim, dy, dyOffset + out, outDistance, s, gradientPanelsAt);
    }

    private void addBias(int sequence, int head, int key, int keys, int query, int queries, float[] s) {
        GemmPacking.transpose(queries, keys, bias,
                biasOffset + g.biasStart(sequence, head) + query * g.keys() + key, g.keys(), s, turnedAt, QUERIES);
        for (int j = 0; j < keys; j++) {
            Rows.add(queries, s, turnedAt + j * QUERIES, s, weightsAt + j * QUERIES);
        }
    }

    /** Turns scores into weights; zeros where a query does not see a key. */
    private void weights(int key, int keys, int query, int queries, float[] s) {
        for (int j = 0; j < keys; j++) {
            subtract(queries, s, weightsAt + j * QUERIES, logsAt);
        }
        VectorMath.exp(keys * QUERIES, s, weightsAt, s, weightsAt);
        for (int j = 0; j < keys; j++) {
            int at = weightsAt + j * QUERIES;
            int lo = Math.clamp(g.firstQuery(key + j) - query, 0, queries);
            int hi = Math.clamp(g.endQuery(key + j) - query, lo, queries);
            Arrays.fill(s, at, at + lo, 0f);
            Arrays.fill(s, at + hi, at + queries, 0f);
        }
    }

    /** Drops what the forward pass dropped: from a copy of the weights, whose place it says, and from their gradients. */
    private int drop(int sequence, int head, int key, int keys, int query, int queries, float[] s) {
        Rows.copy(keys * QUERIES, s, weightsAt, s, turnedAt);
        for (int i = 0; i < queries; i++) {
            long first = g.weight(sequence, head, query + i, key);
            DroppedWeights.apply(keys, first, seed, stream, dropout, s, turnedAt + i, QUERIES);
            DroppedWeights.apply(keys, first, seed, stream, dropout, s, dScoresAt + i, QUERIES);
        }
        return turnedAt;
    }

    /** dScore = weight · (dWeight − dot), in place of dWeight; zeros where none was computed. */
    private void scoreGradients(int key, int keys, int query, int queries, float[] s) {
        for (int j = 0; j < keys; j++) {
            int at = dScoresAt + j * QUERIES;
            subtract(queries, s, at, dotsAt);
            Rows.multiply(queries, s, weightsAt + j * QUERIES, s, at, s, at);
            Arrays.fill(s, at, at + lo(key + j, query, queries), 0f);
        }
    }

    private static void subtract(int n, float[] s, int at, int subtrahends) {
        int main = S.loopBound(n);
        for (int i = 0; i < main; i += L) {
            FloatVector.fromArray(S, s, at + i).sub(FloatVector.fromArray(S, s, subtrahends + i)).intoArray(s, at + i);
        }
        for (int i = main; i < n; i++) {
            s[at + i] -= s[subtrahends + i];
        }
    }

    /** Adds what the runs have for one query. */
    private void addRuns(int row, int worker) {
        int query = row % g.queries();
        int head = row / g.queries();
        int at = g.inputStart(head / g.heads(), head % g.heads(), g.heads(), g.queries(), g.dim())
                + query * g.inputDistance(g.heads(), g.dim());
        for (int run = 0; run < runs; run++) {
            SoftmaxTerms.scale(g.dim(), partial, run * g.queryLength() + at, 1, dq, dqOffset + at,
                    accumulateQ || run > 0);
        }
    }
}
