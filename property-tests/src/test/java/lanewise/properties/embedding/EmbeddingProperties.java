package lanewise.properties.embedding;

import java.util.Random;
import java.util.stream.IntStream;
import lanewise.kernels.Workers;
import lanewise.kernels.embedding.Embedding;
import lanewise.testing.Bits;
import lanewise.testing.Bounds;
import lanewise.testing.GradientCheck;
import lanewise.testing.reference.EmbeddingReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Properties of {@link Embedding}. */
class EmbeddingProperties {

    private static final int OFFSET = 3;

    @Property(tries = 200)
    void rowsAreCopied(@ForAll @IntRange(max = 40) int n, @ForAll @IntRange(min = 1, max = 30) int rows,
            @ForAll @IntRange(max = 70) int cols, @ForAll long seed) {
        float[] weight = values(seed, OFFSET + rows * cols);
        int[] index = index(seed, n, rows);
        float[] y = values(seed + 1, OFFSET + n * cols + OFFSET);
        float[] expected = y.clone();
        double[] exact = EmbeddingReference.value(cols, doubles(weight, rows * cols), index);
        for (int i = 0; i < exact.length; i++) {
            expected[OFFSET + i] = (float) exact[i];
        }
        try (Workers workers = Workers.of(2)) {
            Embedding.forward(workers, n, rows, cols, weight, OFFSET, index, 0, y, OFFSET);
        }
        Bits.check("y", expected, y);
    }

    @Property(tries = 200)
    void gradientsAreWithinTheirBounds(@ForAll @IntRange(max = 40) int n, @ForAll @IntRange(min = 1, max = 30) int rows,
            @ForAll @IntRange(max = 600) int cols, @ForAll long seed, @ForAll boolean accumulate) {
        float[] dy = values(seed, OFFSET + n * cols);
        int[] index = index(seed, n, rows);
        float[] dWeight = values(seed + 1, OFFSET + rows * cols + OFFSET);
        double[] before = accumulate ? doubles(dWeight, rows * cols) : new double[rows * cols];
        float[] guards = dWeight.clone();
        double[] exact = EmbeddingReference.backward(cols, doubles(dy, n * cols), index, before);
        double[] bounds = EmbeddingReference.backwardBounds(cols, doubles(dy, n * cols), index, before);
        try (Workers workers = Workers.of(2)) {
            Embedding.backward(workers, n, rows, cols, dy, OFFSET, index, 0, dWeight, OFFSET, accumulate);
        }
        for (int i = 0; i < exact.length; i++) {
            Bounds.check("dWeight[" + i + "]", exact[i], bounds[i], dWeight[OFFSET + i]);
        }
        System.arraycopy(guards, OFFSET, dWeight, OFFSET, rows * cols);
        Bits.check("guards", guards, dWeight);
    }

    @Property(tries = 30)
    void gradientIsThatOfTheReference(@ForAll @IntRange(min = 1, max = 12) int n,
            @ForAll @IntRange(min = 1, max = 5) int rows, @ForAll @IntRange(min = 1, max = 6) int cols,
            @ForAll long seed) {
        int[] index = index(seed, n, rows);
        GradientCheck.of(v -> {
            double[] y = EmbeddingReference.value(cols, v[0], index);
            return IntStream.range(0, y.length).mapToDouble(i -> y[i] * v[1][i]).sum();
        }, v -> {
            float[] y = new float[n * cols];
            float[] dWeight = new float[rows * cols];
            try (Workers workers = Workers.single()) {
                Embedding.forward(workers, n, rows, cols, v[0], 0, index, 0, y, 0);
                Embedding.backward(workers, n, rows, cols, v[1], 0, index, 0, dWeight, 0, false);
            }
            return new float[][]{dWeight, y};
        }).variable("weight", rows * cols).variable("dy", n * cols).seed(seed).assertCorrect();
    }

    private static int[] index(long seed, int n, int rows) {
        Random random = new Random(seed);
        return IntStream.range(0, n).map(i -> random.nextInt(rows)).toArray();
    }

    private static float[] values(long seed, int n) {
        Random random = new Random(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    private static double[] doubles(float[] values, int length) {
        return IntStream.range(OFFSET, OFFSET + length).mapToDouble(i -> values[i]).toArray();
    }
}
