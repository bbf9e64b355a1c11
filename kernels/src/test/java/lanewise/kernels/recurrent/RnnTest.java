package lanewise.kernels.recurrent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Networks of one unit, which a reader can verify by hand. */
class RnnTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void statesAreAddedUp() {
        // y = max(2 x + h / 2 + 1, 0), beginning with h = 4
        assertArrayEquals(new float[]{5, 0, 3}, forward(RnnFunction.RELU, 3, 1, -3, 1));
    }

    @Test
    void tanhBoundsThem() {
        float[] y = forward(RnnFunction.TANH, 1, 1);
        assertEquals(Math.tanh(5), y[0], 1e-6);
    }

    @Test
    void stepsBeyondALengthAreZero() {
        assertArrayEquals(new float[]{5, 0, 0}, forward(RnnFunction.RELU, 1, 1, 1, 1));
        assertEquals("Rnn.forward: lengths[0] = 2, need 0 <= length <= steps = 1",
                assertThrows(IllegalArgumentException.class, () -> forward(RnnFunction.RELU, 2, 1)).getMessage());
    }

    private static float[] forward(RnnFunction function, int length, float... x) {
        float[] y = new float[x.length];
        Rnn.forward(WORKERS, function, x.length, 1, 1, 1, x, 0, new float[]{2}, 0, new float[]{0.5f}, 0,
                new float[]{1}, 0, new float[]{4}, 0, new int[]{length}, 0, y, 0);
        return y;
    }
}
