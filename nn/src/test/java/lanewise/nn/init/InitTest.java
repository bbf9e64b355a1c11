package lanewise.nn.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lanewise.nn.Generator;
import lanewise.nn.Tensor;
import org.junit.jupiter.api.Test;

class InitTest {

    @Test
    void normalHasMeanAndDeviation() {
        double[] moments = moments(Init.normal(3, 2), 100, 1_000);

        // Of 100,000 draws the mean is off by 2 / sqrt(100,000) = 0.006 as a rule, the deviation by 0.0045: five times that.
        assertEquals(3, moments[0], 0.03);
        assertEquals(2, moments[1], 0.03);
    }

    @Test
    void scaledNormalDividesByTheRootOfTheInputs() {
        assertEquals(1 / Math.sqrt(1_000), moments(Init.scaledNormal(), 100, 1_000)[1], 0.001);
        assertEquals(1 / Math.sqrt(1_000), moments(Init.scaledNormal(), 100, 10, 100)[1], 0.001);
        assertEquals("scaledNormal: tensor is [5], need [outputs, inputs...]",
                assertThrows(IllegalArgumentException.class, () -> moments(Init.scaledNormal(), 5)).getMessage());
    }

    @Test
    void uniformByInputsEndsAtTheirRoot() {
        float largest = 0;
        for (float v : filled(Init.uniformByInputs(100), 10_000)) {
            largest = Math.max(largest, Math.abs(v));
        }

        assertTrue(largest <= 0.1f && largest > 0.0999f, "largest " + largest);
    }

    @Test
    void uniformStaysInItsRangeAndFillsIt() {
        float[] x = filled(Init.uniform(-2, 1), 10_000);
        float least = Float.MAX_VALUE;
        float largest = -Float.MAX_VALUE;
        for (float v : x) {
            least = Math.min(least, v);
            largest = Math.max(largest, v);
        }

        assertTrue(least >= -2 && least < -1.99, "least " + least);
        assertTrue(largest < 1 && largest > 0.99, "largest " + largest);
    }

    @Test
    void xavierAndHeHaveTheirDeviations() {
        assertEquals(Math.sqrt(2.0 / (50 + 150)), moments(Init.xavierNormal(), 150, 50)[1], 0.003);
        assertEquals(Math.sqrt(2.0 / (50 + 150)), moments(Init.xavierUniform(), 150, 50)[1], 0.003);
        assertEquals(Math.sqrt(2.0 / 90), moments(Init.heNormal(), 100, 10, 3, 3)[1], 0.003);
        assertEquals(Math.sqrt(2.0 / 90), moments(Init.heUniform(), 100, 10, 3, 3)[1], 0.003);
        assertEquals(Math.sqrt(2.0 / (90 + 900)), moments(Init.xavierNormal(), 100, 10, 3, 3)[1], 0.003);
        assertEquals("heNormal: tensor is [5], need [outputs, inputs, ...]",
                assertThrows(IllegalArgumentException.class, () -> moments(Init.heNormal(), 5)).getMessage());
    }

    @Test
    void orthogonalRowsOrColumns() {
        for (int[] sizes : new int[][]{{20, 30}, {30, 20}, {25, 25}, {7, 3, 3}}) {
            float[] x = filled(Init.orthogonal(2), sizes);
            int rows = sizes[0];
            int cols = x.length / rows;
            int count = Math.min(rows, cols);
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < count; j++) {
                    double dot = 0;
                    for (int k = 0; k < x.length / count; k++) {
                        dot += rows <= cols
                                ? (double) x[i * cols + k] * x[j * cols + k]
                                : (double) x[k * cols + i] * x[k * cols + j];
                    }
                    assertEquals(i == j ? 4 : 0, dot, 1e-5);
                }
            }
        }
    }

    @Test
    void constantIsTheSameEverywhere() {
        for (float v : filled(Init.constant(0.5f), 7)) {
            assertEquals(0.5f, v);
        }
    }

    private static double[] moments(Init init, int... sizes) {
        float[] x = filled(init, sizes);
        double sum = 0;
        for (float v : x) {
            sum += v;
        }
        double mean = sum / x.length;
        double squares = 0;
        for (float v : x) {
            squares += (v - mean) * (v - mean);
        }
        return new double[]{mean, Math.sqrt(squares / x.length)};
    }

    private static float[] filled(Init init, int... sizes) {
        int size = 1;
        for (int s : sizes) {
            size *= s;
        }
        Tensor x = Tensor.of(new float[size], sizes);
        init.fill(x, new Generator(1));
        return x.data();
    }
}
