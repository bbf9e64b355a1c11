package lanewise.bench.convolution;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import lanewise.bench.contest.DisagreementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConvolutionOperandsTest {

    @ParameterizedTest
    @CsvSource({"2x3x5x7 k4 3x3 s1 p1,forward", "2x3x5x7 k4 3x3 s1 p1,backward-data",
            "2x3x5x7 k4 3x3 s1 p1,backward-filter", "1x6x9x8 k4 g2 3x2 s2 p1,forward",
            "1x6x9x8 k4 g2 3x2 s2 p1,backward-data", "1x6x9x8 k4 g2 3x2 s2 p1,backward-filter",
            "3x1x6x6 k2 5x5 s1 p0,forward", "1x4x5x5 k4 g4 1x1 s2 p0,backward-data"})
    void plainLoopsAgree(String sizes, String pass) {
        new ScalarConvolution(1).prepare("conv " + sizes + " " + pass);
    }

    @Test
    void aWrongElementIsNamed() {
        ConvolutionOperands operands = ConvolutionOperands.of("conv 1x2x3x3 k2 3x3 s1 p1 forward");
        new ScalarConvolution(1).bind(operands).operation().run();
        operands.verify(operands.output());
        operands.output()[17] += 1e-2f;
        var failure = assertThrows(DisagreementException.class, () -> operands.verify(operands.output()));
        assertTrue(failure.getMessage().startsWith("conv 1x2x3x3 k2 3x3 s1 p1 forward: element 17 = "),
                failure.getMessage());
    }
}
