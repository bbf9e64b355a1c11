package lanewise.kernels.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Losses that a reader can verify by hand. */
class PointwiseLossTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @ParameterizedTest
    @CsvSource({"ABSOLUTE,1,4,3,-1", "ABSOLUTE,4,4,0,0", "SQUARED,1,4,9,-6", "HUBER,1,4,4,-2", "HUBER,5,4,0.5,1",
            "HINGE,0.5,1,0.5,-1", "HINGE,0.5,-1,1.5,1", "HINGE,2,1,0,0", "KL_DIVERGENCE,-1,0.5,0.1534264,-0.5",
            "KL_DIVERGENCE,-3,0,0,-0.0",
            "BINARY_CROSS_ENTROPY,0.5,0.25,0.6931472,1", "BINARY_CROSS_ENTROPY,0,0,0,0",
            "BINARY_CROSS_ENTROPY,0,1,100,-1e12"})
    void lossAndDerivative(LossFunction function, float y, float target, float loss, float slope) {
        float[] result = new float[1];
        float[] dy = {7};
        PointwiseLoss.forward(WORKERS, function, 1, 2, new float[]{y}, 0, new float[]{target}, 0, result, 0);
        PointwiseLoss.backward(WORKERS, function, 1, 2, new float[]{y}, 0, new float[]{target}, 0, new float[]{1}, 0,
                dy,
                0, false);
        assertEquals(loss, result[0], 1e-7);
        assertEquals(slope, dy[0]);
    }

    @Test
    void deltaIsPositive() {
        assertEquals("PointwiseLoss.forward: delta = 0.0, need delta > 0",
                assertThrows(IllegalArgumentException.class,
                        () -> PointwiseLoss.forward(WORKERS, LossFunction.HUBER, 1, 0,
                                new float[1], 0, new float[1], 0, new float[1], 0))
                        .getMessage());
    }
}
