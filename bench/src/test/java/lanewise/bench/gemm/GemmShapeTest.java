package lanewise.bench.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GemmShapeTest {

    @Test
    void nameGivesRowsColumnsAndInnerDimension() {
        assertEquals(new GemmShape(64, 128, 784, false, false), GemmShape.parse("64x128x784"));
    }

    @Test
    void transposedOperandsAreStoredTheOtherWay() {
        GemmShape shape = GemmShape.parse("2x3x5 At*B");
        assertEquals(new GemmShape(2, 3, 5, true, false), shape);
        assertEquals(2, shape.lda());
        assertEquals(3, shape.ldb());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1x1024x1024", "512x512x512 At*B", "512x512x512 A*Bt", "4x5x6 At*Bt"})
    void nameIsWhatIsParsed(String name) {
        assertEquals(name, GemmShape.parse(name).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "512", "512x512", "512x512x512 B*A", "512x512x512At*B"})
    void otherNamesAreRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> GemmShape.parse(name));
    }

    @Test
    void aMultiplyAddIsTwoOperations() {
        assertEquals(2.0 * 64 * 128 * 784, GemmShape.parse("64x128x784").workload().work());
    }
}
