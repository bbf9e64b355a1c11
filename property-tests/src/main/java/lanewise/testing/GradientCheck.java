package lanewise.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import lanewise.kernels.random.Philox;
import lanewise.nn.Module;
import lanewise.nn.Tensor;
import lanewise.testing.FiniteDifference.Precision;

/**
 * Compares gradients with finite differences, element by element:
 *
 * <pre>{@code
 * GradientCheck.of(new MyLayer(8)).input(4, 8).seed(7).assertCorrect();
 * }</pre>
 *
 * <p>
 * A module is checked by the sum of its outputs with random weights, or by a loss. Its own float32 results are differenced
 * with long steps; a reference in double precision, where there is one, allows short steps and a hundred thousand times
 * less noise. A function with a gradient of its own, such as a pair of kernels, is checked in the same way.
 *
 * <p>
 * An analytic gradient may differ from the slope by the error of the finite difference, which is estimated, and by the
 * roundings of its own computation ({@link #roundings}). Where the function has a kink, the gradient must lie between the
 * slopes on both sides, and the report says so.
 */
public final class GradientCheck {

    /** A function of several variables in double precision: a reference. */
    @FunctionalInterface
    public interface Value {

        /**
         * The function's value.
         *
         * @param variables the variables, in the order of their declaration
         * @return the value
         */
        double at(double[][] variables);
    }

    /** The gradient of a function as the code that is checked computes it. */
    @FunctionalInterface
    public interface Gradient {

        /**
         * The gradient with respect to each variable.
         *
         * @param variables the variables, in the order of their declaration
         * @return for each variable as many elements as it has
         */
        float[][] at(float[][] variables);
    }

    private static final int DEFAULT_ROUNDINGS = 256;

    private final Module module;
    private final Gradient gradient;
    private final List<String> names = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private Value reference;
    private UnaryOperator<Tensor> loss;
    private int[] inputSizes;
    private int roundings = DEFAULT_ROUNDINGS;
    private long seed;

    private GradientCheck(Module module, Value reference, Gradient gradient) {
        this.module = module;
        this.reference = reference;
        this.gradient = gradient;
    }

    /**
     * A check of a module: of its gradients with respect to its input and all its parameters.
     *
     * @param module the module; its parameters keep their values
     * @return the check
     */
    public static GradientCheck of(Module module) {
        return new GradientCheck(Objects.requireNonNull(module, "GradientCheck: module is null"), null, null);
    }

    /**
     * A check of a function that has a gradient of its own.
     *
     * @param reference the function in double precision
     * @param gradient its gradient as it is computed
     * @return the check
     */
    public static GradientCheck of(Value reference, Gradient gradient) {
        return new GradientCheck(null, Objects.requireNonNull(reference, "GradientCheck: reference is null"),
                Objects.requireNonNull(gradient, "GradientCheck: gradient is null"));
    }

    /**
     * Declares a variable of a function. Its values are drawn from the seed, uniform in [−1, 1).
     *
     * @param name names it in the report
     * @param size how many elements
     * @return this
     */
    public GradientCheck variable(String name, int size) {
        if (module != null) {
            throw new IllegalStateException("variable: a module's variables are its input and its parameters");
        }
        names.add(name);
        sizes.add(size);
        return this;
    }

    /**
     * The shape of a module's input. Its values are drawn from the seed, uniform in [−1, 1).
     *
     * @param shape the sizes
     * @return this
     */
    public GradientCheck input(int... shape) {
        inputSizes = shape.clone();
        return this;
    }

    /**
     * What makes one number of a module's output, instead of a random sum.
     *
     * @param lossOfOutput gives a tensor of one element
     * @return this
     */
    public GradientCheck loss(UnaryOperator<Tensor> lossOfOutput) {
        loss = lossOfOutput;
        return this;
    }

    /**
     * What a module and its loss mean, in double precision; then this is differenced, not the module's float results.
     *
     * @param value the loss as a function of the input and, in the order of their registration, the parameters
     * @return this
     * @throws IllegalStateException if no loss was given: a random sum is not known to the reference
     */
    public GradientCheck reference(Value value) {
        if (loss == null) {
            throw new IllegalStateException("reference: give the loss first");
        }
        reference = value;
        return this;
    }

    /**
     * How many roundings an element of a gradient may go through: its bound is γ(n) of the largest element of any
     * gradient, since the terms of a sum that cancels are taken to be no larger.
     *
     * @param n 256 unless told otherwise
     * @return this
     */
    public GradientCheck roundings(int n) {
        roundings = n;
        return this;
    }

    /**
     * Chooses the values.
     *
     * @param number any number; a report names it
     * @return this
     */
    public GradientCheck seed(long number) {
        seed = number;
        return this;
    }

    /**
     * Checks all gradients.
     *
     * @throws AssertionError with the report if one is wrong, or if the function gives two values at one point
     */
    public void assertCorrect() {
        GradientReport report = report();
        if (!report.isCorrect()) {
            throw new AssertionError(report.toString());
        }
    }

    /**
     * Checks all gradients.
     *
     * @return what was found
     * @throws AssertionError if the function gives two values at one point
     */
    public GradientReport report() {
        if (module == null) {
            float[][] variables = new float[sizes.size()][];
            for (int i = 0; i < variables.length; i++) {
                variables[i] = uniform(i, sizes.get(i));
            }
            return compare(names, variables, gradient.at(variables), reference, Precision.DOUBLE, 1);
        }
        if (inputSizes == null) {
            throw new IllegalStateException("GradientCheck: give the shape of the module's input first");
        }
        int size = Arrays.stream(inputSizes).reduce(1, Math::multiplyExact);
        try (ModuleFunction function = new ModuleFunction(module, inputSizes, uniform(0, size), loss, seed)) {
            float[][] variables = function.variables();
            float[][] gradients = function.gradients();
            return reference != null
                    ? compare(function.names(), variables, gradients, reference, Precision.DOUBLE, 1)
                    : compare(function.names(), variables, gradients, function, Precision.SINGLE, function.magnitude());
        }
    }

    private GradientReport compare(List<String> named, float[][] values, float[][] gradients, Value f,
            Precision precision,
            double magnitude) {
        double[][] variables = new double[values.length][];
        for (int v = 0; v < values.length; v++) {
            variables[v] = doubles(values[v]);
        }
        double here = f.at(variables);
        if (Double.compare(here, f.at(variables)) != 0) {
            throw new AssertionError("the function is not deterministic: " + here + ", then " + f.at(variables));
        }
        List<GradientReport.Element> failures = new ArrayList<>();
        List<GradientReport.Element> kinks = new ArrayList<>();
        FiniteDifference[][] all = new FiniteDifference[variables.length][];
        for (int v = 0; v < variables.length; v++) {
            all[v] = slopes(variables, v, f, precision, Math.max(magnitude, Math.abs(here)));
        }
        double largest = Arrays.stream(all).flatMap(Arrays::stream).mapToDouble(slope -> Math.abs(slope.value())).max()
                .orElseThrow(() -> new IllegalStateException(
                        "GradientCheck: nothing to check, need a variable of at least one element"));
        int checked = 0;
        for (int v = 0; v < variables.length; v++) {
            FiniteDifference[] slopes = all[v];
            for (int i = 0; i < slopes.length; i++, checked++) {
                FiniteDifference slope = slopes[i];
                double analytic = gradients[v][i];
                double bound = slope.error() + Bounds.gamma(roundings) * largest;
                double nearest = slope.kink()
                        ? Math.clamp(analytic, Math.min(slope.left(), slope.right()),
                                Math.max(slope.left(), slope.right()))
                        : slope.value();
                double error = Math.abs(analytic - nearest);
                var element = new GradientReport.Element(named.get(v), i, analytic, slope.value(), error, bound);
                if (!(error <= bound)) { // also catches NaN
                    failures.add(element);
                } else if (slope.kink()) {
                    kinks.add(element);
                }
            }
        }
        return new GradientReport(checked, failures, kinks, seed);
    }

    private static FiniteDifference[] slopes(double[][] variables, int v, Value f, Precision precision,
            double magnitude) {
        FiniteDifference[] slopes = new FiniteDifference[variables[v].length];
        for (int i = 0; i < slopes.length; i++) {
            int index = i;
            double x = variables[v][i];
            slopes[i] = FiniteDifference.of(moved -> {
                variables[v][index] = moved;
                return f.at(variables);
            }, x, precision, magnitude);
            variables[v][i] = x;
        }
        return slopes;
    }

    private float[] uniform(int stream, int size) {
        float[] values = new float[size];
        Philox.uniform(seed, stream, size, -1, 1, values, 0);
        return values;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
