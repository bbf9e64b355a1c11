package lanewise.bench.recurrent;

import java.util.Arrays;
import lanewise.bench.KernelBenchmark;
import lanewise.kernels.recurrent.Rnn;
import lanewise.kernels.recurrent.RnnFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link Rnn} over 64 steps, with 128 inputs and 256 units. */
public class RnnBenchmark extends KernelBenchmark {

    private static final int STEPS = 64;
    private static final int INPUTS = 128;
    private static final int HIDDEN = 256;

    /** Number of sequences. */
    @Param({"1", "32"})
    public int batch;

    private float[] x;
    private float[] wInput;
    private float[] wHidden;
    private float[] bias;
    private float[] zero;
    private int[] lengths;
    private float[] y;
    private float[] dSums;
    private float[] dx;
    private float[] dwInput;
    private float[] dwHidden;
    private float[] dBias;
    private float[] dh0;

    /** For JMH. */
    public RnnBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        x = uniform(STEPS * batch * INPUTS, -1, 1);
        wInput = uniform(HIDDEN * INPUTS, -0.06f, 0.06f);
        wHidden = uniform(HIDDEN * HIDDEN, -0.06f, 0.06f);
        bias = uniform(HIDDEN, -0.06f, 0.06f);
        zero = new float[batch * HIDDEN];
        lengths = new int[batch];
        Arrays.fill(lengths, STEPS);
        y = new float[STEPS * batch * HIDDEN];
        dSums = new float[STEPS * batch * HIDDEN];
        dx = new float[x.length];
        dwInput = new float[wInput.length];
        dwHidden = new float[wHidden.length];
        dBias = new float[bias.length];
        dh0 = new float[zero.length];
        float[] expected = forwardScalar().clone();
        requireAgreement("y", forward(), i -> expected[i], 500, i -> 1);
    }

    /**
     * Lanewise, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forward() {
        Rnn.forward(workers(), RnnFunction.TANH, STEPS, batch, INPUTS, HIDDEN, x, 0, wInput, 0, wHidden, 0, bias, 0,
                zero, 0, lengths, 0, y, 0);
        return y;
    }

    /**
     * Lanewise, forward and backward with all gradients; that of the states is the states.
     *
     * @return a result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardAndBackward() {
        forward();
        Rnn.backward(workers(), RnnFunction.TANH, STEPS, batch, HIDDEN, wHidden, 0, lengths, 0, y, 0, y, 0, dSums, 0,
                dh0, 0);
        Rnn.backwardInput(workers(), STEPS, batch, INPUTS, HIDDEN, dSums, 0, wInput, 0, dx, 0, false);
        Rnn.backwardWeights(workers(), STEPS, batch, INPUTS, HIDDEN, x, 0, zero, 0, y, 0, dSums, 0, dwInput, 0, false,
                dwHidden, 0, false, dBias, 0, false);
        return dwHidden;
    }

    /**
     * Plain loops, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        for (int t = 0; t < STEPS; t++) {
            for (int row = 0; row < batch; row++) {
                int at = t * batch + row;
                for (int unit = 0; unit < HIDDEN; unit++) {
                    float sum = bias[unit];
                    for (int k = 0; k < INPUTS; k++) {
                        sum += wInput[unit * INPUTS + k] * x[at * INPUTS + k];
                    }
                    for (int k = 0; t > 0 && k < HIDDEN; k++) {
                        sum += wHidden[unit * HIDDEN + k] * y[(at - batch) * HIDDEN + k];
                    }
                    y[at * HIDDEN + unit] = (float) Math.tanh(sum);
                }
            }
        }
        return y;
    }
}
