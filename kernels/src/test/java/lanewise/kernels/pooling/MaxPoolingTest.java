package lanewise.kernels.pooling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Maxima that a reader can verify by hand. */
class MaxPoolingTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    private static final float NAN = Float.NaN;
    private static final float LOW = Float.NEGATIVE_INFINITY;

    @Test
    void theGreatestOfFour() {
        PoolingGeometry g = PoolingGeometry.of2d(1, 1, 4, 4, 2, 2);
        float[] x = {1, 2, 5, 5, 3, 0, 5, 4, -1, -2, -8, -7, -3, -4, -6, -5};
        check(g, x, new float[]{3, 5, -1, -5}, new int[]{4, 2, 8, 15});
    }

    @Test
    void nanWinsAndTheFirstNan() {
        PoolingGeometry g = PoolingGeometry.of1d(1, 1, 6, 3);
        check(g, new float[]{9, NAN, NAN, NAN, 1, 2}, new float[]{NAN, NAN}, new int[]{1, 3});
    }

    /** Wide enough for vectors of every width, along the row and with a row of vectors and a tail. */
    @Test
    void nanWinsWhereverItStands() {
        for (int stride = 1; stride <= 3; stride++) {
            PoolingGeometry g = PoolingGeometry.of2d(1, 1, 3, 77, 3, 3).stride(stride);
            for (int place = 0; place < 3 * 77; place++) {
                float[] x = new float[3 * 77];
                x[place] = NAN;
                float[] y = new float[g.outputLength()];
                int[] argmax = new int[y.length];
                MaxPooling.forward(WORKERS, g, x, 0, y, 0, argmax, 0);
                float[] alone = new float[y.length];
                MaxPooling.forward(WORKERS, g, x, 0, alone, 0);
                for (int o = 0; o < y.length; o++) {
                    boolean inside = place % 77 >= o * stride && place % 77 < o * stride + 3;
                    assertEquals(inside ? NAN : 0f, y[o]);
                    assertEquals(inside ? NAN : 0f, alone[o]);
                    assertEquals(inside ? place : o * stride, argmax[o]);
                }
            }
        }
    }

    @Test
    void paddingIsNeverTheMaximum() {
        PoolingGeometry g = PoolingGeometry.of1d(1, 1, 2, 2).stride(1).padding(2);
        check(g, new float[]{LOW, -5}, new float[]{LOW, LOW, -5, -5, LOW}, new int[]{-1, 0, 1, 1, -1});
        float[] dx = {NAN, NAN};
        MaxPooling.backward(WORKERS, g, new float[]{1, 2, 4, 8, 16}, 0, new int[]{-1, 0, 1, 1, -1}, 0, dx, 0, false);
        assertArrayEquals(new float[]{2, 12}, dx);
    }

    @Test
    void aRoundedUpWindowRunsOverTheEnd() {
        PoolingGeometry g = PoolingGeometry.of1d(1, 1, 5, 2);
        assertEquals(2, g.outW());
        check(g.ceilMode(), new float[]{1, 2, 3, 4, 5}, new float[]{2, 4, 5}, new int[]{1, 3, 4});
    }

    @Test
    void placesCountWithinThePlane() {
        PoolingGeometry g = PoolingGeometry.global3d(1, 2, 1, 2, 2);
        check(g, new float[]{1, 2, 3, 0, 9, 8, 7, 6}, new float[]{3, 9}, new int[]{2, 0});
    }

    @Test
    void theGradientGoesToTheMaximumAndIsAdded() {
        PoolingGeometry g = PoolingGeometry.of1d(1, 1, 4, 2).stride(1);
        float[] dx = {100, 100, 100, 100};
        MaxPooling.backward(WORKERS, g, new float[]{1, 2, 3}, 0, new int[]{1, 1, 3}, 0, dx, 0, true);
        assertArrayEquals(new float[]{100, 103, 100, 103}, dx);
        MaxPooling.backward(WORKERS, g, new float[]{1, 2, 3}, 0, new int[]{1, 1, 3}, 0, dx, 0, false);
        assertArrayEquals(new float[]{0, 3, 0, 3}, dx);
    }

    @Test
    void anIndexOutsideThePlaneIsRefused() {
        PoolingGeometry g = PoolingGeometry.of1d(1, 1, 4, 4);
        for (int wrong : new int[]{-2, 4}) {
            assertEquals("MaxPooling.backward: argmax holds " + wrong + ", need -1 or a place in a plane of 4 elements",
                    assertThrows(IndexOutOfBoundsException.class,
                            () -> MaxPooling.backward(WORKERS, g, new float[]{1}, 0,
                                    new int[]{wrong}, 0, new float[4], 0, false))
                            .getMessage());
        }
    }

    @Test
    void noImagesDoNothing() {
        MaxPooling.forward(WORKERS, PoolingGeometry.of2d(0, 3, 5, 5, 2, 2), null, 0, null, 0);
    }

    private static void check(PoolingGeometry g, float[] x, float[] y, int[] argmax) {
        float[] alone = new float[y.length];
        MaxPooling.forward(WORKERS, g, x, 0, alone, 0);
        assertArrayEquals(y, alone);
        float[] computed = new float[y.length];
        int[] places = new int[y.length];
        MaxPooling.forward(WORKERS, g, x, 0, computed, 0, places, 0);
        assertArrayEquals(y, computed);
        assertArrayEquals(argmax, places);
    }
}
