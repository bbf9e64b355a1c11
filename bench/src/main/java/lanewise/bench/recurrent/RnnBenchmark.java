package lanewise.bench.recurrent;

import lanewise.kernels.recurrent.Rnn;
import lanewise.kernels.recurrent.RnnFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** {@link Rnn} over 64 steps, with 128 inputs and 256 units. */
public class RnnBenchmark extends SequenceBenchmark {

    private float[] dSums;

    /** For JMH. */
    public RnnBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        operands(1, 1);
        dSums = new float[STEPS * batch * HIDDEN];
        float[] expected = forwardScalar().clone();
        compare(expected, forward());
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
