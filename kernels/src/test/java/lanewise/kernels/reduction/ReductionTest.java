package lanewise.kernels.reduction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Sums and maxima that a reader can verify by hand. */
class ReductionTest {

    private static final Workers WORKERS = Workers.single();
    private static final float NAN = Float.NaN;

    // Two rows of three, each followed by an element that does not belong to the matrix.
    private static final float[] PADDED = {1, 2, 3, NAN, 10, 20, 30, NAN};

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void sumsOfIntegersAreExact() {
        float[] x = new float[200];
        for (int i = 0; i < x.length; i++) {
            x[i] = i + 1;
        }
        float[] sum = {NAN};
        for (int n = 0; n < x.length; n++) {
            Reduction.sum(WORKERS, n, x, 1, sum, 0);
            assertEquals((n + 1) * (n + 2) / 2 - 1, sum[0]);
        }
    }

    @Test
    void errorOfSumDoesNotGrowWithTheNumberOfElements() {
        // 100 000 300 takes 27 bits: exact in each block and between the blocks, and rounded once.
        float[] x = new float[1_000_003];
        Arrays.fill(x, 100f);
        float[] sum = new float[1];
        Reduction.sum(WORKERS, x.length, x, 0, sum, 0);
        assertEquals(100_000_300f, sum[0]);
    }

    @Test
    void sumsColumns() {
        float[] sum = {NAN, NAN, NAN};
        Reduction.columnSums(WORKERS, 2, 3, PADDED, 0, 4, sum, 0, false);
        assertArrayEquals(new float[]{11, 22, 33}, sum);
        Reduction.columnSums(WORKERS, 2, 3, PADDED, 0, 4, sum, 0, true);
        assertArrayEquals(new float[]{22, 44, 66}, sum);
        Reduction.columnSums(WORKERS, 0, 3, null, 0, 3, sum, 0, true);
        assertArrayEquals(new float[]{22, 44, 66}, sum);
        Reduction.columnSums(WORKERS, 0, 3, null, 0, 3, sum, 0, false);
        assertArrayEquals(new float[]{0, 0, 0}, sum);
        Reduction.columnSums(WORKERS, 3, 0, null, 0, 0, null, 0, false);
    }

    @Test
    void findsTheFirstMaximumOfEachRow() {
        float[] x = {1, 3, 3, -1, -0f, 0, -5, -4, -6};
        int[] index = new int[3];
        Reduction.argMaxRows(WORKERS, 3, 3, x, 0, 3, index, 0);
        assertArrayEquals(new int[]{1, 1, 1}, index);
    }

    @Test
    void nanIsTheMaximum() {
        float[] x = {1, 9, NAN, 2, NAN};
        int[] index = new int[1];
        Reduction.argMaxRows(WORKERS, 1, 5, x, 0, 5, index, 0);
        assertEquals(2, index[0]);
    }

    @Test
    void findsTheMaximumWhereverItStands() {
        int[] index = new int[1];
        for (int cols = 1; cols < 70; cols++) {
            for (int j = 0; j < cols; j++) {
                float[] x = new float[cols];
                Arrays.fill(x, Float.NEGATIVE_INFINITY);
                x[j] = -1;
                Reduction.argMaxRows(WORKERS, 1, cols, x, 0, cols, index, 0);
                assertEquals(j, index[0]);
                x[j] = NAN;
                Reduction.argMaxRows(WORKERS, 1, cols, x, 0, cols, index, 0);
                assertEquals(j, index[0]);
            }
        }
    }

    @Test
    void anEmptyRowHasNoMaximum() {
        assertEquals("Reduction.argMaxRows: cols = 0, need cols >= 1 (an empty row has no maximum; rows = 2)",
                assertThrows(IllegalArgumentException.class,
                        () -> Reduction.argMaxRows(WORKERS, 2, 0, null, 0, 0, new int[2], 0)).getMessage());
    }
}
