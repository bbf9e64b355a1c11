package lanewise.kernels.gemm;

import static lanewise.kernels.gemm.Transpose.NO_TRANS;
import static lanewise.kernels.gemm.Transpose.TRANS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Products that a reader can verify by hand. */
class GemmTest {

    private static final Workers WORKERS = Workers.single();

    // [1 2 3; 4 5 6] and [1 2; 3 4; 5 6], whose product is [22 28; 49 64].
    private static final float[] A = {1, 2, 3, 4, 5, 6};
    private static final float[] B = {1, 2, 3, 4, 5, 6};
    private static final float[] A_TRANSPOSED = {1, 4, 2, 5, 3, 6};
    private static final float[] B_TRANSPOSED = {1, 3, 5, 2, 4, 6};
    private static final float[] PRODUCT = {22, 28, 49, 64};

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void multipliesWithEveryTranspose() {
        assertArrayEquals(PRODUCT, product(NO_TRANS, A, 3, NO_TRANS, B, 2));
        assertArrayEquals(PRODUCT, product(TRANS, A_TRANSPOSED, 2, NO_TRANS, B, 2));
        assertArrayEquals(PRODUCT, product(NO_TRANS, A, 3, TRANS, B_TRANSPOSED, 3));
        assertArrayEquals(PRODUCT, product(TRANS, A_TRANSPOSED, 2, TRANS, B_TRANSPOSED, 3));
    }

    @Test
    void scalesTheProductByAlphaAndTheOldValueByBeta() {
        float[] c = {1, 1, 1, 1};
        Gemm.sgemm(WORKERS, NO_TRANS, NO_TRANS, 2, 2, 3, 2f, A, 0, 3, B, 0, 2, 10f, c, 0, 2);
        assertArrayEquals(new float[]{54, 66, 108, 138}, c);
    }

    @Test
    void doesNotReadTheOldValueWhenBetaIsZero() {
        float[] c = {Float.NaN, Float.NaN, Float.NaN, Float.NaN};
        Gemm.sgemm(WORKERS, NO_TRANS, NO_TRANS, 2, 2, 3, 1f, A, 0, 3, B, 0, 2, 0f, c, 0, 2);
        assertArrayEquals(PRODUCT, c);
    }

    @Test
    void eightThreadsWithTeamsOfTheirOwnShareAPackedMatrix() throws InterruptedException {
        int size = 130;
        float[] matrix = new float[size * size];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = i % 7 - 3;
        }
        float[] expected = product(size, matrix, PackedMatrix.pack(NO_TRANS, size, size, matrix, 0, size));
        PackedMatrix shared = PackedMatrix.pack(NO_TRANS, size, size, matrix, 0, size);
        List<Thread> threads = new ArrayList<>();
        List<float[]> products = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int round = 0; round < 20; round++) {
                    products.add(product(size, matrix, shared));
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(160, products.size());
        products.forEach(product -> assertArrayEquals(expected, product));
    }

    private static float[] product(int size, float[] a, PackedMatrix b) {
        float[] c = new float[size * size];
        try (Workers workers = Workers.of(2)) {
            Gemm.sgemm(workers, NO_TRANS, size, 1f, a, 0, size, b, 0f, c, 0, size, Epilogue.NONE);
        }
        return c;
    }

    @Test
    void appliesBetaWhenThereIsNothingToAdd() {
        float[] c = {1, 2, 3, 4};
        Gemm.sgemm(WORKERS, NO_TRANS, NO_TRANS, 2, 2, 0, 1f, null, 0, 0, null, 0, 2, 0.5f, c, 0, 2);
        assertArrayEquals(new float[]{0.5f, 1, 1.5f, 2}, c);
        Gemm.sgemm(WORKERS, NO_TRANS, NO_TRANS, 2, 2, 3, 0f, new float[]{Float.NaN, 0, 0, 0, 0, 0}, 0, 3, B, 0, 2, 0f,
                c, 0, 2);
        assertArrayEquals(new float[4], c);
    }

    @Test
    void addsTheBiasAndAppliesTheActivation() {
        float[] c = new float[4];
        float[] bias = {-30, 100, -22};
        Gemm.sgemm(WORKERS, NO_TRANS, NO_TRANS, 2, 2, 3, 1f, A, 0, 3, B, 0, 2, 0f, c, 0, 2,
                Epilogue.biasPerColumn(bias, 0, Activation.RELU));
        assertArrayEquals(new float[]{0, 128, 19, 164}, c);
        Gemm.sgemm(WORKERS, NO_TRANS, NO_TRANS, 2, 2, 3, 1f, A, 0, 3, B, 0, 2, 0f, c, 0, 2,
                Epilogue.biasPerRow(bias, 1, Activation.IDENTITY));
        assertArrayEquals(new float[]{122, 128, 27, 42}, c);
        Gemm.sgemm(WORKERS, NO_TRANS, NO_TRANS, 1, 1, 1, 1f, new float[1], 0, 1, new float[1], 0, 1, 0f, c, 0, 1,
                Epilogue.of(Activation.SIGMOID));
        assertEquals(0.5f, c[0]);
    }

    @Test
    void leavesWhatLiesBetweenTheRowsOfCAlone() {
        float[] c = {9, 9, 9, 9, 9, 9, 9};
        Gemm.sgemm(WORKERS, NO_TRANS, NO_TRANS, 2, 2, 3, 1f, A, 0, 3, B, 0, 2, 0f, c, 1, 3);
        assertArrayEquals(new float[]{9, 22, 28, 9, 49, 64, 9}, c);
    }

    @Test
    void multipliesByAMatrixPackedBefore() {
        float[] c = new float[4];
        for (PackedMatrix packed : new PackedMatrix[]{PackedMatrix.pack(NO_TRANS, 3, 2, B, 0, 2),
                PackedMatrix.pack(TRANS, 3, 2, B_TRANSPOSED, 0, 3)}) {
            Arrays.fill(c, Float.NaN);
            Gemm.sgemm(WORKERS, NO_TRANS, 2, 1f, A, 0, 3, packed, 0f, c, 0, 2, Epilogue.NONE);
            assertArrayEquals(PRODUCT, c);
        }
    }

    @Test
    void givesARowAloneTheBitsThatItHasAmongOthers() {
        int m = 7;
        int n = 40;
        int k = 100;
        float[] a = ramp(m * k);
        float[] b = ramp(n * k);
        PackedMatrix packed = PackedMatrix.pack(TRANS, k, n, b, 0, k);
        float[] all = new float[m * n];
        float[] alone = new float[m * n];
        Gemm.sgemm(WORKERS, NO_TRANS, TRANS, m, n, k, 1f, a, 0, k, b, 0, k, 0f, all, 0, n);
        for (int i = 0; i < m; i++) {
            Gemm.sgemm(WORKERS, NO_TRANS, 1, 1f, a, i * k, k, packed, 0f, alone, i * n, n, Epilogue.NONE);
        }
        assertArrayEquals(all, alone);
    }

    @Test
    void multipliesBatches() {
        float[] c = new float[9];
        float[] twice = {1, 2, 3, 4, 5, 6, 2, 4, 6, 8, 10, 12};
        Gemm.sgemmStridedBatched(WORKERS, NO_TRANS, NO_TRANS, 2, 2, 3, 1f, twice, 0, 3, 6, B, 0, 2, 0, 0f, c, 0, 2, 5,
                2);
        assertArrayEquals(new float[]{22, 28, 49, 64, 0, 44, 56, 98, 128}, c);
    }

    @Test
    void multipliesMatricesAndVectors() {
        float[] c = new float[3];
        Gemm.sgemm(WORKERS, NO_TRANS, NO_TRANS, 1, 3, 2, 1f, new float[]{1, 10}, 0, 2, A, 0, 3, 0f, c, 0, 3);
        assertArrayEquals(new float[]{41, 52, 63}, c);
        Gemm.sgemm(WORKERS, NO_TRANS, NO_TRANS, 3, 1, 2, 1f, B, 0, 2, new float[]{1, 10}, 0, 1, 0f, c, 0, 1);
        assertArrayEquals(new float[]{21, 43, 65}, c);
    }

    @Test
    void namesTheArgumentThatIsWrong() {
        float[] c = new float[4];
        assertEquals("sgemm: lda = 2, need lda >= 3 (a is 2 x 3, row-major)",
                assertThrows(IllegalArgumentException.class, () -> Gemm.sgemm(WORKERS, NO_TRANS, NO_TRANS, 2, 2, 3, 1f,
                        A, 0, 2, B, 0, 2, 0f, c, 0, 2)).getMessage());
        assertEquals("sgemm: b.length = 6, need b.length >= 7 (bOffset 1 + 6 elements)",
                assertThrows(IndexOutOfBoundsException.class, () -> Gemm.sgemm(WORKERS, NO_TRANS, NO_TRANS, 2, 2, 3, 1f,
                        A, 0, 3, B, 1, 2, 0f, c, 0, 2)).getMessage());
        assertArrayEquals(new float[4], c);
    }

    private static float[] ramp(int n) {
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = 1f / (i % 101 + 3);
        }
        return x;
    }

    private static float[] product(Transpose transA, float[] a, int lda, Transpose transB, float[] b, int ldb) {
        float[] c = {Float.NaN, Float.NaN, Float.NaN, Float.NaN};
        Gemm.sgemm(WORKERS, transA, transB, 2, 2, 3, 1f, a, 0, lda, b, 0, ldb, 0f, c, 0, 2);
        return c;
    }
}
