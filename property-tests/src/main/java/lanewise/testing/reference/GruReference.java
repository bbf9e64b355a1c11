package lanewise.testing.reference;

import lanewise.testing.Bounds;

/**
 * Gated recurrent units in double precision: gates r, z, n; the outputs with their bounds in float32. Sequences of the same length;
 * a shorter one is one alone.
 */
public final class GruReference {

    private final double[] y;
    private final double[] yBound;

    private GruReference(int size) {
        y = new double[size];
        yBound = new double[size];
    }

    /**
     * Computes a sequence.
     *
     * @param resetAfter whether r is applied after the product with the state
     * @param steps length of the sequences
     * @param batch number of sequences
     * @param inputs elements of an input
     * @param hidden elements of the state
     * @param x [steps, batch, inputs]
     * @param wInput [3 hidden, inputs]
     * @param wHidden [3 hidden, hidden]
     * @param bias [4 hidden]
     * @param h0 [batch, hidden]
     * @return the results
     */
    public static GruReference of(boolean resetAfter, int steps, int batch, int inputs, int hidden, double[] x,
            double[] wInput, double[] wHidden, double[] bias, double[] h0) {
        GruReference result = new GruReference(steps * batch * hidden);
        for (int at = 0; at < steps * batch; at++) {
            double[] h = new double[hidden];
            double[] error = new double[hidden];
            for (int k = 0; k < hidden; k++) {
                h[k] = at < batch ? h0[at * hidden + k] : result.y[(at - batch) * hidden + k];
                error[k] = at < batch ? 0 : result.yBound[(at - batch) * hidden + k];
            }
            double[] input = new double[inputs];
            System.arraycopy(x, at * inputs, input, 0, inputs);
            result.cell(resetAfter, at, hidden, input, wInput, wHidden, bias, h, error);
        }
        return result;
    }

    /** First-order error analysis; a twentieth more covers terms of second order. */
    private void cell(boolean resetAfter, int at, int hidden, double[] x, double[] wInput, double[] wHidden,
            double[] bias, double[] h, double[] hError) {
        int terms = x.length + hidden + 3;
        double[] r = new double[hidden];
        double[] rError = new double[hidden];
        double[] z = new double[hidden];
        double[] zError = new double[hidden];
        double[] rh = new double[hidden];
        double[] rhError = new double[hidden];
        for (int unit = 0; unit < hidden; unit++) {
            Sum forR = Sum.of(bias[unit]).add(wInput, unit, x, null).add(wHidden, unit, h, hError);
            Sum forZ = Sum.of(bias[hidden + unit]).add(wInput, hidden + unit, x, null)
                    .add(wHidden, hidden + unit, h, hError);
            r[unit] = 1 / (1 + Math.exp(-forR.value));
            z[unit] = 1 / (1 + Math.exp(-forZ.value));
            rError[unit] = forR.error(terms) / 4 + 4 * Bounds.UNIT_ROUNDOFF * r[unit] + Bounds.UNDERFLOW;
            zError[unit] = forZ.error(terms) / 4 + 4 * Bounds.UNIT_ROUNDOFF * z[unit] + Bounds.UNDERFLOW;
            rh[unit] = r[unit] * h[unit];
            rhError[unit] = 1.05 * (r[unit] * hError[unit] + Math.abs(h[unit]) * rError[unit]
                    + Bounds.UNIT_ROUNDOFF * Math.abs(rh[unit])) + Bounds.UNDERFLOW;
        }
        for (int unit = 0; unit < hidden; unit++) {
            int row = 2 * hidden + unit;
            Sum sum = Sum.of(bias[row]).add(wInput, row, x, null);
            double error;
            if (resetAfter) {
                Sum q = Sum.of(bias[3 * hidden + unit]).add(wHidden, row, h, hError);
                sum.value += r[unit] * q.value;
                sum.magnitude += Math.abs(r[unit] * q.value);
                error = sum.error(terms) + r[unit] * q.error(terms) + Math.abs(q.value) * rError[unit];
            } else {
                sum.value += bias[3 * hidden + unit];
                sum.magnitude += Math.abs(bias[3 * hidden + unit]);
                error = sum.add(wHidden, row, rh, rhError).error(terms);
            }
            double n = Math.tanh(sum.value);
            double nError = 1.05 * error + 4 * Bounds.UNIT_ROUNDOFF * Math.abs(n) + Bounds.UNDERFLOW;
            int i = at * hidden + unit;
            y[i] = n + z[unit] * (h[unit] - n);
            yBound[i] = 1.05 * ((1 - z[unit]) * nError + z[unit] * hError[unit]
                    + Math.abs(h[unit] - n) * (zError[unit] + Bounds.gamma(2) * z[unit])
                    + Bounds.UNIT_ROUNDOFF * Math.abs(y[i])) + Bounds.UNDERFLOW;
        }
    }

    /** A sum of products, of their magnitudes, and of what errors of the factors make of it. */
    private static final class Sum {

        private double value;
        private double magnitude;
        private double carried;

        static Sum of(double bias) {
            Sum sum = new Sum();
            sum.value = bias;
            sum.magnitude = Math.abs(bias);
            return sum;
        }

        Sum add(double[] w, int row, double[] v, double[] vError) {
            for (int k = 0; k < v.length; k++) {
                double weight = w[row * v.length + k];
                value += weight * v[k];
                magnitude += Math.abs(weight * v[k]);
                carried += vError == null ? 0 : Math.abs(weight) * vError[k];
            }
            return this;
        }

        double error(int terms) {
            return Bounds.gamma(terms) * magnitude + carried;
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
     * The bounds of {@link #y}.
     *
     * @return the absolute errors that are permitted
     */
    public double[] yBound() {
        return yBound;
    }
}
