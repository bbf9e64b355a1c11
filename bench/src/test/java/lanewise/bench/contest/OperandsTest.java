package lanewise.bench.contest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class OperandsTest {

    private static final int[] FIRST = {0};

    private static String disagreement(float... result) {
        return assertThrows(DisagreementException.class,
                () -> Operands.requireAgreement("w", result, 2, FIRST, i -> 4, 0.25)).getMessage();
    }

    @Test
    void operandsAreTheSameInEveryProcess() {
        assertArrayEquals(Operands.uniform(Operands.random(), 9), Operands.uniform(Operands.random(), 9));
    }

    @Test
    void theDifferenceIsRelativeToTheLargestValue() {
        Operands.requireAgreement("w", new float[]{5, 0}, 2, FIRST, i -> 4, 0.25);
        assertEquals("w: element 0 = 5.5, reference 4.0, tolerance 1.0", disagreement(5.5f, 0));
    }

    @Test
    void elementsThatAreNotComparedMustBeThereAndFinite() {
        assertEquals("w: element 1 = NaN", disagreement(4, Float.NaN));
        assertEquals("w: 1 elements, need 2", disagreement(4));
    }
}
