package lanewise.kernels.activation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The logistic function at points where it is known, and its derivative. */
class SigmoidTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void isOneHalfAtZeroAndApproachesZeroAndOne() {
        float inf = Float.POSITIVE_INFINITY;
        float[] x = {0f, -0f, inf, -inf, 20f, -20f, Float.MAX_VALUE, -Float.MAX_VALUE, Float.NaN};
        float[] y = new float[9];
        Sigmoid.forward(WORKERS, 9, x, 0, y, 0);
        assertArrayEquals(new float[]{0.5f, 0.5f, 1f, 0f, 1f, 2.0611537e-9f, 1f, 0f, Float.NaN}, y);
    }

    @Test
    void underflowsGradually() {
        // exp(-100) = 3.72e-44 and exp(-103) = 1.85e-45, next to 27 and 1 times the smallest float.
        float[] y = new float[3];
        Sigmoid.forward(WORKERS, 3, new float[]{-100f, -103f, -104f}, 0, y, 0);
        assertArrayEquals(new float[]{27 * Float.MIN_VALUE, Float.MIN_VALUE, 0f}, y);
    }

    @Test
    void computesInPlaceAndLeavesOtherElementsAlone() {
        float[] x = new float[40];
        Arrays.fill(x, 7f);
        Arrays.fill(x, 3, 38, 0f);
        Sigmoid.forward(WORKERS, 35, x, 3, x, 3);
        float[] expected = new float[40];
        Arrays.fill(expected, 7f);
        Arrays.fill(expected, 3, 38, 0.5f);
        assertArrayEquals(expected, x);
    }

    @Test
    void derivativeIsYTimesOneMinusY() {
        float[] y = {0.5f, 0.25f, 0f, 1f, 0.75f};
        float[] dy = {1f, 16f, 3f, 3f, -16f};
        float[] dx = {Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN};
        Sigmoid.backward(WORKERS, 5, y, 0, dy, 0, dx, 0, false);
        assertArrayEquals(new float[]{0.25f, 3f, 0f, 0f, -3f}, dx);
        Sigmoid.backward(WORKERS, 5, y, 0, dy, 0, dx, 0, true);
        assertArrayEquals(new float[]{0.5f, 6f, 0f, 0f, -6f}, dx);
    }

    @Test
    void nothingIsDoneForNoElements() {
        Sigmoid.forward(WORKERS, 0, null, 0, null, 0);
        Sigmoid.backward(WORKERS, 0, null, 0, null, 0, null, 0, true);
    }

    @Test
    void wrongArgumentsAreNamed() {
        float[] four = new float[4];
        assertEquals("Sigmoid.forward: n = -1, need n >= 0",
                assertThrows(IllegalArgumentException.class, () -> Sigmoid.forward(WORKERS, -1, four, 0, four, 0))
                        .getMessage());
        assertEquals("Sigmoid.backward: dx.length = 4, need dx.length >= 5 (dxOffset 1 + 4 elements)",
                assertThrows(IndexOutOfBoundsException.class,
                        () -> Sigmoid.backward(WORKERS, 4, four, 0, four, 0, four, 1, false)).getMessage());
    }
}
