package lanewise.testing.reference;

import lanewise.kernels.recurrent.RnnFunction;
import lanewise.testing.Bounds;

/** Plain recurrent networks in double precision, with bounds in float32. Sequences of the same length; a shorter one is one alone. */
public final class RnnReference {

    private final double[] y;
    private final double[] yBound;

    private RnnReference(int size) {
        y = new double[size];
        yBound = new double[size];
    }

    /**
     * Computes a sequence. The bounds are of a first-order analysis; a twentieth more covers terms of second order.
     *
     * @param function what makes the state of the sum
     * @param steps length of the sequences
     * @param batch number of sequences
     * @param inputs elements of an input
     * @param hidden elements of the state
     * @param x [steps, batch, inputs]
     * @param wInput [hidden, inputs]
     * @param wHidden [hidden, hidden]
     * @param bias [hidden]
     * @param h0 [batch, hidden]
     * @return the results
     */
    public static RnnReference of(RnnFunction function, int steps, int batch, int inputs, int hidden, double[] x,
            double[] wInput, double[] wHidden, double[] bias, double[] h0) {
        RnnReference result = new RnnReference(steps * batch * hidden);
        for (int i = 0; i < result.y.length; i++) {
            int at = i / hidden;
            int unit = i % hidden;
            double sum = bias[unit];
            double magnitude = Math.abs(sum);
            double carried = 0;
            for (int k = 0; k < inputs; k++) {
                double term = wInput[unit * inputs + k] * x[at * inputs + k];
                sum += term;
                magnitude += Math.abs(term);
            }
            for (int k = 0; k < hidden; k++) {
                int before = (at - batch) * hidden + k;
                double weight = wHidden[unit * hidden + k];
                double state = at < batch ? h0[at * hidden + k] : result.y[before];
                sum += weight * state;
                magnitude += Math.abs(weight * state);
                carried += at < batch ? 0 : Math.abs(weight) * result.yBound[before];
            }
            boolean tanh = function == RnnFunction.TANH;
            result.y[i] = tanh ? Math.tanh(sum) : Math.max(sum, 0);
            result.yBound[i] = 1.05 * (Bounds.gamma(inputs + hidden + 2) * magnitude + carried)
                    + (tanh ? 4 * Bounds.UNIT_ROUNDOFF * Math.abs(result.y[i]) : 0) + Bounds.UNDERFLOW;
        }
        return result;
    }

    /**
     * The states.
     *
     * @return [steps, batch, hidden]
     */
    public double[] y() {
        return y;
    }

    /**
     * The bounds of {@link #y}.
     *
     * @return the absolute errors that are permitted
     */
    public double[] yBound() {
        return yBound;
    }
}
