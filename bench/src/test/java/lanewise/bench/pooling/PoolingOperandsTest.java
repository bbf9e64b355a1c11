package lanewise.bench.pooling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import lanewise.bench.contest.DisagreementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PoolingOperandsTest {

    @ParameterizedTest
    @ValueSource(strings = {"max 2x2 s2 p0", "max 3x3 s2 p1", "average 2x2 s2 p0", "average 3x3 s2 p1",
            "average 3x3 s1 p1", "l2 2x2 s2 p0", "l2 3x3 s2 p1"})
    void plainLoopsAgree(String kind) {
        new ScalarPooling(1).prepare("pool 2x3x9x8 " + kind + " forward");
        new ScalarPooling(1).prepare("pool 2x3x9x8 " + kind + " backward");
    }

    @Test
    void noTwoElementsOfAPlaneAreEqual() {
        float[] x = PoolingOperands.of("pool 1x2x5x4 max 2x2 s1 p0 forward").x();
        assertEquals(20, IntStream.range(20, 40).mapToObj(i -> x[i]).distinct().count());
    }

    @Test
    void aWrongElementIsNamed() {
        PoolingOperands operands = PoolingOperands.of("pool 1x1x4x4 max 2x2 s2 p0 forward");
        new ScalarPooling(1).bind(operands).operation().run();
        operands.verify(operands.result());
        operands.result()[3] += 1e-5f;
        var failure = assertThrows(DisagreementException.class, () -> operands.verify(operands.result()));
        assertTrue(failure.getMessage().startsWith("pool 1x1x4x4 max 2x2 s2 p0 forward: element 3 = "),
                failure.getMessage());
    }
}
