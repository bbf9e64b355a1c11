package lanewise.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import lanewise.kernels.random.Philox;
import lanewise.nn.Module;
import lanewise.nn.Parameter;
import lanewise.nn.State;
import lanewise.nn.Tensor;
import lanewise.testing.FiniteDifference.Precision;

/**
 * Compares gradients with finite differences, element by element, or along directions:
 *
 * <pre>{@code
 * GradientCheck.of(new MyLayer(8)).input(4, 8).seed(7).assertCorrect();
 * }</pre>
 *
 * <p>
 * A module is checked by the sum of its outputs with random weights, or by a loss. Its own float32 results are differenced
 * with long steps; a reference in double precision, where there is one, allows short steps and a hundred thousand times
 * less noise. A function of tensors, or one with a gradient of its own, such as a pair of kernels, is checked in the same way. A
 * variable of more than 4,096 elements is checked along random directions.
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
    private static final int DEFAULT_DIRECTIONS = 32;
    /** A variable with more elements is checked along directions. */
    private static final int MOST_ELEMENTS = 4096;
    // A sum of errors with random signs is larger than so many times the root of the sum of their squares once in 10^13 (Hoeffding).
    private static final double DEVIATIONS = 8;
    private static final long DIRECTIONS_STREAM = 1L << 33;
    private static final long NOISE_STREAM = 1L << 34;
    private static final int NEIGHBOURS = 12;

    private final Function<List<Tensor>, Tensor> function;
    private final Runnable reset;
    private final Map<String, ? extends Tensor> parameters;
    private final Gradient gradient;
    private final List<int[]> inputs = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();
    private Value reference;
    private UnaryOperator<Tensor> loss;
    private int roundings = DEFAULT_ROUNDINGS;
    private int directions = DEFAULT_DIRECTIONS;
    private long seed;

    private GradientCheck(Function<List<Tensor>, Tensor> function, Runnable reset,
            Map<String, ? extends Tensor> parameters, Value reference, Gradient gradient) {
        this.function = function;
        this.reset = reset;
        this.parameters = parameters;
        this.reference = reference;
        this.gradient = gradient;
    }

    /**
     * A check of a module: of its gradients with respect to its input and all its parameters. What else a pass changes, running
     * statistics and the counters that make dropout another in each pass, is set back before each pass, so that every pass drops
     * the same elements.
     *
     * @param module the module; it is left in the state in which it is now
     * @return the check
     */
    public static GradientCheck of(Module module) {
        Objects.requireNonNull(module, "GradientCheck: module is null");
        State start = withoutParameters(module.state());
        return new GradientCheck(inputs -> {
            if (inputs.size() > 1) {
                throw new IllegalStateException("GradientCheck: " + inputs.size() + " inputs, a module has one");
            }
            return module.forward(inputs.getFirst());
        }, () -> module.restoring(start).run(), module.namedParameters(), null, null);
    }

    /** A state that leaves the parameters as they are: they are the module's own, all other tensors are copies. */
    private static State withoutParameters(State state) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(state.tensors());
        tensors.replaceAll((name, tensor) -> tensor instanceof Parameter
                ? tensor
                : Tensor.of(tensor.toArray(), tensor.shape()));
        return new State(tensors, state.values());
    }

    /**
     * A check of a function of tensors: of its gradients with respect to all of them.
     *
     * <pre>{@code
     * GradientCheck.of(x -> x.get(0).matmul(x.get(1))).input(3, 4).input(4, 5).assertCorrect();
     * }</pre>
     *
     * @param function gives a tensor of any shape from the inputs, in the order of their declaration
     * @return the check
     */
    public static GradientCheck of(Function<List<Tensor>, Tensor> function) {
        return new GradientCheck(Objects.requireNonNull(function, "GradientCheck: function is null"), () -> {
        }, Map.of(), null,
                null);
    }

    /**
     * A check of a function that has a gradient of its own.
     *
     * @param reference the function in double precision
     * @param gradient its gradient as it is computed
     * @return the check
     */
    public static GradientCheck of(Value reference, Gradient gradient) {
        return new GradientCheck(null, () -> {
        }, Map.of(), Objects.requireNonNull(reference, "GradientCheck: reference is null"),
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
        if (function != null) {
            throw new IllegalStateException("variable: the variables are the inputs and the parameters of a module");
        }
        names.add(name);
        sizes.add(size);
        return this;
    }

    /**
     * The shape of an input: a module has one, a function of tensors any number, in the order of these calls. Its values are drawn from
     * the seed, uniform in [−1, 1).
     *
     * @param shape the sizes
     * @return this
     */
    public GradientCheck input(int... shape) {
        inputs.add(shape.clone());
        return this;
    }

    /**
     * What makes one number of the output, instead of a random sum.
     *
     * @param lossOfOutput gives a tensor of one element
     * @return this
     */
    public GradientCheck loss(UnaryOperator<Tensor> lossOfOutput) {
        loss = lossOfOutput;
        return this;
    }

    /**
     * What the module or function and its loss mean, in double precision; then this is differenced, not the float results.
     *
     * @param value the loss as a function of the inputs and, in the order of their registration, the parameters
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
     * How many roundings an element of a gradient may go through: its bound is γ(n) of the largest element of any gradient, since the
     * terms of a sum that cancels are taken to be no larger; or, if that is more, of the largest change of an element when its variable
     * vanishes.
     *
     * @param n 256 unless told otherwise
     * @return this
     */
    public GradientCheck roundings(int n) {
        roundings = n;
        return this;
    }

    /**
     * Along how many random directions a variable of more than 4,096 elements is checked, instead of element by element: the
     * gradient's component along a direction is compared with the slope along it.
     *
     * @param n 32 unless told otherwise
     * @return this
     * @throws IllegalArgumentException if n is less than 1
     */
    public GradientCheck directions(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("directions: n = " + n + ", need n >= 1");
        }
        directions = n;
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
        if (function == null) {
            float[][] variables = new float[sizes.size()][];
            for (int i = 0; i < variables.length; i++) {
                variables[i] = uniform(i, sizes.get(i));
            }
            return compare(names, variables, gradient.at(variables), reference, Precision.DOUBLE, 1);
        }
        if (inputs.isEmpty()) {
            throw new IllegalStateException("GradientCheck: give the shape of the input first");
        }
        List<Tensor> tensors = new ArrayList<>();
        for (int[] shape : inputs) {
            int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
            tensors.add(Tensor.of(uniform(tensors.size(), size), shape).requiresGrad(true));
        }
        try (TensorFunction ofTensors = new TensorFunction(function, reset, tensors, parameters, loss, seed)) {
            float[][] variables = ofTensors.variables();
            float[][] gradients = ofTensors.gradients();
            return reference != null
                    ? compare(ofTensors.names(), variables, gradients, reference, Precision.DOUBLE, 1)
                    : compare(ofTensors.names(), variables, gradients, ofTensors, Precision.SINGLE,
                            ofTensors.magnitude());
        }
    }

    /**
     * A straight line through the point of the check.
     *
     * @param name of the variable that moves
     * @param index of the element, or of the direction
     * @param analytic what the gradient says of the slope along it
     * @param doubt by how many times the error of an element of the gradient that may be wrong
     * @param start the point's place on the line
     * @param size of an element that moves
     * @param value the function's value at a place on the line
     * @param magnitude of the numbers that make up a value, and of what the rounding of the variables adds to it
     */
    private record Line(String name, int index, double analytic, double doubt, double start, double size,
            DoubleUnaryOperator value, double magnitude) {}

    private GradientReport compare(List<String> named, float[][] values, float[][] gradients, Value f,
            Precision precision, double magnitude) {
        double[][] variables = new double[values.length][];
        for (int v = 0; v < values.length; v++) {
            variables[v] = doubles(values[v]);
        }
        double here = f.at(variables);
        if (Double.compare(here, f.at(variables)) != 0) {
            throw new AssertionError("the function is not deterministic: " + here + ", then " + f.at(variables));
        }
        double least = Math.max(magnitude, Math.abs(here));
        if (precision == Precision.SINGLE) {
            least = Math.max(least, precision.magnitude(DEVIATIONS * noise(variables, f)));
        }
        List<Line> lines = new ArrayList<>();
        List<FiniteDifference> slopes = new ArrayList<>();
        double largest = 0;
        for (int v = 0; v < variables.length; v++) {
            double[] point = variables[v].clone();
            List<Line> ofVariable = point.length <= MOST_ELEMENTS
                    ? elements(named.get(v), variables, v, gradients[v], f, least)
                    : directions(named.get(v), variables, v, gradients[v], f, least);
            for (Line line : ofVariable) {
                FiniteDifference slope = FiniteDifference.of(line.value, line.start, precision, line.magnitude);
                System.arraycopy(point, 0, variables[v], 0, point.length);
                lines.add(line);
                slopes.add(slope);
                // Where all gradients cancel, what is left is wrong by what the rounding of the variables makes of it.
                largest = Math.max(largest, Math.max(Math.abs(slope.value()), Math.abs(slope.curvature()) * line.size));
            }
            largest = Math.max(largest, point.length <= MOST_ELEMENTS ? 0 : largest(gradients[v]));
        }
        if (lines.isEmpty()) {
            throw new IllegalStateException(
                    "GradientCheck: nothing to check, need a variable of at least one element");
        }
        return compare(lines, slopes, largest);
    }

    /**
     * The standard deviation of the rounding errors of values around the point. What cancels, or is divided by a small
     * deviation, has larger ones than its magnitude says. Of a smooth function the fourth differences of values at equal
     * distances leave nothing but them (Hamming's table; Moré and Wild 2011, "Estimating computational noise").
     */
    private double noise(double[][] variables, Value f) {
        double[][] point = Arrays.stream(variables).map(double[]::clone).toArray(double[][]::new);
        double[][] steps = new double[point.length][];
        for (int v = 0; v < point.length; v++) {
            steps[v] = doubles(uniform(NOISE_STREAM + v, point[v].length));
            for (int i = 0; i < steps[v].length; i++) {
                // Some places of the last digit: no rounding of the variables takes part.
                double step = Math.max(0x1p-18, 32 * Math.ulp((float) point[v][i]));
                steps[v][i] = Math.copySign(step, steps[v][i]);
            }
        }
        double[] values = new double[NEIGHBOURS];
        for (int k = 0; k < NEIGHBOURS; k++) {
            for (int v = 0; v < point.length; v++) {
                for (int i = 0; i < steps[v].length; i++) {
                    variables[v][i] = point[v][i] + k * steps[v][i];
                }
            }
            values[k] = f.at(variables);
        }
        for (int v = 0; v < point.length; v++) {
            System.arraycopy(point[v], 0, variables[v], 0, point[v].length);
        }
        double squares = 0;
        for (int k = 0; k + 4 < NEIGHBOURS; k++) {
            double difference = values[k] - 4 * values[k + 1] + 6 * values[k + 2] - 4 * values[k + 3] + values[k + 4];
            squares += difference * difference;
        }
        // 1 + 16 + 36 + 16 + 1: the variance of a difference, if that of a value is 1.
        return Math.sqrt(squares / (NEIGHBOURS - 4) / 70);
    }

    private GradientReport compare(List<Line> lines, List<FiniteDifference> slopes, double largest) {
        List<GradientReport.Element> failures = new ArrayList<>();
        List<GradientReport.Element> kinks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            FiniteDifference slope = slopes.get(i);
            double bound = slope.error() + line.doubt * Bounds.gamma(roundings) * largest;
            double nearest = slope.kink()
                    ? Math.clamp(line.analytic, Math.min(slope.left(), slope.right()),
                            Math.max(slope.left(), slope.right()))
                    : slope.value();
            double error = Math.abs(line.analytic - nearest);
            var element = new GradientReport.Element(line.name, line.index, line.analytic, slope.value(), error, bound);
            if (!(error <= bound)) { // also catches NaN
                failures.add(element);
            } else if (slope.kink()) {
                kinks.add(element);
            }
        }
        return new GradientReport(lines.size(), failures, kinks, seed);
    }

    private static List<Line> elements(String name, double[][] variables, int v, float[] gradient, Value f,
            double magnitude) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < gradient.length; i++) {
            int index = i;
            lines.add(new Line(name, i, gradient[i], 1, variables[v][i], Math.abs(variables[v][i]), moved -> {
                variables[v][index] = moved;
                return f.at(variables);
            }, magnitude));
        }
        return lines;
    }

    /** Along vectors of length 1 whose elements have one size and random signs. */
    private List<Line> directions(String name, double[][] variables, int v, float[] gradient, Value f,
            double magnitude) {
        int n = gradient.length;
        double[] point = variables[v].clone();
        double length = norm(doubles(gradient));
        List<Line> lines = new ArrayList<>();
        for (int direction = 0; direction < directions; direction++) {
            double[] step = doubles(uniform(DIRECTIONS_STREAM + (long) v * directions + direction, n));
            double analytic = 0;
            for (int i = 0; i < n; i++) {
                step[i] = Math.copySign(1 / Math.sqrt(n), step[i]);
                analytic += step[i] * gradient[i];
            }
            lines.add(
                    new Line(name + " along direction ", direction, analytic, DEVIATIONS, 0, norm(point) / Math.sqrt(n),
                            distance -> {
                                for (int i = 0; i < n; i++) {
                                    variables[v][i] = point[i] + distance * step[i];
                                }
                                return f.at(variables);
                            }, magnitude + length));
        }
        return lines;
    }

    private static double norm(double... x) {
        return Math.sqrt(Arrays.stream(x).map(element -> element * element).sum());
    }

    private static double largest(float... gradient) {
        double largest = 0;
        for (float element : gradient) {
            largest = Math.max(largest, Math.abs(element));
        }
        return largest;
    }

    private float[] uniform(long stream, int size) {
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
