package lanewise.properties.gradient;

import java.util.Arrays;
import lanewise.kernels.normalization.BatchNorm;
import lanewise.kernels.normalization.LayerNorm;
import lanewise.kernels.softmax.LogSoftmax;
import lanewise.kernels.softmax.LogSumExp;
import lanewise.kernels.softmax.Softmax;
import lanewise.testing.GradientCheck;
import lanewise.testing.reference.LayerNormReference;
import lanewise.testing.reference.LogSoftmaxReference;
import lanewise.testing.reference.LogSumExpReference;
import lanewise.testing.reference.SoftmaxReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The backward kernels of softmax and normalizations compute the gradients of their forward kernels' references. */
class RowGradientProperties extends KernelGradients {

    private static final float EPSILON = 0.1f;

    @Property(tries = 50)
    void softmax(@ForAll @IntRange(min = 1, max = 20) int n, @ForAll long seed) {
        GradientCheck.of(v -> weighted(v[1], SoftmaxReference.value(v[0])), v -> {
            float[] y = new float[n];
            float[] dx = new float[n];
            Softmax.forward(workers, 1, n, 1, v[0], 0, y, 0);
            Softmax.backward(workers, 1, n, 1, y, 0, v[1], 0, dx, 0, false);
            return new float[][]{dx, y};
        }).variable("x", n).variable("dy", n).seed(seed).assertCorrect();
    }

    @Property(tries = 50)
    void logSoftmax(@ForAll @IntRange(min = 1, max = 20) int n, @ForAll long seed) {
        GradientCheck.of(v -> weighted(v[1], LogSoftmaxReference.value(v[0])), v -> {
            float[] y = new float[n];
            float[] dx = new float[n];
            LogSoftmax.forward(workers, 1, n, 1, v[0], 0, y, 0);
            LogSoftmax.backward(workers, 1, n, 1, y, 0, v[1], 0, dx, 0, false);
            return new float[][]{dx, y};
        }).variable("x", n).variable("dy", n).seed(seed).assertCorrect();
    }

    @Property(tries = 50)
    void logSumExp(@ForAll @IntRange(min = 1, max = 20) int n, @ForAll long seed) {
        GradientCheck.of(v -> v[1][0] * LogSumExpReference.value(v[0]), v -> {
            float[] y = new float[1];
            float[] dx = new float[n];
            LogSumExp.forward(workers, 1, n, 1, v[0], 0, y, 0);
            LogSumExp.backward(workers, 1, n, 1, v[0], 0, y, 0, v[1], 0, dx, 0, false);
            return new float[][]{dx, y};
        }).variable("x", n).variable("dy", 1).seed(seed).assertCorrect();
    }

    @Property(tries = 50)
    void layerNorm(@ForAll @IntRange(min = 1, max = 4) int rows, @ForAll @IntRange(min = 2, max = 20) int n,
            @ForAll long seed) {
        GradientCheck.of(v -> {
            double sum = 0;
            for (int i = 0; i < rows; i++) {
                sum += weighted(Arrays.copyOfRange(v[3], i * n, (i + 1) * n), LayerNormReference.value(EPSILON,
                        Arrays.copyOfRange(v[0], i * n, (i + 1) * n), v[1], v[2]));
            }
            return sum;
        }, v -> {
            float[] y = new float[rows * n];
            float[] dx = new float[rows * n];
            float[] dGamma = new float[n];
            float[] dBeta = new float[n];
            float[] statistics = new float[3 * rows];
            LayerNorm.forward(workers, rows, n, EPSILON, v[0], 0, v[1], 0, v[2], 0, y, 0, statistics, 0);
            LayerNorm.backward(workers, rows, n, v[0], 0, v[1], 0, statistics, 0, v[3], 0, dx, 0, false, dGamma, 0,
                    false,
                    dBeta, 0, false);
            return new float[][]{dx, dGamma, dBeta, y};
        }).variable("x", rows * n).variable("gamma", n).variable("beta", n).variable("dy", rows * n).seed(seed)
                .assertCorrect();
    }

    /** One channel; that channels do not mix is a matter of bounds. */
    @Property(tries = 50)
    void batchNorm(@ForAll @IntRange(min = 1, max = 4) int images, @ForAll @IntRange(min = 2, max = 20) int spatial,
            @ForAll long seed) {
        int m = images * spatial;
        GradientCheck.of(v -> {
            double[] gamma = new double[m];
            double[] beta = new double[m];
            Arrays.fill(gamma, v[1][0]);
            Arrays.fill(beta, v[2][0]);
            return weighted(v[3], LayerNormReference.value(EPSILON, v[0], gamma, beta));
        }, v -> {
            float[] y = new float[m];
            float[] dx = new float[m];
            float[] dGamma = new float[1];
            float[] dBeta = new float[1];
            float[] statistics = new float[3];
            BatchNorm.forward(workers, images, 1, spatial, EPSILON, 0.1f, v[0], 0, v[1], 0, v[2], 0, new float[1], 0,
                    new float[1], 0, y, 0, statistics, 0);
            BatchNorm.backward(workers, images, 1, spatial, v[0], 0, v[1], 0, statistics, 0, v[3], 0, dx, 0, false,
                    dGamma, 0,
                    false, dBeta, 0, false);
            return new float[][]{dx, dGamma, dBeta, y};
        }).variable("x", m).variable("gamma", 1).variable("beta", 1).variable("dy", m).seed(seed).assertCorrect();
    }
}
