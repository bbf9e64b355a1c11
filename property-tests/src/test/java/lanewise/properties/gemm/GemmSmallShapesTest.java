package lanewise.properties.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every small product is exact on integers, and so are larger ones around the edges of tiles and blocks: with both
 * transposes of both operands, every pair of scalars, leading dimensions larger than needed and offsets. With beta = 0
 * the old C is full of NaN. What lies before, after and between the rows of C keeps its bits.
 */
@Tag("sweep")
class GemmSmallShapesTest {

    // Twice a tile and one more: six rows, and four vectors of 8 lanes (all scalars) or of 16 (one pair of them).
    private static final int M = 13;
    private static final int N = 65;
    private static final int N_WIDE = 129;
    private static final int K = 9;

    @Test
    void everySmallProductIsExact() {
        int checked = 0;
        try (Workers workers = Workers.single()) {
            for (int k = 0; k <= K; k++) {
                IntegerProduct product = new IntegerProduct(M, N_WIDE, k);
                for (int m = 0; m <= M; m++) {
                    for (int n = 0; n <= N; n++) {
                        checked += product.check(workers, m, n, 0, 1, -1, 2, 0.5f);
                    }
                    for (int n = N + 1; n <= N_WIDE; n++) {
                        checked += product.check(workers, m, n, 0.5f);
                    }
                }
            }
        }
        assertEquals((K + 1) * (M + 1) * ((N + 1) * 100 + (N_WIDE - N) * 4), checked, "products checked");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 512, 513, 1023, 1024, 1025,
                    2047, 2048, 2049})
    void longSumsAreExact(int k) {
        int[] rows = {1, 2, 3, 4, 5, 6, 7, 8, 13};
        int[] columns = {1, 2, 7, 8, 9, 15, 16, 17, 23, 24, 25, 31, 32, 33, 48, 64, 65};
        IntegerProduct product = new IntegerProduct(M, N, k);
        int checked = 0;
        try (Workers workers = Workers.single()) {
            for (int m : rows) {
                for (int n : columns) {
                    checked += product.check(workers, m, n, 0, 1, -0.5f);
                }
            }
        }
        assertEquals(rows.length * columns.length * 36, checked, "products checked");
    }

    @ParameterizedTest
    @CsvSource({"1, 1100, 1100", "5, 2100, 70", "65, 1030, 1030", "130, 70, 1030", "2050, 17, 33", "257, 129, 65",
            "129, 1025, 257", "31, 200, 40", "32, 64, 1", "36, 200, 40"})
    void largeProductsAreExact(int m, int n, int k) {
        IntegerProduct product = new IntegerProduct(m, n, k);
        for (int threads : new int[]{1, 3}) {
            try (Workers workers = Workers.of(threads)) {
                assertEquals(16, product.check(workers, m, n, 1, -2), "products checked");
            }
        }
    }
}
