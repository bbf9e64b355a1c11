package lanewise.kernels.elementwise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Arithmetic that a reader can verify by hand. */
class ElementwiseTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void adds() {
        float[] y = {9, 9, 9, 9};
        Elementwise.add(WORKERS, 2, new float[]{1, 2}, 0, new float[]{0, 10, 20}, 1, y, 1);
        assertArrayEquals(new float[]{9, 11, 22, 9}, y);
    }

    @Test
    void multiplies() {
        float[] y = {9, 9, 9};
        Elementwise.multiply(WORKERS, 2, new float[]{3, 4}, 0, new float[]{5, -6}, 0, y, 0);
        assertArrayEquals(new float[]{15, -24, 9}, y);
    }

    @Test
    void addsAMultiple() {
        float[] y = {1, 2, 9};
        Elementwise.axpy(WORKERS, 2, 10f, new float[]{3, 4}, 0, y, 0);
        assertArrayEquals(new float[]{31, 42, 9}, y);
    }

    @Test
    void scales() {
        float[] y = {9, 9, 9};
        Elementwise.scale(WORKERS, 2, -2f, new float[]{3, 4}, 0, y, 0);
        assertArrayEquals(new float[]{-6, -8, 9}, y);
    }
}
