package lanewise.kernels.attention;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;

/**
 * Rotary positions: pairs of elements of a head's query or key are turned by angles that grow with the position, so that the product
 * of two depends on the distance of their positions.
 */
public final class RotaryEmbedding {

    private RotaryEmbedding() {}

    /**
     * y ← x with the first {@code rotated} elements of each head turned: for pair i with elements a and b, a · cos[i] − b · sin[i]
     * and a · sin[i] + b · cos[i]. A pair is elements i and rotated/2 + i or, interleaved, 2i and 2i + 1. The others are copied.
     *
     * @shape x, y: [n, tokens, heads, dim]; cos, sin: [tokens, rotated/2]
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error per element at most γ(2) · (|a cos| + |b sin|); proved
     * @special NaN and infinities propagate within their pairs
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add
     * @source Su et al. 2021 (RoFormer); ONNX RotaryEmbedding
     *
     * @param workers the team that computes
     * @param n number of sequences
     * @param tokens tokens of each
     * @param heads heads of each; 1 for operands with heads before tokens, of which each then counts as a sequence
     * @param dim elements of a head
     * @param rotated how many of them are turned, an even number
     * @param interleaved whether the elements of a pair are neighbours
     * @param x the arguments
     * @param xOffset index of the first element
     * @param cos the cosines of the angles of each token
     * @param cosOffset index of the first element
     * @param sin the sines
     * @param sinOffset index of the first element
     * @param y the results
     * @param yOffset index of the first element
     * @throws IllegalArgumentException if a size is negative, or rotated is odd or greater than dim
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int n, int tokens, int heads, int dim, int rotated,
            boolean interleaved, float[] x, int xOffset, float[] cos, int cosOffset, float[] sin, int sinOffset,
            float[] y, int yOffset) {
        String op = "RotaryEmbedding.forward";
        check(op, workers, n, tokens, heads, dim, rotated, cos, cosOffset, sin, sinOffset);
        long length = (long) n * tokens * heads * dim;
        Checks.vector(op, "x", x, xOffset, length);
        Checks.vector(op, "y", y, yOffset, length);
        RotaryJob.run(workers, n, tokens, heads, dim, rotated, interleaved, 1, x, xOffset, cos, cosOffset, sin,
                sinOffset, y, yOffset, false);
    }

    /**
     * dx ← dy turned back, or dx plus that.
     *
     * @shape dy, dx: [n, tokens, heads, dim]; cos, sin: [tokens, rotated/2]
     * @writes overwrites dx, or adds to it if accumulate
     * @aliasing dx may be dy at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error per element at most γ(2) · (|da cos| + |db sin|), and one rounding of the sum when accumulating; proved
     * @special NaN and infinities propagate within their pairs
     * @deterministic the same bits for every width, thread count and JIT state, where the hardware has fused multiply-add
     * @source derivative of {@link #forward}
     *
     * @param workers the team that computes
     * @param n number of sequences
     * @param tokens tokens of each
     * @param heads heads of each; 1 for operands with heads before tokens, of which each then counts as a sequence
     * @param dim elements of a head
     * @param rotated how many of them are turned, an even number
     * @param interleaved whether the elements of a pair are neighbours
     * @param dy the gradient with respect to y
     * @param dyOffset index of the first element
     * @param cos the cosines of the angles of each token
     * @param cosOffset index of the first element
     * @param sin the sines
     * @param sinOffset index of the first element
     * @param dx the gradient with respect to x
     * @param dxOffset index of the first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if a size is negative, or rotated is odd or greater than dim
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int n, int tokens, int heads, int dim, int rotated,
            boolean interleaved, float[] dy, int dyOffset, float[] cos, int cosOffset, float[] sin, int sinOffset,
            float[] dx, int dxOffset, boolean accumulate) {
        String op = "RotaryEmbedding.backward";
        check(op, workers, n, tokens, heads, dim, rotated, cos, cosOffset, sin, sinOffset);
        long length = (long) n * tokens * heads * dim;
        Checks.vector(op, "dy", dy, dyOffset, length);
        Checks.vector(op, "dx", dx, dxOffset, length);
        RotaryJob.run(workers, n, tokens, heads, dim, rotated, interleaved, -1, dy, dyOffset, cos, cosOffset, sin,
                sinOffset, dx, dxOffset, accumulate);
    }

    private static void check(String op, Workers workers, int n, int tokens, int heads, int dim, int rotated,
            float[] cos, int cosOffset, float[] sin, int sinOffset) {
        Checks.workers(op, workers);
        Checks.size(op, "n", n);
        Checks.size(op, "tokens", tokens);
        Checks.size(op, "heads", heads);
        Checks.size(op, "dim", dim);
        Checks.size(op, "rotated", rotated);
        if (rotated % 2 != 0 || rotated > dim) {
            throw new IllegalArgumentException(
                    op + ": rotated = " + rotated + ", need an even number of at most dim = " + dim);
        }
        Checks.vector(op, "cos", cos, cosOffset, (long) tokens * (rotated / 2));
        Checks.vector(op, "sin", sin, sinOffset, (long) tokens * (rotated / 2));
    }
}
