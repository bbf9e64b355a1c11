package lanewise.kernels.activation;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.ElementwiseJob;
import lanewise.kernels.internal.Lanes;

/** The rectifier with a threshold: what does not exceed it is 0. */
public final class ThresholdedRelu {

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final int LANES = Lanes.LANES;

    private ThresholdedRelu() {}

    /**
     * y[i] ← x[i] &gt; alpha ? x[i] : 0.
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing y may be x at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error exact
     * @special NaN gives NaN; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX ThresholdedRelu-22, PyTorch Threshold with value 0
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param alpha the threshold
     * @param x the arguments
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative or alpha is NaN
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void forward(Workers workers, int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
        Arguments.forward("ThresholdedRelu.forward", workers, n, x, xOffset, y, yOffset);
        Arguments.requireNumber("ThresholdedRelu.forward", "alpha", alpha);
        workers.reusable(Forward.class, Forward::new).operands(x, xOffset, y, yOffset, null, 0).scalars(alpha, 0, false)
                .run(workers, n);
    }

    /**
     * dx[i] ← x[i] &gt; alpha ? dy[i] : 0, or dx[i] plus that.
     *
     * @shape x, dy, dx: n elements
     * @writes overwrites dx, or accumulates into it
     * @aliasing dx may be dy or x at the same offset; other overlap is forbidden (not detected)
     * @workspace none
     * @error exact; one rounding of the sum when accumulating
     * @special where x is NaN, dy passes; where x ≤ alpha, dy is ignored, NaN included; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source derivative of ONNX ThresholdedRelu-22
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param alpha the threshold
     * @param x arguments of the forward pass
     * @param xOffset index of the first
     * @param dy gradient with respect to y
     * @param dyOffset index of its first element
     * @param dx gradient with respect to x
     * @param dxOffset index of its first element
     * @param accumulate whether to add to dx
     * @throws IllegalArgumentException if n is negative or alpha is NaN
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void backward(Workers workers, int n, float alpha, float[] x, int xOffset, float[] dy, int dyOffset,
            float[] dx, int dxOffset, boolean accumulate) {
        Arguments.backward("ThresholdedRelu.backward", workers, n, "x", x, xOffset, dy, dyOffset, dx, dxOffset);
        Arguments.requireNumber("ThresholdedRelu.backward", "alpha", alpha);
        workers.reusable(Backward.class, Backward::new).operands(x, xOffset, dy, dyOffset, dx, dxOffset)
                .scalars(alpha, 0, accumulate).run(workers, n);
    }

    private static void forward(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, xOffset + i);
            v.blend(0f, v.compare(VectorOperators.LE, alpha)).intoArray(y, yOffset + i);
        }
        for (int i = main; i < n; i++) {
            y[yOffset + i] = x[xOffset + i] <= alpha ? 0 : x[xOffset + i];
        }
    }

    private static void backward(int n, float alpha, float[] x, int xOffset, float[] dy, int dyOffset, float[] dx,
            int dxOffset, boolean accumulate) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector d = FloatVector.fromArray(FLOATS, dy, dyOffset + i).blend(0f,
                    FloatVector.fromArray(FLOATS, x, xOffset + i).compare(VectorOperators.LE, alpha));
            if (accumulate) {
                d = d.add(FloatVector.fromArray(FLOATS, dx, dxOffset + i));
            }
            d.intoArray(dx, dxOffset + i);
        }
        for (int i = main; i < n; i++) {
            float d = x[xOffset + i] <= alpha ? 0 : dy[dyOffset + i];
            dx[dxOffset + i] = accumulate ? d + dx[dxOffset + i] : d;
        }
    }

    private static final class Forward extends ElementwiseJob {

        @Override
        protected void range(int from, int n, float[] scratch) {
            forward(n, alpha, a, aOffset + from, b, bOffset + from);
        }
    }

    private static final class Backward extends ElementwiseJob {

        @Override
        protected void range(int from, int n, float[] scratch) {
            backward(n, alpha, a, aOffset + from, b, bOffset + from, c, cOffset + from, accumulate);
        }
    }
}
