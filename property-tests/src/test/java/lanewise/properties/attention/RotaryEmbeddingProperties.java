package lanewise.properties.attention;

import static lanewise.properties.Floats.doubles;
import static lanewise.properties.Floats.uniform;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.attention.RotaryEmbedding;
import lanewise.testing.Bounds;
import lanewise.testing.reference.RotaryEmbeddingReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Properties of rotary positions. */
class RotaryEmbeddingProperties {

    /** The gradient is the other turn: its matrix is that of the turn, transposed. */
    @Property(tries = 100)
    void turnsAreThoseOfTheReference(@ForAll @IntRange(min = 1, max = 3) int n,
            @ForAll @IntRange(min = 1, max = 9) int tokens, @ForAll @IntRange(min = 1, max = 3) int heads,
            @ForAll @IntRange(max = 40) int half, @ForAll @IntRange(max = 3) int more, @ForAll boolean interleaved,
            @ForAll boolean backward, @ForAll boolean accumulate, @ForAll long seed) {
        int dim = 2 * half + more;
        float[] x = uniform(seed, n * tokens * heads * dim);
        float[] cos = uniform(seed + 1, tokens * half);
        float[] sin = uniform(seed + 2, tokens * half);
        float[] before = uniform(seed + 3, x.length);
        boolean adds = backward && accumulate;
        float[] y = before.clone();
        try (Workers workers = Workers.of(1 + (int) (seed & 1))) {
            if (backward) {
                RotaryEmbedding.backward(workers, n, tokens, heads, dim, 2 * half, interleaved, x, 0, cos, 0, sin, 0,
                        y, 0, accumulate);
            } else {
                RotaryEmbedding.forward(workers, n, tokens, heads, dim, 2 * half, interleaved, x, 0, cos, 0, sin, 0, y,
                        0);
            }
            for (int row = 0; row < n * tokens * heads; row++) {
                int token = row / heads % tokens;
                double[] c = doubles(Arrays.copyOfRange(cos, token * half, (token + 1) * half));
                double[] s = Arrays.stream(doubles(Arrays.copyOfRange(sin, token * half, (token + 1) * half)))
                        .map(v -> backward ? -v : v).toArray();
                double[] head = doubles(Arrays.copyOfRange(x, row * dim, (row + 1) * dim));
                double[] exact = RotaryEmbeddingReference.value(2 * half, interleaved, head, c, s);
                double[] magnitude = RotaryEmbeddingReference.magnitude(2 * half, interleaved, head, c, s);
                for (int i = 0; i < dim; i++) {
                    int at = row * dim + i;
                    double bound = Bounds.gamma(2) * magnitude[i] + Bounds.UNDERFLOW;
                    Bounds.check("y[" + at + "]", exact[i] + (adds ? before[at] : 0),
                            adds ? Bounds.accumulated(bound, exact[i], before[at]) : bound, y[at]);
                }
            }
        }
    }

    @Property(tries = 40)
    void threadsAndPlaceChangeNoBit(@ForAll @IntRange(min = 1, max = 40) int half, @ForAll boolean interleaved,
            @ForAll long seed) {
        int tokens = 700;
        float[] x = uniform(seed, 2 * tokens * 2 * half);
        float[] cos = uniform(seed + 1, tokens * half);
        float[] sin = uniform(seed + 2, tokens * half);
        float[] y = new float[x.length];
        try (Workers one = Workers.single(); Workers three = Workers.of(3)) {
            RotaryEmbedding.forward(one, 2, tokens, 1, 2 * half, 2 * half, interleaved, x, 0, cos, 0, sin, 0, y, 0);
            RotaryEmbedding.forward(three, 2, tokens, 1, 2 * half, 2 * half, interleaved, x, 0, cos, 0, sin, 0, x, 0);
        }
        assertArrayEquals(y, x);
    }
}
