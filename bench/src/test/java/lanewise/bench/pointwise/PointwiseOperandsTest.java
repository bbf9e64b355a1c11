package lanewise.bench.pointwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lanewise.bench.contest.DisagreementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PointwiseOperandsTest {

    @ParameterizedTest
    @ValueSource(strings = {"relu 1003", "sigmoid 1003", "tanh 1003", "gelu 1003", "silu 1003", "mul 1003",
            "softmax 17x59", "log-softmax 17x59", "cross-entropy 17x59", "layer-norm 17x59", "batch-norm 3x5x7x9"})
    void kernelsAgreeWithTheFormulas(String operation) {
        try (var engine = new LanewisePointwise(2)) {
            engine.prepare(operation + " forward");
            engine.prepare(operation + " backward");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"add 1003 forward", "exp 1003 forward", "adam 1003 update"})
    void soDoTheOthers(String operation) {
        try (var engine = new LanewisePointwise(1)) {
            engine.prepare(operation);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"relu 1003", "sigmoid 1003", "tanh 1003", "silu 1003"})
    void plainLoopsAgree(String operation) {
        new ScalarPointwise(1).prepare(operation + " forward");
        new ScalarPointwise(1).prepare(operation + " backward");
    }

    @Test
    void aWrongElementIsNamed() {
        PointwiseOperands operands = PointwiseOperands.of("tanh 9 forward");
        new ScalarPointwise(1).bind(operands).operation().run();
        operands.verify(operands.result());
        operands.result()[8] += 1e-4f;
        var failure = assertThrows(DisagreementException.class, () -> operands.verify(operands.result()));
        assertTrue(failure.getMessage().startsWith("tanh 9 forward: element 8 = "), failure.getMessage());
    }

    @Test
    void theSeriesIsTheNormalDistribution() {
        assertEquals(0.5, PointwiseOperands.normalDistribution(0));
        assertEquals(0.8413447460685429, PointwiseOperands.normalDistribution(1), 1e-15);
        assertEquals(3.167124183311992e-5, PointwiseOperands.normalDistribution(-4), 1e-13);
    }
}
