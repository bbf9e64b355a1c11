package lanewise.kernels.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Numbers that a reader can verify by hand. */
class StorageTest {

    private static final Workers WORKERS = Workers.single();
    private static final float INF = Float.POSITIVE_INFINITY;

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void bfloat16IsTheUpperHalf() {
        // 1 + 2^-8 is halfway between 1 and 1 + 2^-7, of which 1 is even; 1 + 3 * 2^-8 goes to 1 + 2^-6.
        float[] x = {1, -2, 1 + 0x1p-8f, 1 + 3 * 0x1p-8f, Float.MAX_VALUE, Float.intBitsToFloat(0x7f800001)};
        short[] y = new short[7];
        Storage.toBfloat16(WORKERS, 6, x, 0, y, 1);
        assertArrayEquals(new short[]{0, 0x3f80, (short) 0xc000, 0x3f80, 0x3f82, 0x7f80, 0x7fc0}, y);
        float[] back = new float[6];
        Storage.fromBfloat16(WORKERS, 6, y, 1, back, 0);
        assertArrayEquals(new float[]{1, -2, 1, 1 + 0x1p-6f, INF, Float.NaN}, back);
    }

    @Test
    void float16HasTenBitsOfFraction() {
        float[] x = {1, -2, 65504, 65520, 0x1p-24f, 0x1p-26f, 1 + 0x1p-11f};
        short[] y = new short[7];
        Storage.toFloat16(WORKERS, 7, x, 0, y, 0);
        assertArrayEquals(new short[]{0x3c00, (short) 0xc000, 0x7bff, 0x7c00, 1, 0, 0x3c00}, y);
        float[] back = new float[7];
        Storage.fromFloat16(WORKERS, 7, y, 0, back, 0);
        assertArrayEquals(new float[]{1, -2, 65504, INF, 0x1p-24f, 0, 1}, back);
    }

    @Test
    void int8IsRoundedAndHeld() {
        float[] x = {0.25f, 0.75f, -1.25f, 100, -100, Float.NaN, INF};
        byte[] y = new byte[7];
        Storage.toInt8(WORKERS, 7, 0.5f, x, 0, y, 0);
        assertArrayEquals(new byte[]{0, 2, -2, 127, -128, 0, 127}, y);
        float[] back = new float[7];
        Storage.fromInt8(WORKERS, 7, 0.5f, y, 0, back, 0);
        assertArrayEquals(new float[]{0, 1, -1, 63.5f, -64, 0, 63.5f}, back);
        assertEquals("Storage.toInt8: scale = 0.0, need a finite number of at least 1.1754944E-38",
                assertThrows(IllegalArgumentException.class, () -> Storage.toInt8(WORKERS, 1, 0, x, 0, y, 0))
                        .getMessage());
    }
}
