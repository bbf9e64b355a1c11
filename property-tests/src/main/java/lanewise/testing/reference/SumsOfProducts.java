package lanewise.testing.reference;

import java.util.Arrays;
import lanewise.kernels.activation.Activation;
import lanewise.testing.Bounds;

/**
 * Elements that are sums of products, each with what its error bound needs: the sum of the magnitudes, and how many
 * terms there are. The bound is γ(terms + 2) · Σ|a||b|, which holds for every order of additions, with and without fused
 * multiply-add, also when the sum starts from a zero or goes through one more product with 1.
 *
 * @see <a href="https://doi.org/10.1137/1.9780898718027">Higham, Accuracy and Stability of Numerical Algorithms, chapter
 *      3</a>
 */
public final class SumsOfProducts {

    private final double[] values;
    private final double[] magnitudes;
    private final int[] terms;

    /**
     * Empty sums.
     *
     * @param n how many
     */
    public SumsOfProducts(int n) {
        values = new double[n];
        magnitudes = new double[n];
        terms = new int[n];
    }

    /**
     * Adds a product to a sum.
     *
     * @param i which sum
     * @param a a factor
     * @param b the other factor; 1 for a bias or the old value of what is accumulated into
     */
    public void add(int i, double a, double b) {
        values[i] += a * b;
        magnitudes[i] += Math.abs(a * b);
        terms[i]++;
    }

    /**
     * Adds a number to each sum.
     *
     * @param addends as many as there are sums
     * @return this
     */
    public SumsOfProducts plus(float... addends) {
        for (int i = 0; i < values.length; i++) {
            add(i, addends[i], 1);
        }
        return this;
    }

    /**
     * The sums.
     *
     * @return the array itself
     */
    public double[] values() {
        return values;
    }

    /**
     * The sums of the magnitudes, Σ|a||b|.
     *
     * @return the array itself
     */
    public double[] magnitudes() {
        return magnitudes;
    }

    /**
     * The bound of one sum.
     *
     * @param i which
     * @return the absolute error that is permitted
     */
    public double bound(int i) {
        return Bounds.gamma(terms[i] + 2L) * magnitudes[i] + terms[i] * Bounds.UNDERFLOW;
    }

    /**
     * Fails unless every computed sum is within its bound.
     *
     * @param what names the array in the message
     * @param actual the computed sums
     * @throws AssertionError naming the first one that is not
     */
    public void check(String what, float... actual) {
        check(what, Activation.IDENTITY, actual);
    }

    /**
     * Fails unless every computed sum is within its bound after an activation.
     *
     * @param what names the array in the message
     * @param activation what has been applied to the sums
     * @param actual the computed results
     * @throws AssertionError naming the first one that is not
     */
    public void check(String what, Activation activation, float... actual) {
        double[] bounds = new double[values.length];
        Arrays.setAll(bounds, this::bound);
        check(what, activation, bounds, actual);
    }

    /**
     * Fails unless every computed sum is within another bound, such as {@link WinogradBound}, after an activation.
     *
     * @param what names the array in the message
     * @param activation what has been applied to the sums
     * @param bounds of the sums, without the activation
     * @param actual the computed results
     * @throws AssertionError naming the first one that is not
     */
    public void check(String what, Activation activation, double[] bounds, float... actual) {
        if (actual.length != values.length) {
            throw new AssertionError(what + ": " + actual.length + " elements, expected " + values.length);
        }
        for (int i = 0; i < actual.length; i++) {
            Bounds.check(what + "[" + i + "]", activated(activation, values[i]),
                    activatedBound(activation, values[i], bounds[i]), actual[i]);
        }
    }

    /**
     * An activation in double precision.
     *
     * @param activation which
     * @param x any number
     * @return its value
     */
    public static double activated(Activation activation, double x) {
        return switch (activation) {
            case IDENTITY -> x;
            case RELU -> ReluReference.value(x);
            case SIGMOID -> SigmoidReference.value(x);
        };
    }

    /**
     * The bound of an activation of an inexact number: the number's own, times the largest slope, and what computing the
     * activation adds.
     *
     * @param activation which
     * @param x the exact number
     * @param bound by how much the number may be wrong
     * @return the absolute error that is permitted
     */
    public static double activatedBound(Activation activation, double x, double bound) {
        return switch (activation) {
            case IDENTITY, RELU -> bound;
            case SIGMOID -> bound / 4 + SigmoidReference.bound(x + bound);
        };
    }
}
