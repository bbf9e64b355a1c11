package lanewise.kernels.internal.gemm;

import lanewise.kernels.internal.Lanes;

/**
 * Has the main micro-kernels compiled when their drivers' classes start, by many short calls.
 *
 * <p>
 * Until C2 has compiled it, a kernel on the Vector API makes an object of every vector and runs about a hundred times
 * slower, and C2 comes after a number of calls, not after a time: long products would spend seconds there. The kernels
 * come one after another, the most important first, since C2 works on one at a time. Both ways through a kernel are taken,
 * since C2 would otherwise leave one out and compile again when it is met. Results never depend on this.
 */
public final class GemmWarmUp {

    /** Calls after which C2 has compiled a kernel for good. */
    public static final int CALLS = 3000;
    private static final int DEPTH = 16;
    private static final int ROWS = 16;
    private static final int NR = GemmBlocking.NR;

    private GemmWarmUp() {}

    /** The kernels that every product of some size needs. */
    public static void blocked() {
        if (!Lanes.COMPILED) {
            return;
        }
        float[] a = new float[ROWS * DEPTH];
        float[] b = new float[DEPTH * GemmPacking.PANELS * NR];
        float[] panels = new float[DEPTH * GemmPacking.PANELS * NR];
        float[] c = new float[ROWS * NR];
        multiply(5, NR, a, panels, true, c);
        for (int call = 0; call < CALLS; call++) {
            GemmPacking.fourPanels(DEPTH, b, 0, GemmPacking.PANELS * NR, panels, 0);
        }
        if (Lanes.WIDE_REGISTER_FILE) {
            for (int call = 0; call < CALLS; call++) {
                PanelProduct.multiplyAndPack(DEPTH, a, 0, DEPTH, b, 0, GemmPacking.PANELS * NR, panels, 0, c, 0, NR,
                        (call & 1) == 0);
            }
        }
        multiply(5, NR, a, panels, false, c);
        multiply(4, NR, a, panels, true, c);
        multiply(4, NR, a, panels, false, c);
    }

    /** The transposition of squares. */
    static void squares() {
        if (!Lanes.COMPILED) {
            return;
        }
        float[] from = new float[SquareTranspose.SIDE * DEPTH];
        float[] to = new float[DEPTH * SquareTranspose.SIDE];
        for (int call = 0; call < CALLS; call++) {
            SquareTranspose.transpose(DEPTH, from, 0, DEPTH, to, 0, SquareTranspose.SIDE);
        }
    }

    /** The kernels for panels of one vector and, where whole ones have four, of two. */
    public static void narrow() {
        if (!Lanes.COMPILED) {
            return;
        }
        float[] a = new float[ROWS * DEPTH];
        float[] panel = new float[DEPTH * NR];
        float[] c = new float[ROWS * NR];
        if (Lanes.WIDE_REGISTER_FILE) {
            multiply(8, NR / 2, a, panel, false, c);
            multiply(4, NR / 2, a, panel, false, c);
        }
        multiply(4, Lanes.LANES, a, panel, false, c);
    }

    /** One, two or three tiles at a time, in turn from zero and from C. */
    private static void multiply(int tileRows, int n, float[] a, float[] b, boolean packed, float[] c) {
        for (int call = 0; call < CALLS; call++) {
            int rows = tileRows * (1 + call % (ROWS / tileRows));
            PanelProduct.multiply(rows, n, DEPTH, a, 0, DEPTH, b, 0, NR, packed, c, 0, NR, (call & 1) == 0, null, 0);
        }
    }
}
