package lanewise.kernels.elementwise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import lanewise.kernels.Workers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that a reader can verify by hand. */
class BinaryTest {

    private static final Workers WORKERS = Workers.single();

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @ParameterizedTest
    @CsvSource({"SUBTRACT,5,3,2,1,-1", "DIVIDE,6,-2,-3,-0.5,-1.5", "MAX,3,3,3,1,0", "MAX,-1,3,3,0,1", "MIN,-1,3,-1,1,0",
            "MIN,2,2,2,1,0", "POW,2,3,8,12,5.5451775", "POW,-2,2,4,-4,NaN", "POW,0,2,0,0,0", "POW,0,0,1,0,0",
            "MAX,-0.0,0,0,1,0", "LESS,1,2,1,0,0", "LESS,2,2,0,0,0",
            "LESS_OR_EQUAL,2,2,1,0,0", "LESS_OR_EQUAL,NaN,2,0,0,0", "EQUAL,-0.0,0,1,0,0", "EQUAL,NaN,NaN,0,0,0"})
    void functionAndDerivatives(BinaryFunction function, float a, float b, float y, float slopeA, float slopeB) {
        float[] result = new float[1];
        float[] da = {2};
        float[] db = {2};
        Binary.forward(WORKERS, function, 1, new float[]{a}, 0, new float[]{b}, 0, result, 0);
        Binary.backwardA(WORKERS, function, 1, new float[]{a}, 0, new float[]{b}, 0, new float[]{1}, 0, da, 0, false);
        Binary.backwardB(WORKERS, function, 1, new float[]{a}, 0, new float[]{b}, 0, new float[]{1}, 0, db, 0, true);
        assertEquals(y, result[0]);
        assertEquals(slopeA, da[0] + 0f);
        assertEquals(2 + slopeB, db[0]);
    }
}
