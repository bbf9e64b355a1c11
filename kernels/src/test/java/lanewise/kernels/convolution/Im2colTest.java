package lanewise.kernels.convolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The matrix of windows, and its elements added back. */
class Im2colTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void oneRowForEachElementOfTheFilter() {
        ConvolutionGeometry g = ConvolutionGeometry.of2d(1, 1, 2, 3, 1, 2, 2);
        float[] columns = new float[8];
        Im2col.im2col(WORKERS, g, new float[]{1, 2, 3, 4, 5, 6}, 0, columns, 0);
        assertArrayEquals(new float[]{1, 2, 2, 3, 4, 5, 5, 6}, columns);
        float[] x = new float[6];
        Im2col.col2im(WORKERS, g, columns, 0, x, 0, false);
        assertArrayEquals(new float[]{1, 4, 3, 4, 10, 6}, x);
        Im2col.col2im(WORKERS, g, columns, 0, x, 0, true);
        assertArrayEquals(new float[]{2, 8, 6, 8, 20, 12}, x);
    }

    @Test
    void strideDilationAndPadding() {
        // Positions at -1 and 2; elements 2 apart.
        ConvolutionGeometry g = ConvolutionGeometry.of1d(1, 2, 4, 1, 2).stride(3).dilation(2).padding(1);
        float[] columns = new float[8];
        Im2col.im2col(WORKERS, g, new float[]{1, 2, 3, 4, 5, 6, 7, 8}, 0, columns, 0);
        assertArrayEquals(new float[]{0, 3, 2, 0, 0, 7, 6, 0}, columns);
        float[] x = {9, 9, 9, 9, 9, 9, 9, 9};
        Im2col.col2im(WORKERS, g, columns, 0, x, 0, false);
        assertArrayEquals(new float[]{0, 2, 3, 0, 0, 6, 7, 0}, x);
    }

    @Test
    void aMatrixThatIsTooShortIsRefused() {
        ConvolutionGeometry g = ConvolutionGeometry.of1d(1, 1, 4, 1, 2);
        String message = assertThrows(IndexOutOfBoundsException.class,
                () -> Im2col.im2col(WORKERS, g, new float[4], 0, new float[6], 1)).getMessage();
        assertEquals("im2col: columns.length = 6, need columns.length >= 7 (columnsOffset 1 + 6 elements)", message);
    }
}
