package lanewise.kernels.gemm;

import lanewise.kernels.internal.Lanes;

/**
 * Has the micro-kernels compiled when their drivers' classes start, by many short calls.
 *
 * <p>
 * Until C2 has compiled it, a kernel on the Vector API makes an object of every vector and runs about a hundred times
 * slower, and C2 comes after a number of calls, not after a time: long products would spend seconds there. Both ways
 * through a kernel are taken here, since C2 would else leave one out and compile again when it is met. Results never
 * depend on this.
 */
final class GemmWarmUp {

    private static final int CALLS = Integer.getInteger("wu", 4000);
    private static final int DEPTH = 16;
    private static final int LD = 4 * Lanes.LANES + 8;
    private static final int ROWS = 24;

    private GemmWarmUp() {}

    static void blocked() {
        float[] a = new float[ROWS * LD];
        float[] b = new float[DEPTH * LD];
        float[] c = new float[ROWS * LD];
        float[] scratch = new float[PanelProduct.scratch(ROWS, DEPTH)];
        int nr = GemmBlocking.NR;
        for (int call = 0; call < CALLS; call++) {
            boolean accumulate = (call & 1) == 0;
            int rows = 5 + 5 * (call % 3);
            PanelProduct.ofPanels(rows, nr, DEPTH, a, 0, b, 0, c, 0, LD, accumulate, scratch, 0);
            PanelProduct.ofRows(rows, nr, DEPTH, a, 0, DEPTH, b, 0, nr, true, c, 0, LD, accumulate, scratch, 0);
            for (int vectors = 1; vectors <= nr / Lanes.LANES; vectors++) {
                for (int tail = 1; tail <= 4; tail++) {
                    PanelProduct.ofRows(tail, vectors * Lanes.LANES, DEPTH, a, 0, DEPTH, b, 0, LD, false, c, 0, LD,
                            accumulate, scratch, 0);
                }
                PanelProduct.ofRows(vectors == 1 ? 8 * (1 + call % 3) : rows, vectors * Lanes.LANES, DEPTH, a, 0, DEPTH,
                        b, 0, LD, false, c, 0, LD, accumulate, scratch, 0);
            }
            GemmPacking.panelOfB(DEPTH, nr, b, 0, LD, c, 0);
        }
    }

    static void matrixVector() {
        float[] b = new float[4 * 64];
        float[] x = new float[64];
        float[] y = new float[64];
        float[] sums = new float[Lanes.SUM_LANES];
        for (int call = 0; call < CALLS; call++) {
            MatrixVector.addFourRows(64 - (call & 1), x, 0, b, 0, 64, y, 0);
            MatrixVector.addRow(64 - (call & 1), 0f, b, 0, y, 0);
            MatrixVector.dot(64 - (call & 1), b, 0, x, 0, sums);
        }
    }
}
