package lanewise.bench.pointwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import lanewise.bench.contest.Limit;
import lanewise.bench.contest.Workload;
import lanewise.bench.pointwise.PointwiseShape.Kind;
import lanewise.bench.pointwise.PointwiseShape.Pass;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PointwiseShapeTest {

    @Test
    void nameGivesOperationSizesAndPass() {
        PointwiseShape shape = PointwiseShape.parse("batch-norm 2x3x5x7 backward");
        assertEquals(new PointwiseShape(Kind.BATCH_NORM, List.of(2, 3, 5, 7), Pass.BACKWARD), shape);
        assertEquals(2, shape.rows());
        assertEquals(3, shape.features());
        assertEquals(35, shape.spatial());
        assertEquals(210, shape.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"relu 16384 forward", "log-softmax 40x10 backward", "adam 7 update"})
    void nameIsWhatIsParsed(String name) {
        assertEquals(name, PointwiseShape.parse(name).name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "relu", "relu 16384", "relu 16384 update", "add 16384 backward", "softmax 16384 forward",
                    "relu 4x5 forward", "relu 0 forward", "adam 7 forward", "cube 8 forward"})
    void otherNamesAreRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> PointwiseShape.parse(name));
    }

    @Test
    void eachTensorCountsOnceAndTheLimitIsACopyOfOne() {
        Workload workload = PointwiseShape.parse("tanh 1000 backward").workload();
        assertEquals(4.0 * 3 * 1000, workload.work());
        assertEquals(Limit.copy(4000), workload.limit());
    }
}
