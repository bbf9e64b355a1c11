package lanewise.kernels.attention;

import lanewise.kernels.Workers;

/** What the forward and the backward pass of an attention read, held for the time of a call. */
abstract class AttentionOperands {

    Workers workers;
    AttentionGeometry g;
    long seed;
    long stream;
    float dropout;
    float[] q;
    int qOffset;
    float[] k;
    int kOffset;
    float[] v;
    int vOffset;
    float[] bias;
    int biasOffset;
    float[] y;
    int yOffset;
    float[] logSumExp;
    int logSumExpOffset;

    final void take(Workers workers, AttentionGeometry g, long seed, long stream, float dropout, float[] q,
            int qOffset, float[] k, int kOffset, float[] v, int vOffset, float[] bias, int biasOffset, float[] y,
            int yOffset, float[] logSumExp, int logSumExpOffset) {
        this.workers = workers;
        this.g = g;
        this.seed = seed;
        this.stream = stream;
        this.dropout = dropout;
        this.q = q;
        this.qOffset = qOffset;
        this.k = k;
        this.kOffset = kOffset;
        this.v = v;
        this.vOffset = vOffset;
        this.bias = bias;
        this.biasOffset = biasOffset;
        this.y = y;
        this.yOffset = yOffset;
        this.logSumExp = logSumExp;
        this.logSumExpOffset = logSumExpOffset;
    }

    /** Lets go of what belongs to the caller. */
    final void release() {
        workers = null;
        g = null;
        q = null;
        k = null;
        v = null;
        bias = null;
        y = null;
        logSumExp = null;
    }
}
