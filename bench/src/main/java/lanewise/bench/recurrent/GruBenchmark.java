package lanewise.bench.recurrent;

import lanewise.kernels.recurrent.Gru;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** {@link Gru} over 64 steps, with 128 inputs and 256 units. */
public class GruBenchmark extends SequenceBenchmark {

    private float[] gates;
    private float[] dGates;

    /** For JMH. */
    public GruBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        operands(3, 4);
        gates = new float[4 * STEPS * batch * HIDDEN];
        dGates = new float[4 * STEPS * batch * HIDDEN];
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
        Gru.forward(workers(), true, STEPS, batch, INPUTS, HIDDEN, x, 0, wInput, 0, wHidden, 0, bias, 0, zero, 0,
                lengths, 0, gates, 0, y, 0);
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
        Gru.backward(workers(), true, STEPS, batch, HIDDEN, wHidden, 0, zero, 0, lengths, 0, gates, 0, y, 0, y, 0,
                dGates, 0, dh0, 0);
        Gru.backwardInput(workers(), STEPS, batch, INPUTS, HIDDEN, dGates, 0, wInput, 0, dx, 0, false);
        Gru.backwardWeights(workers(), true, STEPS, batch, INPUTS, HIDDEN, x, 0, zero, 0, gates, 0, y, 0, dGates, 0,
                dwInput, 0, false, dwHidden, 0, false, dBias, 0, false);
        return dwHidden;
    }

    /**
     * Plain loops, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        float[] input = new float[3];
        float[] state = new float[3];
        for (int t = 0; t < STEPS; t++) {
            for (int row = 0; row < batch; row++) {
                int at = t * batch + row;
                for (int unit = 0; unit < HIDDEN; unit++) {
                    for (int kind = 0; kind < 3; kind++) {
                        int w = kind * HIDDEN + unit;
                        float sum = 0;
                        for (int k = 0; k < INPUTS; k++) {
                            sum += wInput[w * INPUTS + k] * x[at * INPUTS + k];
                        }
                        input[kind] = sum + bias[w];
                        sum = 0;
                        for (int k = 0; t > 0 && k < HIDDEN; k++) {
                            sum += wHidden[w * HIDDEN + k] * y[(at - batch) * HIDDEN + k];
                        }
                        state[kind] = sum;
                    }
                    double before = t == 0 ? 0 : y[(at - batch) * HIDDEN + unit];
                    double r = 1 / (1 + Math.exp(-(input[0] + state[0])));
                    double z = 1 / (1 + Math.exp(-(input[1] + state[1])));
                    double n = Math.tanh(input[2] + r * (state[2] + bias[3 * HIDDEN + unit]));
                    y[at * HIDDEN + unit] = (float) (n + z * (before - n));
                }
            }
        }
        return y;
    }
}
