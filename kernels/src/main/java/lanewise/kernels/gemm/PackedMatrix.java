package lanewise.kernels.gemm;

/** A matrix packed once and used often. */
public final class PackedMatrix {

    private final int k;
    private final int n;
    final float[] data;

    private PackedMatrix(int k, int n) {
        this.k = k;
        this.n = n;
        this.data = new float[k * n];
    }

    /** Temporary first form: replaced before release. */
    public static PackedMatrix pack(Transpose transB, int k, int n, float[] b, int bOffset, int ldb) {
        PackedMatrix p = new PackedMatrix(k, n);
        p.repack(transB, b, bOffset, ldb);
        return p;
    }

    /** Temporary first form: replaced before release. */
    public void repack(Transpose transB, float[] b, int bOffset, int ldb) {
        for (int p = 0; p < k; p++) {
            for (int j = 0; j < n; j++) {
                data[p * n + j] = transB == Transpose.TRANS ? b[bOffset + j * ldb + p] : b[bOffset + p * ldb + j];
            }
        }
    }

    /** Rows. */
    public int k() {
        return k;
    }

    /** Columns. */
    public int n() {
        return n;
    }
}
