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
     * @param peepholes [3 hidden], of i, f and o
     * @param h0 [batch, hidden]
     * @param c0 [batch, hidden]
     * @return the results
     */
    public static LstmReference of(int steps, int batch, int inputs, int hidden, double[] x, double[] wInput,
            double[] wHidden, double[] bias, double[] peepholes, double[] h0, double[] c0) {
        LstmReference result = new LstmReference(steps, batch, inputs, hidden);
        for (int step = 0; step < steps; step++) {
            for (int row = 0; row < batch; row++) {
                result.cell(step, row, x, wInput, wHidden, bias, peepholes, h0, c0);
            }
        }
        return result;
    }

    /** First-order error analysis; a twentieth more covers terms of second order. */
    private void cell(int step, int row, double[] x, double[] wInput, double[] wHidden, double[] bias,
            double[] peepholes, double[] h0, double[] c0) {
        int before = ((step - 1) * batch + row) * hidden;
        for (int unit = 0; unit < hidden; unit++) {
            double[] sum = new double[4];
            double[] magnitude = new double[4];
            double[] carried = new double[4];
            for (int kind = 0; kind < 4; kind++) {
                int w = kind * hidden + unit;
                sum[kind] = bias[w];
                magnitude[kind] = Math.abs(bias[w]);
                for (int k = 0; k < inputs; k++) {
                    double term = wInput[w * inputs + k] * x[(step * batch + row) * inputs + k];
                    sum[kind] += term;
                    magnitude[kind] += Math.abs(term);
                }
                for (int k = 0; k < hidden; k++) {
                    double state = step == 0 ? h0[row * hidden + k] : y[before + k];
                    double weight = wHidden[w * hidden + k];
                    sum[kind] += weight * state;
                    magnitude[kind] += Math.abs(weight * state);
                    carried[kind] += step == 0 ? 0 : Math.abs(weight) * yBound[before + k];
                }
            }
            double cell = step == 0 ? c0[row * hidden + unit] : c[before + unit];
            double cellError = step == 0 ? 0 : cBound[before + unit];
            for (int kind = 0; kind < 2; kind++) {
                look(kind, peepholes[kind * hidden + unit], cell, cellError, sum, magnitude, carried);
            }
            Gate i = Gate.of(false, sum[0], argumentError(magnitude[0], carried[0]));
            Gate f = Gate.of(false, sum[1], argumentError(magnitude[1], carried[1]));
            Gate g = Gate.of(true, sum[2], argumentError(magnitude[2], carried[2]));
            int at = (step * batch + row) * hidden + unit;
            c[at] = f.value * cell + i.value * g.value;
            cBound[at] = 1.05 * (f.value * cellError + Math.abs(cell) * f.error + i.value * g.error
                    + Math.abs(g.value) * i.error
                    + Bounds.gamma(2) * (Math.abs(f.value * cell) + Math.abs(i.value * g.value))) + Bounds.UNDERFLOW;
            look(3, peepholes[2 * hidden + unit], c[at], cBound[at], sum, magnitude, carried);
            Gate o = Gate.of(false, sum[3], argumentError(magnitude[3], carried[3]));
            double tanh = Math.tanh(c[at]);
            y[at] = o.value * tanh;
            yBound[at] = 1.05 * (o.value * (cBound[at] + 4 * Bounds.UNIT_ROUNDOFF * Math.abs(tanh))
                    + Math.abs(tanh) * o.error + Bounds.UNIT_ROUNDOFF * Math.abs(y[at])) + Bounds.UNDERFLOW;
        }
    }

    /** Adds what a gate sees of a cell. */
    private static void look(int kind, double weight, double cell, double cellError, double[] sum, double[] magnitude,
            double[] carried) {
        sum[kind] += weight * cell;
        magnitude[kind] += Math.abs(weight * cell);
        carried[kind] += Math.abs(weight) * cellError;
    }

    private double argumentError(double magnitude, double carried) {
        return Bounds.gamma(inputs + hidden + 3) * magnitude + carried;
    }

    /** A gate, and its error in float32. */
    private record Gate(double value, double error) {

        /** The greatest slopes are 1 and 1/4. */
        static Gate of(boolean isTanh, double argument, double argumentError) {
            double value = isTanh ? Math.tanh(argument) : 1 / (1 + Math.exp(-argument));
            return new Gate(value, (isTanh ? argumentError : argumentError / 4)
                    + 4 * Bounds.UNIT_ROUNDOFF * Math.abs(value) + Bounds.UNDERFLOW);
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
