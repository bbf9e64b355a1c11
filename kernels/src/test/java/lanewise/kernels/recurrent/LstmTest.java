package lanewise.kernels.recurrent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Cells that a reader can verify by hand. */
class LstmTest {

    private static final Workers WORKERS = Workers.single();
    // Gates that are as good as open or closed.
    private static final float OPEN = 100;
    private static final float CLOSED = -100;

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void openGatesRememberAndAdd() {
        // c = c' + tanh(x): i, f and o are open, g is the input
        float[] y = new float[3];
        float[] c = new float[3];
        forward(new int[]{3}, new float[]{0.5f, 0, -1}, new float[]{0, 0, 1, 0},
                new float[]{OPEN, OPEN, 0, OPEN}, c, y);

        double first = 2 + Math.tanh(0.5);
        assertArrayEquals(new float[]{(float) first, (float) first, (float) (first + Math.tanh(-1))}, c, 1e-6f);
        assertEquals(Math.tanh(first), y[0], 1e-6);
    }

    @Test
    void closedGatesForgetAndHide() {
        float[] y = new float[1];
        float[] c = new float[1];
        forward(new int[]{1}, new float[]{0.5f}, new float[]{0, 0, 1, 0}, new float[]{OPEN, CLOSED, 0, CLOSED}, c, y);

        assertEquals(Math.tanh(0.5), c[0], 1e-6);
        assertEquals(0, y[0], 1e-30);
    }

    @Test
    void whatIsBeyondALengthIsZero() {
        float[] y = new float[3];
        float[] c = new float[3];
        forward(new int[]{1}, new float[]{1, 1, 1}, new float[]{0, 0, 1, 0}, new float[]{OPEN, OPEN, 0, OPEN}, c, y);

        assertEquals(0, y[1]);
        assertEquals(0, c[2]);
        assertEquals("Lstm.forward: lengths[0] = 4, need 0 <= length <= steps = 3",
                assertThrows(IllegalArgumentException.class, () -> forward(new int[]{4}, new float[3], new float[4],
                        new float[4], c, y)).getMessage());
    }

    @Test
    void emptyBatchesAndLayersDoNothing() {
        for (int hidden : new int[]{0, 2}) {
            for (int batch : new int[]{0, 3}) {
                int states = hidden * batch;
                Lstm.forward(WORKERS, 1, batch, 1, hidden, new float[batch], 0, new float[4 * hidden], 0,
                        new float[4 * hidden * hidden], 0, new float[4 * hidden], 0, null, 0, new float[states], 0,
                        new float[states], 0, new int[batch], 0, new float[4 * states], 0, new float[states], 0,
                        new float[states], 0);
                Lstm.backward(WORKERS, 1, batch, hidden, new float[4 * hidden * hidden], 0, null, 0, new float[states],
                        0,
                        new int[batch], 0, new float[4 * states], 0, new float[states], 0, new float[states], 0,
                        new float[states], 0, new float[4 * states], 0, new float[states], 0, new float[states], 0);
            }
        }
    }

    /** One sequence of one unit and one input, with cells of 2 before. */
    private static void forward(int[] lengths, float[] x, float[] wInput, float[] bias, float[] c, float[] y) {
        Lstm.forward(WORKERS, x.length, 1, 1, 1, x, 0, wInput, 0, new float[4], 0, bias, 0, null, 0, new float[1],
                0, new float[]{2}, 0, lengths, 0, new float[4 * x.length], 0, c, 0, y, 0);
    }
}
