package lanewise.kernels.elementwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that a reader can verify by hand. */
class UnaryTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @ParameterizedTest
    @CsvSource({"ABS,-2,2,-1", "NEGATE,3,-3,-1", "SQUARE,3,9,6", "SQRT,4,2,0.25", "RSQRT,4,0.5,-0.0625",
            "RECIPROCAL,4,0.25,-0.0625",
            "EXP,0,1,1", "EXPM1,-0.0,-0.0,1", "LOG,1,0,1", "LOG1P,-0.5,-0.6931472,2", "LOG1P,1e-10,1e-10,1",
            "ERF,0,0,1.1283792",
            "SIN,0,0,1", "COS,0,1,-0.0", "SIN,-3e30,0.96256804,-0.2710402", "COS,1048577,0.23184146,-0.9727536",
            "SIN,3e30,-0.96256804,-0.2710402", "FLOOR,-1.5,-2,0", "CEIL,-1.5,-1,0",
            "ROUND,2.5,2,0"})
    void functionAndDerivative(UnaryFunction function, float x, float y, float slope) {
        float[] result = new float[20];
        float[] dx = new float[20];
        float[] arguments = new float[20];
        float[] ones = new float[20];
        Arrays.fill(arguments, x);
        Arrays.fill(ones, 1);
        Unary.forward(WORKERS, function, 20, arguments, 0, result, 0);
        Unary.backward(WORKERS, function, 20, arguments, 0, ones, 0, dx, 0, false);
        for (int i = 0; i < 20; i++) {
            assertEquals(y, result[i], Math.ulp(y));
            assertEquals(slope, dx[i], Math.ulp(slope));
        }
    }

    @Test
    void aFunctionIsNeeded() {
        assertEquals("Unary.forward: function is null", assertThrows(NullPointerException.class,
                () -> Unary.forward(WORKERS, null, 1, new float[1], 0, new float[1], 0)).getMessage());
    }
}
