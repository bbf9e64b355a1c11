package lanewise.bench.recurrent;

import lanewise.kernels.recurrent.Lstm;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** {@link Lstm} over 64 steps, with 128 inputs and 256 units. */
public class LstmBenchmark extends SequenceBenchmark {

    private float[] gates;
    private float[] c;
    private float[] dGates;
    private float[] dc0;

    /** For JMH. */
    public LstmBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        operands(4, 4);
        gates = new float[4 * STEPS * batch * HIDDEN];
        c = new float[STEPS * batch * HIDDEN];
        dGates = new float[4 * STEPS * batch * HIDDEN];
        dc0 = new float[batch * HIDDEN];
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
        Lstm.forward(workers(), STEPS, batch, INPUTS, HIDDEN, x, 0, wInput, 0, wHidden, 0, bias, 0, null, 0, zero, 0,
                zero, 0,
                lengths, 0, gates, 0, c, 0, y, 0);
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
        Lstm.backward(workers(), STEPS, batch, HIDDEN, wHidden, 0, null, 0, zero, 0, lengths, 0, gates, 0, c, 0, y, 0,
                zero, 0,
                dGates, 0, dh0, 0, dc0, 0);
        Lstm.backwardInput(workers(), STEPS, batch, INPUTS, HIDDEN, dGates, 0, wInput, 0, dx, 0, false);
        Lstm.backwardWeights(workers(), STEPS, batch, INPUTS, HIDDEN, x, 0, zero, 0, y, 0, dGates, 0, dwInput, 0,
                false, dwHidden, 0, false, dBias, 0, false);
        return dwHidden;
    }

    /**
     * Plain loops, forward.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] forwardScalar() {
        float[] pre = new float[4];
        for (int t = 0; t < STEPS; t++) {
            for (int row = 0; row < batch; row++) {
                int at = t * batch + row;
                for (int unit = 0; unit < HIDDEN; unit++) {
                    for (int kind = 0; kind < 4; kind++) {
                        int w = kind * HIDDEN + unit;
                        float sum = bias[w];
                        for (int k = 0; k < INPUTS; k++) {
                            sum += wInput[w * INPUTS + k] * x[at * INPUTS + k];
                        }
                        for (int k = 0; t > 0 && k < HIDDEN; k++) {
                            sum += wHidden[w * HIDDEN + k] * y[(at - batch) * HIDDEN + k];
                        }
                        pre[kind] = sum;
                    }
                    double before = t == 0 ? 0 : c[(at - batch) * HIDDEN + unit];
                    double cell = before / (1 + Math.exp(-pre[1])) + Math.tanh(pre[2]) / (1 + Math.exp(-pre[0]));
                    c[at * HIDDEN + unit] = (float) cell;
                    y[at * HIDDEN + unit] = (float) (Math.tanh(cell) / (1 + Math.exp(-pre[3])));
                }
            }
        }
        return y;
    }
}
