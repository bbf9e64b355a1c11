package lanewise.nn;

/**
 * The shapes that a tape has met, so that a training step in steady state makes none anew: a shape holds an array, and a
 * step allocates no arrays. Direct-mapped: a collision costs a new shape and nothing else.
 */
final class ShapeCache {

    private static final int SLOTS = 256;

    private final Shape[] shapes = new Shape[SLOTS];

    Shape matrix(int rows, int columns) {
        int slot = slot(rows, columns, 2);
        Shape known = shapes[slot];
        return known != null && known.isMatrix(rows, columns) ? known : (shapes[slot] = Shape.of(rows, columns));
    }

    Shape withLast(Shape like, int last) {
        int slot = slot(like.rows(), last, like.rank());
        Shape known = shapes[slot];
        return known != null && known.isWithLast(like, last) ? known : (shapes[slot] = like.withLast(last));
    }

    private static int slot(int rows, int columns, int rank) {
        int hash = ((rows * 31 + columns) * 31 + rank) * 0x9E3779B9;
        return hash >>> Integer.numberOfLeadingZeros(SLOTS - 1);
    }
}
