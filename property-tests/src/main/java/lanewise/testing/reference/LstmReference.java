package lanewise.testing.reference;

import lanewise.testing.Bounds;

/**
 * Long short-term memory in double precision: gates i, f, g, o; the outputs with their bounds in float32. Sequences of the same
 * length; a shorter one is one alone.
 */
public final class LstmReference {

    private final int batch;
    private final int inputs;
    private final int hidden;
    private final double[] y;
    private final double[] c;
    private final double[] yBound;
    private final double[] cBound;

    private LstmReference(int steps, int batch, int inputs, int hidden) {
        this.batch = batch;
        this.inputs = inputs;
        this.hidden = hidden;
        y = new double[steps * batch * hidden];
        c = new double[steps * batch * hidden];
        yBound = new double[steps * batch * hidden];
        cBound = new double[steps * batch * hidden];
    }

    /**
     * Computes a sequence.
     *
     * @param steps length of the sequences
     * @param batch number of sequences
     * @param inputs elements of an input
     * @param hidden elements of the state
     * @param x [steps, batch, inputs]
     * @param wInput [4 hidden, inputs]
     * @param wHidden [4 hidden, hidden]
     * @param bias [4 hidden]
     * @param h0 [batch, hidden]
     * @param c0 [batch, hidden]
     * @return the results
     */
    public static LstmReference of(int steps, int batch, int inputs, int hidden, double[] x, double[] wInput,
            double[] wHidden, double[] bias, double[] h0, double[] c0) {
        LstmReference result = new LstmReference(steps, batch, inputs, hidden);
        for (int step = 0; step < steps; step++) {
            for (int row = 0; row < batch; row++) {
                result.cell(step, row, x, wInput, wHidden, bias, h0, c0);
            }
        }
        return result;
    }

    /** First-order error analysis; a twentieth more covers terms of second order. */
    private void cell(int step, int row, double[] x, double[] wInput, double[] wHidden, double[] bias, double[] h0,
            double[] c0) {
        int before = ((step - 1) * batch + row) * hidden;
        for (int unit = 0; unit < hidden; unit++) {
            double[] gate = new double[4];
            double[] error = new double[4];
            for (int kind = 0; kind < 4; kind++) {
                int w = kind * hidden + unit;
                double sum = bias[w];
                double magnitude = Math.abs(bias[w]);
                double carried = 0;
                for (int k = 0; k < inputs; k++) {
                    double term = wInput[w * inputs + k] * x[(step * batch + row) * inputs + k];
                    sum += term;
                    magnitude += Math.abs(term);
                }
                for (int k = 0; k < hidden; k++) {
                    double state = step == 0 ? h0[row * hidden + k] : y[before + k];
                    double weight = wHidden[w * hidden + k];
                    sum += weight * state;
                    magnitude += Math.abs(weight * state);
                    carried += step == 0 ? 0 : Math.abs(weight) * yBound[before + k];
                }
                boolean isTanh = kind == 2;
                gate[kind] = isTanh ? Math.tanh(sum) : 1 / (1 + Math.exp(-sum));
                double argument = Bounds.gamma(inputs + hidden + 2) * magnitude + carried;
                // The greatest slopes are 1 and 1/4.
                error[kind] = (isTanh ? argument : argument / 4) + 4 * Bounds.UNIT_ROUNDOFF * Math.abs(gate[kind])
                        + Bounds.UNDERFLOW;
            }
            double cell = step == 0 ? c0[row * hidden + unit] : c[before + unit];
            double cellError = step == 0 ? 0 : cBound[before + unit];
            int at = (step * batch + row) * hidden + unit;
            c[at] = gate[1] * cell + gate[0] * gate[2];
            cBound[at] = 1.05 * (Math.abs(gate[1]) * cellError + Math.abs(cell) * error[1]
                    + Math.abs(gate[0]) * error[2] + Math.abs(gate[2]) * error[0]
                    + Bounds.gamma(2) * (Math.abs(gate[1] * cell) + Math.abs(gate[0] * gate[2]))) + Bounds.UNDERFLOW;
            double tanh = Math.tanh(c[at]);
            y[at] = gate[3] * tanh;
            yBound[at] = 1.05 * (gate[3] * (cBound[at] + 4 * Bounds.UNIT_ROUNDOFF * Math.abs(tanh))
                    + Math.abs(tanh) * error[3] + Bounds.UNIT_ROUNDOFF * Math.abs(y[at])) + Bounds.UNDERFLOW;
        }
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
     * The cells.
     *
     * @return [steps, batch, hidden]
     */
    public double[] c() {
        return c;
    }

    /**
     * The bounds of {@link #y}.
     *
     * @return the absolute errors that are permitted
     */
    public double[] yBound() {
        return yBound;
    }

    /**
     * The bounds of {@link #c}.
     *
     * @return the absolute errors that are permitted
     */
    public double[] cBound() {
        return cBound;
    }
}
