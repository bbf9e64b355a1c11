package lanewise.bench.convolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.bench.convolution.ConvolutionShape.Pass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConvolutionShapeTest {

    @Test
    void nameGivesSizesAndPass() {
        ConvolutionShape shape = ConvolutionShape.parse("conv 8x144x28x30 k288 g12 3x5 s2 p1 backward-data");
        assertEquals(new ConvolutionShape(8, 144, 28, 30, 288, 12, 3, 5, 2, 1, Pass.BACKWARD_DATA), shape);
        assertArrayEquals(new long[]{288, 12, 3, 5}, shape.filterSizes());
        assertArrayEquals(new long[]{8, 288, 14, 14}, shape.outputSizes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"conv 1x2x3x4 k5 1x2 s1 p0 forward", "conv 8x4x6x6 k4 g4 3x3 s2 p1 backward-filter"})
    void nameIsWhatIsParsed(String name) {
        assertEquals(name, ConvolutionShape.parse(name).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "conv 1x2x3x4 k5 1x2 s1 p0", "1x2x3x4 k5 1x2 s1 p0 forward",
            "conv 1x2x3x4 k5 1x2 s1 p0 backward"})
    void otherNamesAreRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> ConvolutionShape.parse(name));
    }

    @Test
    void aMultiplyAddIsTwoOperationsAlsoInThePadding() {
        assertEquals(2.0 * 8 * 6 * 5 * 7 * (4 / 2) * 3 * 3,
                ConvolutionShape.parse("conv 8x4x5x7 k6 g2 3x3 s1 p1 forward").workload().work());
    }
}
