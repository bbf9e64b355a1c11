package lanewise.properties.activation;

import lanewise.testing.contract.ElementwiseContract;

/** What the backward kernels of activations share: dx from x or y, and dy. */
abstract class ActivationBackward implements ElementwiseContract {

    boolean accumulate() {
        return false;
    }

    /** The exact gradient; {@code known} is x or y. */
    abstract double gradient(double known, double dy);

    /** Its bound, when it is added to dx. */
    abstract double gradientBound(double known, double dy, double dx);

    @Override
    public final int inputs() {
        return 2;
    }

    @Override
    public final boolean readsOutput() {
        return accumulate();
    }

    /** An infinite dy times a slope that underflows is NaN, and not the infinity of the exact slope. */
    @Override
    public float domain(int operand, float x) {
        return operand == 1 && Float.isInfinite(x) ? Math.copySign(1f, x) : x;
    }

    @Override
    public final double value(double[] x) {
        return gradient(x[0], x[1]) + (accumulate() ? x[2] : 0);
    }

    @Override
    public final double bound(double[] x) {
        return gradientBound(x[0], x[1], accumulate() ? x[2] : 0);
    }
}
