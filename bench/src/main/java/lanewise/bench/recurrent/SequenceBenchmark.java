package lanewise.bench.recurrent;

import java.util.Arrays;
import lanewise.bench.KernelBenchmark;
import org.openjdk.jmh.annotations.Param;

/** Sequences of 64 steps, with 128 inputs and 256 units. */
public abstract class SequenceBenchmark extends KernelBenchmark {

    /** Length of the sequences. */
    static final int STEPS = 64;

    /** Elements of an input. */
    static final int INPUTS = 128;

    /** Elements of the state. */
    static final int HIDDEN = 256;

    /** Number of sequences. */
    @Param({"1", "32"})
    public int batch;

    float[] x;
    float[] wInput;
    float[] wHidden;
    float[] bias;
    float[] zero;
    int[] lengths;
    float[] y;
    float[] dx;
    float[] dwInput;
    float[] dwHidden;
    float[] dBias;
    float[] dh0;

    /** For JMH. */
    SequenceBenchmark() {}

    /** Makes operands for so many gates and biases of each unit. */
    final void operands(int gates, int biases) {
        x = uniform(STEPS * batch * INPUTS, -1, 1);
        wInput = uniform(gates * HIDDEN * INPUTS, -0.06f, 0.06f);
        wHidden = uniform(gates * HIDDEN * HIDDEN, -0.06f, 0.06f);
        bias = uniform(biases * HIDDEN, -0.06f, 0.06f);
        zero = new float[batch * HIDDEN];
        lengths = new int[batch];
        Arrays.fill(lengths, STEPS);
        y = new float[STEPS * batch * HIDDEN];
        dx = new float[x.length];
        dwInput = new float[wInput.length];
        dwHidden = new float[wHidden.length];
        dBias = new float[bias.length];
        dh0 = new float[zero.length];
    }

    /** Compares the states. */
    final void compare(float[] expected, float[] computed) {
        requireAgreement("y", computed, i -> expected[i], 500, i -> 1);
    }
}
