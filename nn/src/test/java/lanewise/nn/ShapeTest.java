package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ShapeTest {

    @Test
    void countsAxesElementsAndRows() {
        Shape shape = Shape.of(2, 3, 4);

        assertEquals(3, shape.rank());
        assertEquals(24, shape.size());
        assertEquals(6, shape.rows());
        assertEquals(2, shape.size(0));
        assertEquals(4, shape.size(-1));
        assertEquals("[2, 3, 4]", shape.toString());
    }

    @Test
    void scalarHasOneElement() {
        assertSame(Shape.SCALAR, Shape.of());
        assertEquals(1, Shape.SCALAR.size());
        assertEquals(1, Shape.SCALAR.rows());
    }

    @Test
    void emptyAxesAreLegal() {
        assertEquals(0, Shape.of(3, 0).size());
    }

    @Test
    void equalSizesAreEqualShapes() {
        assertEquals(Shape.of(2, 3), Shape.of(2, 3));
        assertEquals(Shape.of(2, 3).hashCode(), Shape.of(2, 3).hashCode());
        assertNotEquals(Shape.of(2, 3).hashCode(), Shape.of(3, 2).hashCode(), "maps of shapes would be lists");
        assertNotEquals(Shape.of(2, 3), Shape.of(3, 2));
        assertEquals(Shape.of(2, 7), Shape.of(2, 3).withLast(7));
    }

    @Test
    void laterChangesOfTheArgumentDoNotReachIt() {
        int[] sizes = {2, 3};
        Shape shape = Shape.of(sizes);

        sizes[0] = 9;

        assertEquals(Shape.of(2, 3), shape);
    }

    @Test
    void wrongSizesAreNamed() {
        assertEquals("shape [2, -1]: need sizes >= 0", refusal(() -> Shape.of(2, -1)));
        assertEquals("shape [65536, 65536]: need at most 2147483647 elements", refusal(() -> Shape.of(65536, 65536)));
        assertEquals("shape [2, 3]: axis = 2, need -2 <= axis < 2", refusal(() -> Shape.of(2, 3).size(2)));
    }

    @Test
    void cacheMakesEachShapeOnce() {
        ShapeCache cache = new ShapeCache();
        Shape first = cache.matrix(10, 784);

        assertSame(first, cache.matrix(10, 784));
        assertEquals(Shape.of(10, 30), cache.withLast(first, 30));
        assertSame(cache.withLast(first, 30), cache.withLast(first, 30));
    }

    @Test
    void cacheIsRightWhateverCollides() {
        ShapeCache cache = new ShapeCache();
        for (int rows = 0; rows < 60; rows++) {
            for (int columns = 0; columns < 60; columns++) {
                assertTrue(cache.matrix(rows, columns).isMatrix(rows, columns));
                Shape cube = Shape.of(2, rows, 5);
                assertEquals(Shape.of(2, rows, columns), cache.withLast(cube, columns));
            }
        }
    }

    private static String refusal(Runnable action) {
        return assertThrows(IllegalArgumentException.class, action::run).getMessage();
    }
}
