package lanewise.kernels.gemm;

import lanewise.kernels.Workers;

/** Many products that are each too small for several threads: every product is a task of one worker. */
final class BatchOfSmall implements Workers.Job {

    private BlockedGemm[] products = new BlockedGemm[0];
    private Workers workers;
    private boolean transA;
    private boolean transB;
    private int m;
    private int n;
    private int k;
    private float alpha;
    private float[] a;
    private int aOffset;
    private int lda;
    private int aStride;
    private float[] b;
    private int bOffset;
    private int ldb;
    private int bStride;
    private float beta;
    private float[] c;
    private int cOffset;
    private int ldc;
    private int cStride;

    void run(Workers workers, boolean transA, boolean transB, int m, int n, int k, float alpha, float[] a, int aOffset,
            int lda, int aStride, float[] b, int bOffset, int ldb, int bStride, float beta, float[] c, int cOffset,
            int ldc, int cStride, int batch) {
        this.workers = workers;
        this.transA = transA;
        this.transB = transB;
        this.m = m;
        this.n = n;
        this.k = k;
        this.alpha = alpha;
        this.a = a;
        this.aOffset = aOffset;
        this.lda = lda;
        this.aStride = aStride;
        this.b = b;
        this.bOffset = bOffset;
        this.ldb = ldb;
        this.bStride = bStride;
        this.beta = beta;
        this.c = c;
        this.cOffset = cOffset;
        this.ldc = ldc;
        this.cStride = cStride;
        if (products.length != workers.threads()) {
            products = new BlockedGemm[workers.threads()];
            for (int i = 0; i < products.length; i++) {
                products[i] = new BlockedGemm();
            }
        }
        workers.run(this, batch);
        this.workers = null;
        this.a = null;
        this.b = null;
        this.c = null;
    }

    @Override
    public void run(int task, int worker) {
        int ct = cOffset + task * cStride;
        if (!Gemm.start(m, n, k, alpha, beta, c, ct, ldc, Epilogue.NONE)) {
            products[worker].left(transA, m, alpha, a, aOffset + task * aStride, lda)
                    .right(transB, k, n, b, bOffset + task * bStride, ldb).into(beta != 0, c, ct, ldc, Epilogue.NONE)
                    .runAlone(workers, worker);
        }
    }
}
