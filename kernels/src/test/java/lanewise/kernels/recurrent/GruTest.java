package lanewise.kernels.recurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Cells that a reader can verify by hand. */
class GruTest {

    private static final Workers WORKERS = Workers.single();
    // Gates that are as good as open or closed.
    private static final float OPEN = 100;
    private static final float CLOSED = -100;

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void anOpenUpdateGateKeepsTheState() {
        assertEquals(2, step(true, 0.5f, 0, new float[]{OPEN, OPEN, 0, 0}), 1e-6);
    }

    @Test
    void aClosedOneTakesTheNewState() {
        assertEquals(Math.tanh(0.5), step(true, 0.5f, 0, new float[]{OPEN, CLOSED, 0, 0}), 1e-6);
        // r = 1/2, U = 3, h = 2, and the state's bias of 1: after the product all of it is halved, before it the state only.
        assertEquals(Math.tanh(-3 + (6 + 1) / 2.0), step(true, -3, 3, new float[]{0, CLOSED, 0, 1}), 1e-6);
        assertEquals(Math.tanh(-3 + 3 + 1), step(false, -3, 3, new float[]{0, CLOSED, 0, 1}), 1e-6);
    }

    @Test
    void lengthsAreChecked() {
        assertEquals("Gru.forward: lengths[0] = -1, need 0 <= length <= steps = 1",
                assertThrows(IllegalArgumentException.class,
                        () -> Gru.forward(WORKERS, true, 1, 1, 1, 1, new float[1], 0, new float[3], 0, new float[3], 0,
                                new float[4], 0, new float[1], 0, new int[]{-1}, 0, new float[4], 0, new float[1], 0))
                        .getMessage());
    }

    @Test
    void emptyBatchesAndLayersDoNothing() {
        for (int hidden : new int[]{0, 2}) {
            for (int batch : new int[]{0, 3}) {
                int states = hidden * batch;
                Gru.forward(WORKERS, true, 1, batch, 1, hidden, new float[batch], 0, new float[3 * hidden], 0,
                        new float[3 * hidden * hidden], 0, new float[4 * hidden], 0, new float[states], 0,
                        new int[batch],
                        0, new float[4 * states], 0, new float[states], 0);
            }
        }
    }

    /** One step of one unit and one input, with a state of 2 before; weights are those of n. */
    private static float step(boolean resetAfter, float x, float u, float[] bias) {
        float[] y = new float[1];
        Gru.forward(WORKERS, resetAfter, 1, 1, 1, 1, new float[]{x}, 0, new float[]{0, 0, 1}, 0, new float[]{0, 0, u},
                0, bias, 0, new float[]{2}, 0, new int[]{1}, 0, new float[4], 0, y, 0);
        return y[0];
    }
}
