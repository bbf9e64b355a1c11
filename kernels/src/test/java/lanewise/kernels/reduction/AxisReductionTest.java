package lanewise.kernels.reduction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that a reader can verify by hand. */
class AxisReductionTest {

    private static final Workers WORKERS = Workers.single();
    // Columns (3, -4, 0) and (1, 1, 4).
    private static final float[] X = {3, 1, -4, 1, 0, 4};

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @ParameterizedTest
    @CsvSource({"SUM,-1,6", "MEAN,-0.33333334,2", "VARIANCE,8.222222,2", "MAX,3,4", "MIN,-4,1", "PRODUCT,-0.0,4",
            "L1,7,6",
            "L2,5,4.2426405", "SQUARES,25,18"})
    void columnsOfAMatrix(ReductionOperator operator, float first, float second) {
        float[] y = new float[2];
        AxisReduction.forward(WORKERS, operator, 1, 3, 2, X, 0, y, 0);
        assertArrayEquals(new float[]{first, second}, y);
    }

    @ParameterizedTest
    @CsvSource({"SUM,1,1,1", "MEAN,0.33333334,0.33333334,0.33333334", "VARIANCE,2.2222223,-2.4444444,0.22222222",
            "MAX,1,0,0",
            "MIN,0,1,0", "PRODUCT,0,0,-12", "L1,1,-1,0", "L2,0.6,-0.8,0", "SQUARES,6,-8,0"})
    void gradientOfARow(ReductionOperator operator, float first, float second, float third) {
        float[] x = {3, -4, 0};
        float[] y = new float[1];
        float[] dx = {0, 0, 0, 9};
        AxisReduction.forward(WORKERS, operator, 1, 3, 1, x, 0, y, 0);
        AxisReduction.backward(WORKERS, operator, 1, 3, 1, x, 0, y, 0, new float[]{1}, 0, dx, 0, true);
        assertArrayEquals(new float[]{first, second, third, 9}, dx, 1e-6f);
    }

    @ParameterizedTest
    @CsvSource({"SUM,0", "PRODUCT,1", "L1,0", "L2,0", "SQUARES,0"})
    void emptyRows(ReductionOperator operator, float expected) {
        float[] y = {7, 7};
        AxisReduction.forward(WORKERS, operator, 2, 0, 1, null, 0, y, 0);
        assertArrayEquals(new float[]{expected, expected}, y);
    }

    @Test
    void anEmptyRowHasNoMaximum() {
        assertEquals("AxisReduction.forward: n = 0, need n >= 1 (an empty row has no MAX)",
                assertThrows(IllegalArgumentException.class,
                        () -> AxisReduction.forward(WORKERS, ReductionOperator.MAX, 1,
                                0, 1, null, 0, new float[1], 0))
                        .getMessage());
    }

    @Test
    void aProductThatIsNotFiniteInPlace() {
        float[] x = {2, Float.POSITIVE_INFINITY, 3};
        AxisReduction.backward(WORKERS, ReductionOperator.PRODUCT, 1, 3, 1, x, 0, new float[]{Float.POSITIVE_INFINITY},
                0,
                new float[]{1}, 0, x, 0, false);
        assertArrayEquals(new float[]{Float.POSITIVE_INFINITY, 6, Float.POSITIVE_INFINITY}, x);
    }
}
