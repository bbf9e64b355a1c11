package lanewise.kernels.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import lanewise.kernels.Workers;
import lanewise.kernels.random.Dropout;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Attention by hand and against its definition, for more tokens than a block has. */
class AttentionTest {

    private static final Workers WORKERS = Workers.of(2);

    @AfterAll
    static void close() {
        WORKERS.close();
    }

    @Test
    void equalKeysGiveTheMeanOfTheValues() {
        AttentionGeometry g = AttentionGeometry.of(1, 1, 1, 3, 2);
        float[] y = new float[2];
        float[] log = new float[1];
        Attention.forward(WORKERS, g, 0, 0, 0, new float[]{1, 2}, 0, new float[6], 0, new float[]{1, 2, 3, 4, 5, 6}, 0,
                null, 0,
                y, 0, log, 0);
        assertArrayEquals(new float[]{3, 4}, y, 1e-6f);
        assertEquals(Math.log(3), log[0], 1e-6);
    }

    @Test
    void aCausalQuerySeesNoLaterKey() {
        AttentionGeometry g = AttentionGeometry.of(1, 1, 2, 3, 1).causal(1);
        float[] y = new float[2];
        Attention.forward(WORKERS, g, 0, 0, 0, new float[2], 0, new float[3], 0, new float[]{2, 4, 90}, 0, null, 0, y,
                0,
                new float[2], 0);
        assertArrayEquals(new float[]{3, 32}, y, 1e-5f);
    }

    @Test
    void aWindowHidesWhatIsLongAgo() {
        AttentionGeometry g = AttentionGeometry.of(1, 1, 4, 4, 1).window(2);
        float[] y = new float[4];
        Attention.forward(WORKERS, g, 0, 0, 0, new float[4], 0, new float[4], 0, new float[]{1, 3, 5, 7}, 0, null, 0, y,
                0,
                new float[4], 0);
        assertArrayEquals(new float[]{1, 2, 4, 6}, y, 1e-5f);
    }

    @Test
    void aQueryThatSeesNothingGetsZeros() {
        AttentionGeometry g = AttentionGeometry.of(1, 1, 2, 2, 1);
        float hidden = Float.NEGATIVE_INFINITY;
        float[] bias = {hidden, hidden, hidden, 0};
        float[] y = {9, 9};
        float[] log = new float[2];
        float[] one = {1, 1};
        Attention.forward(WORKERS, g, 0, 0, 0, one, 0, one, 0, new float[]{5, 6}, 0, bias, 0, y, 0, log, 0);
        assertArrayEquals(new float[]{0, 6}, y);
        assertArrayEquals(new float[]{hidden, 1}, log, 1e-6f);
        float[][] d = {new float[2], new float[2], new float[2]};
        Attention.backward(WORKERS, g, 0, 0, 0, one, 0, one, 0, new float[]{5, 6}, 0, bias, 0, y, 0, log, 0, one, 0,
                d[0], 0,
                false, d[1], 0, false, d[2], 0, false);
        assertArrayEquals(new float[]{0, 0}, d[0]);
        assertArrayEquals(new float[]{0, 1}, d[2], 1e-6f);
    }

    @Test
    void noTokens() {
        float[] none = new float[0];
        Attention.forward(WORKERS, AttentionGeometry.of(2, 3, 0, 5, 4), 0, 0, 0, none, 0, new float[120], 0,
                new float[120], 0,
                null, 0, none, 0, none, 0);
        float[] y = {9, 9};
        float[] log = new float[1];
        AttentionGeometry g = AttentionGeometry.of(1, 1, 1, 0, 2);
        Attention.forward(WORKERS, g, 0, 0, 0, new float[2], 0, none, 0, none, 0, null, 0, y, 0, log, 0);
        assertArrayEquals(new float[2], y);
        assertEquals(Float.NEGATIVE_INFINITY, log[0]);
        float[] dq = {9, 9};
        Attention.backward(WORKERS, g, 0, 0, 0, new float[2], 0, none, 0, none, 0, null, 0, y, 0, log, 0, y, 0, dq, 0,
                false,
                none, 0, false, none, 0, false);
        assertArrayEquals(new float[2], dq);
    }

    @Test
    void manyTokensInEveryMaskAndLayout() {
        for (AttentionGeometry g : new AttentionGeometry[]{AttentionGeometry.of(1, 1, 300, 600, 16),
                AttentionGeometry.of(1, 1, 530, 530, 8).causal(), AttentionGeometry.of(2, 2, 70, 130, 5).valueDim(70),
                AttentionGeometry.of(1, 2, 290, 700, 24).causal(300).tokensFirst(),
                AttentionGeometry.of(1, 4, 600, 600, 3).window(100).keyHeads(2),
                AttentionGeometry.of(3, 6, 20, 33, 64).keyHeads(2).bias(true, false).tokensFirst(),
                AttentionGeometry.of(2, 4, 65, 64, 40).bias(true, true).causal().scale(0.3f)}) {
            compare(g, 0);
            compare(g, 0.3f);
        }
    }

    private static void compare(AttentionGeometry g, float dropout) {
        Random random = new Random(1);
        float[] q = random(random, g.queryLength());
        float[] k = random(random, g.keyLength());
        float[] v = random(random, g.valueLength());
        float[] bias = random(random, (int) g.biasLength());
        float[] dy = random(random, g.outputLength());
        float[] kept = filled(g.rows() * g.keys(), 1);
        Dropout.forward(WORKERS, kept.length, 5, 6, dropout, kept, 0, kept, 0);
        for (float[] b : new float[][]{null, bias}) {
            double[][] exact = {new double[g.outputLength()], new double[g.queryLength()], new double[g.keyLength()],
                    new double[g.valueLength()]};
            define(g, q, k, v, b, kept, dy, exact);
            float[] y = new float[g.outputLength()];
            float[] log = new float[g.rows()];
            Attention.forward(WORKERS, g, 5, 6, dropout, q, 0, k, 0, v, 0, b, 0, y, 0, log, 0);
            assertClose(g + " y", exact[0], y, 0);
            for (int before = 0; before < 2; before++) {
                float[][] d = {filled(g.queryLength(), before), filled(g.keyLength(), before),
                        filled(g.valueLength(), before)};
                Attention.backward(WORKERS, g, 5, 6, dropout, q, 0, k, 0, v, 0, b, 0, y, 0, log, 0, dy, 0, d[0], 0,
                        before == 1, d[1], 0, before == 1, d[2], 0, before == 1);
                for (int i = 0; i < 3; i++) {
                    assertClose(g + " gradient " + i, exact[1 + i], d[i], before);
                }
            }
        }
    }

    /** y and the gradients, one query after another. */
    private static void define(AttentionGeometry g, float[] q, float[] k, float[] v, float[] bias, float[] kept,
            float[] dy,
            double[][] exact) {
        int group = g.heads() / g.keyHeads();
        double[] w = new double[g.keys()];
        for (int row = 0; row < g.rows(); row++) {
            int query = row % g.queries();
            int head = row / g.queries() % g.heads();
            int n = row / g.queries() / g.heads();
            int qAt = g.start(n, head, g.heads(), g.queries(), g.dim()) + query * g.distance(g.heads(), g.dim());
            int yAt = g.start(n, head, g.heads(), g.queries(), g.valueDim())
                    + query * g.distance(g.heads(), g.valueDim());
            int kAt = g.start(n, head / group, g.keyHeads(), g.keys(), g.dim());
            int vAt = g.start(n, head / group, g.keyHeads(), g.keys(), g.valueDim());
            int kd = g.distance(g.keyHeads(), g.dim());
            int vd = g.distance(g.keyHeads(), g.valueDim());
            double sum = 0;
            for (int j = g.firstKey(query); j < g.endKey(query); j++) {
                double score = bias == null ? 0 : bias[g.biasStart(n, head) + query * g.keys() + j];
                for (int e = 0; e < g.dim(); e++) {
                    score += (double) g.scale() * q[qAt + e] * k[kAt + j * kd + e];
                }
                w[j] = Math.exp(score);
                sum += w[j];
            }
            double dot = 0;
            double[] dw = new double[g.keys()];
            for (int j = g.firstKey(query); j < g.endKey(query); j++) {
                w[j] /= sum;
                for (int e = 0; e < g.valueDim(); e++) {
                    double factor = kept[row * g.keys() + j];
                    exact[0][yAt + e] += w[j] * factor * v[vAt + j * vd + e];
                    exact[3][vAt + j * vd + e] += w[j] * factor * dy[yAt + e];
                    dw[j] += factor * dy[yAt + e] * v[vAt + j * vd + e];
                }
                dot += w[j] * dw[j];
            }
            for (int j = g.firstKey(query); j < g.endKey(query); j++) {
                double ds = w[j] * (dw[j] - dot) * g.scale();
                for (int e = 0; e < g.dim(); e++) {
                    exact[1][qAt + e] += ds * k[kAt + j * kd + e];
                    exact[2][kAt + j * kd + e] += ds * q[qAt + e];
                }
            }
        }
    }

    private static float[] random(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextFloat() * 4 - 2;
        }
        return values;
    }

    private static float[] filled(int n, float value) {
        float[] values = new float[n];
        Arrays.fill(values, value);
        return values;
    }

    private static void assertClose(String what, double[] exact, float[] actual, float plus) {
        for (int i = 0; i < exact.length; i++) {
            double expected = exact[i] + plus;
            assertTrue(Math.abs(expected - actual[i]) <= 2e-4 * Math.max(1, Math.abs(expected)),
                    what + "[" + i + "] is " + actual[i] + ", expected " + expected);
        }
    }

    @Test
    void whatMakesNoGeometryIsRefused() {
        assertMessage("keyHeads = 3, need a divisor of heads = 4",
                () -> AttentionGeometry.of(1, 4, 1, 1, 1).keyHeads(3));
        assertMessage("dim = 0, need dim >= 1", () -> AttentionGeometry.of(1, 1, 1, 1, 0));
        assertMessage("queries = -1", () -> AttentionGeometry.of(1, 1, -1, 1, 1));
        assertMessage("window = 0, need window >= 1", () -> AttentionGeometry.of(1, 1, 1, 1, 1).window(0));
        assertMessage("firstPosition = -2", () -> AttentionGeometry.of(1, 1, 1, 1, 1).causal(-2));
        assertMessage("scale = NaN, need a finite number", () -> AttentionGeometry.of(1, 1, 1, 1, 1).scale(Float.NaN));
        assertMessage("q = 4 x 4 x 65536 x 8192 elements, need at most",
                () -> AttentionGeometry.of(4, 4, 65536, 1, 8192));
    }

    private static void assertMessage(String part, org.junit.jupiter.api.function.Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.startsWith("AttentionGeometry: ") && message.contains(part), message);
    }
}
