package lanewise.kernels.layout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What views are for, in small. */
class StridedTest {

    private static final Workers WORKERS = Workers.of(2);
    private static final float[] X = {1, 2, 3, 4, 5, 6};

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void transposes() {
        float[] y = new float[6];
        Strided.copy(WORKERS, Layout.of(2, 3).permute(1, 0), X, 0, Layout.of(3, 2), y, 0);
        assertArrayEquals(new float[]{1, 4, 2, 5, 3, 6}, y);
    }

    @Test
    void takesASliceAndAddsItsGradient() {
        Layout slice = Layout.of(2, 3).slice(1, 1, 3);
        float[] y = new float[4];
        Strided.copy(WORKERS, slice, X, 0, Layout.of(2, 2), y, 0);
        assertArrayEquals(new float[]{2, 3, 5, 6}, y);
        float[] dx = {1, 1, 1, 1, 1, 1};
        Strided.add(WORKERS, Layout.of(2, 2), y, 0, slice, dx, 0);
        assertArrayEquals(new float[]{1, 3, 4, 1, 6, 7}, dx);
    }

    @Test
    void ofNothingThereIsNothingToCopy() {
        float[] y = {7};
        Strided.copy(WORKERS, Layout.of(2, 0, 4).permute(0, 2, 1), null, 0, Layout.of(2, 4, 0), y, 0);
        assertArrayEquals(new float[]{7}, y);
    }

    @Test
    void concatenates() {
        float[] y = new float[10];
        Layout whole = Layout.of(2, 5);
        Strided.copy(WORKERS, Layout.of(2, 3), X, 0, whole.slice(1, 0, 3), y, 0);
        Strided.copy(WORKERS, Layout.of(2, 2), X, 1, whole.slice(1, 3, 5), y, 0);
        assertArrayEquals(new float[]{1, 2, 3, 2, 3, 4, 5, 6, 4, 5}, y);
    }

    @Test
    void repeatsAndSums() {
        Layout repeated = Layout.of(3).broadcast(2, 3);
        float[] y = new float[6];
        Strided.copy(WORKERS, repeated, X, 0, Layout.of(2, 3), y, 0);
        assertArrayEquals(new float[]{1, 2, 3, 1, 2, 3}, y);
        float[] columns = new float[3];
        Strided.add(WORKERS, Layout.of(2, 3), X, 0, repeated, columns, 0);
        assertArrayEquals(new float[]{5, 7, 9}, columns);
        float[] rows = new float[2];
        Strided.add(WORKERS, Layout.of(2, 3), X, 0, Layout.of(2, 1).broadcast(2, 3), rows, 0);
        assertArrayEquals(new float[]{6, 15}, rows);
        float[] all = {100};
        Strided.add(WORKERS, Layout.of(2, 3), X, 0, Layout.of().broadcast(2, 3), all, 0);
        assertArrayEquals(new float[]{121}, all);
    }

    @Test
    void wrongViewsAreNamed() {
        assertEquals(
                "Strided.copy: from = [2, 3] with strides [3, 1], to = [3, 2] with strides [2, 1], need the same sizes",
                assertThrows(IllegalArgumentException.class,
                        () -> Strided.copy(WORKERS, Layout.of(2, 3), X, 0, Layout.of(3, 2), new float[6], 0))
                        .getMessage());
        assertEquals("Strided.copy: to = [2, 3] with strides [0, 1], need each element once",
                assertThrows(IllegalArgumentException.class, () -> Strided.copy(WORKERS, Layout.of(2, 3), X, 0,
                        Layout.of(3).broadcast(2, 3), new float[3], 0)).getMessage());
    }
}
