package lanewise.kernels.activation;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;

/** The checks that the kernels of this family begin with. */
final class Arguments {

    private Arguments() {}

    static void forward(String op, Workers workers, int n, float[] x, int xOffset, float[] y, int yOffset) {
        requireTeam(op, workers);
        Checks.size(op, "n", n);
        Checks.vector(op, "x", x, xOffset, n);
        Checks.vector(op, "y", y, yOffset, n);
    }

    /** {@code known} is x or y, and {@code name} says which. */
    static void backward(String op, Workers workers, int n, String name, float[] known, int knownOffset, float[] dy,
            int dyOffset, float[] dx, int dxOffset) {
        requireTeam(op, workers);
        Checks.size(op, "n", n);
        Checks.vector(op, name, known, knownOffset, n);
        Checks.vector(op, "dy", dy, dyOffset, n);
        Checks.vector(op, "dx", dx, dxOffset, n);
    }

    static void requireFinite(String op, float alpha) {
        requireFinite(op, "alpha", alpha);
    }

    static void requireFinite(String op, String name, float value) {
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException(op + ": " + name + " = " + value + ", need a finite number");
        }
    }

    static void requirePositive(String op, float alpha) {
        if (!(alpha >= Float.MIN_NORMAL && alpha <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    op + ": alpha = " + alpha + ", need a finite number of at least " + Float.MIN_NORMAL);
        }
    }

    static void requireNumber(String op, String name, float value) {
        if (Float.isNaN(value)) {
            throw new IllegalArgumentException(op + ": " + name + " = " + value + ", need a number");
        }
    }

    private static void requireTeam(String op, Workers workers) {
        if (workers == null) {
            throw new NullPointerException(op + ": workers is null");
        }
    }
}
