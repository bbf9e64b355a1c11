package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BufferPoolTest {

    private final BufferPool<float[]> pool = new BufferPool<>(float[]::new);

    @Test
    void arraysAreLongEnoughAndWasteAtMostAQuarter() {
        for (int size = 0; size < 10_000; size++) {
            int length = pool.take(size).length;
            assertTrue(length >= size, "asked for " + size + ", got " + length);
            assertTrue(length <= Math.max(16, size + size / 4 + 1), "asked for " + size + ", got " + length);
        }
    }

    @Test
    void everyLengthGoesBackToTheClassItCameFrom() {
        for (int size = 1; size < 10_000; size++) {
            float[] array = pool.take(size);
            pool.give(array);
            assertSame(array, pool.take(size));
            assertNotSame(array, pool.take(size));
        }
    }

    @Test
    void lastGivenIsFirstTaken() {
        float[] a = pool.take(100);
        float[] b = pool.take(100);
        pool.give(a);
        pool.give(b);

        assertSame(b, pool.take(100));
        assertSame(a, pool.take(100));
    }

    @Test
    void keepsMoreThanItsFirstStackHolds() {
        float[][] arrays = new float[100][];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = pool.take(32);
        }
        for (float[] array : arrays) {
            pool.give(array);
        }
        for (int i = arrays.length - 1; i >= 0; i--) {
            assertSame(arrays[i], pool.take(32));
        }
    }

    @Test
    void clearForgetsEverything() {
        float[] array = pool.take(5);
        pool.give(array);

        pool.clear();

        assertNotSame(array, pool.take(5));
        assertEquals(16, pool.take(5).length);
    }
}
