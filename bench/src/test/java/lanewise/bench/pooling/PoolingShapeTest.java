package lanewise.bench.pooling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.bench.contest.Limit;
import lanewise.bench.contest.Workload;
import lanewise.bench.pooling.PoolingShape.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PoolingShapeTest {

    @Test
    void nameGivesSizesKindAndPass() {
        PoolingShape shape = PoolingShape.parse("pool 2x3x9x8 average 3x3 s2 p1 backward");
        assertEquals(new PoolingShape(2, 3, 9, 8, Kind.AVERAGE, 3, 2, 1, false), shape);
        assertArrayEquals(new long[]{2, 3, 5, 4}, shape.outputSizes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pool 2x3x9x8 max 2x2 s2 p0 forward", "pool 2x3x9x8 l2 3x3 s1 p1 backward"})
    void nameIsWhatIsParsed(String name) {
        assertEquals(name, PoolingShape.parse(name).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pool 2x3x9x8 max 2x3 s2 p0 forward", "pool 2x3x9x8 min 2x2 s2 p0 forward"})
    void otherNamesAreRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> PoolingShape.parse(name));
    }

    @Test
    void imageAndOutputCountOnceAndTheLimitIsACopyOfTheImage() {
        Workload workload = PoolingShape.parse("pool 2x3x8x8 max 2x2 s2 p0 forward").workload();
        assertEquals(4.0 * 2 * 3 * (64 + 16), workload.work());
        assertEquals(Limit.copy(4 * 2 * 3 * 64), workload.limit());
    }
}
