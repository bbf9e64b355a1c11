package lanewise.bench.gemm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lanewise.bench.contest.DisagreementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GemmOperandsTest {

    private static float[] product(GemmShape shape, GemmOperands operands) {
        float[] c = new float[shape.m() * shape.n()];
        ScalarGemm.multiply(shape, operands.a(), operands.b(), c);
        return c;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1x1x1", "3x4x5", "3x4x5 At*B", "3x4x5 A*Bt", "3x4x5 At*Bt", "1x33x65"})
    void plainLoopsAgree(String name) {
        GemmShape shape = GemmShape.parse(name);
        GemmOperands operands = GemmOperands.random(shape);
        operands.verify(product(shape, operands));
    }

    @Test
    void operandsAreTheSameInEveryProcess() {
        GemmShape shape = GemmShape.parse("3x4x5");
        assertArrayEquals(GemmOperands.random(shape).a(), GemmOperands.random(shape).a());
        assertArrayEquals(GemmOperands.random(shape).b(), GemmOperands.random(shape).b());
    }

    @Test
    void aWrongElementIsNamed() {
        GemmShape shape = GemmShape.parse("3x4x5");
        GemmOperands operands = GemmOperands.random(shape);
        float[] c = product(shape, operands);
        c[11] += 1e-5f;
        var failure = assertThrows(DisagreementException.class, () -> operands.verify(c));
        assertTrue(failure.getMessage().startsWith("3x4x5: C[2][3] = "), failure.getMessage());
    }

    @Test
    void aResultThatWasNeverWrittenDisagrees() {
        GemmShape shape = GemmShape.parse("1x1x2");
        assertThrows(DisagreementException.class, () -> GemmOperands.random(shape).verify(new float[]{Float.NaN}));
    }
}
