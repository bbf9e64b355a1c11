package lanewise.nn.optim;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lanewise.nn.Parameter;
import lanewise.nn.State;
import lanewise.nn.Stateful;
import lanewise.nn.Tensor;

/**
 * The method of Broyden, Fletcher, Goldfarb and Shanno with limited memory, and a line search for the strong Wolfe
 * conditions: for losses over all data at once, of which it finds a minimum in few evaluations. PyTorch's {@code LBFGS} with
 * {@code line_search_fn="strong_wolfe"} and its other defaults.
 *
 * <p>
 * It reckons in double precision, on one thread; parameters are float32 and each evaluation is the caller's. Its memory
 * grows by two numbers a weight with each iteration, up to the length of the history.
 *
 * <p>
 * Source: J. Nocedal and S. J. Wright, Numerical Optimization, second edition, 2006, algorithms 7.4 and 7.5 (direction and
 * iteration), 3.5 and 3.6 (line search), equation 3.59 (cubic interpolation).
 */
public final class LBFGS implements Stateful {

    /** Computes the loss, and by {@link Tensor#backward} the gradients, for the parameters as they are. */
    @FunctionalInterface
    public interface Closure {

        /**
         * Evaluates.
         *
         * @return the loss
         */
        double evaluate();
    }

    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;
    private static final int MOST_EVALUATIONS = 25;
    private static final double LEAST_CURVATURE = 1e-10;

    /** A change of the parameters and the change of the gradient that came of it. */
    private static final class Pair {

        private final float[] s;
        private final float[] y;
        private final double sy;

        Pair(float[] s, float[] y, double sy) {
            this.s = s;
            this.y = y;
            this.sy = sy;
        }
    }

    /** A place on the line: how far, the loss there and its derivative along the line. */
    private record Place(double t, double loss, double slope) {

        double cubicMinimum(Place other) {
            double d1 = slope + other.slope - 3 * (loss - other.loss) / (t - other.t);
            double d2 = Math.copySign(Math.sqrt(d1 * d1 - slope * other.slope), other.t - t);
            return other.t - (other.t - t) * (other.slope + d2 - d1) / (other.slope - slope + 2 * d2);
        }
    }

    private final Parameter[] parameters;
    private final int iterations;
    private final int history;
    private final double gradientTolerance;
    private final double changeTolerance;
    private final ArrayDeque<Pair> pairs = new ArrayDeque<>();
    private final int size;
    private final float[] start;
    private final double[] direction;
    private double[] gradient;
    private double[] best;
    private double[] trial;

    /**
     * At most 20 iterations a step, a history of 100, gradients up to 1e-7 and changes up to 1e-9 taken for 0: PyTorch's
     * defaults.
     *
     * @param parameters what to train; those that require no gradient at an evaluation stay as they are
     */
    public LBFGS(List<Parameter> parameters) {
        this(parameters, 20, 100, 1e-7, 1e-9);
    }

    /**
     * With settings of its own.
     *
     * @param parameters what to train
     * @param iterations the most that a {@link #step} makes, at least 1
     * @param history how many changes are remembered, at least 1
     * @param gradientTolerance a step ends when no element of the gradient is greater
     * @param changeTolerance a step ends when neither an element of the parameters nor the loss changes by more
     */
    public LBFGS(List<Parameter> parameters, int iterations, int history, double gradientTolerance,
            double changeTolerance) {
        this.parameters = parameters.toArray(new Parameter[0]);
        this.iterations = positive("iterations", iterations);
        this.history = positive("history", history);
        this.gradientTolerance = notNegative("gradientTolerance", gradientTolerance);
        this.changeTolerance = notNegative("changeTolerance", changeTolerance);
        long all = 0;
        for (Parameter parameter : this.parameters) {
            all += parameter.size();
        }
        size = Math.toIntExact(all);
        start = new float[size];
        direction = new double[size];
        gradient = new double[size];
        best = new double[size];
        trial = new double[size];
    }

    /**
     * Makes up to as many iterations as were asked for; each evaluates the loss once or a few times. The parameters are then
     * at the best place that was found.
     *
     * @param closure the loss; its gradients are used up
     * @return the loss there
     */
    public double step(Closure closure) {
        Objects.requireNonNull(closure, "LBFGS: closure is null");
        copyFromParameters(start);
        double loss = evaluate(closure, gradient);
        for (int i = 0; i < iterations && greatest(gradient) > gradientTolerance; i++) {
            findDirection();
            double slope = dot(gradient, direction);
            if (!(slope < -changeTolerance)) {
                break;
            }
            double first = pairs.isEmpty() ? Math.min(1, 1 / sumOfMagnitudes(gradient)) : 1;
            Place found = search(closure, new Place(0, loss, slope), first);
            moveTo(found.t);
            if (found.t == 0) {
                break;
            }
            remember();
            copyFromParameters(start);
            swapGradientWithBest();
            double change = loss - found.loss;
            loss = found.loss;
            if (found.t * greatest(direction) <= changeTolerance || Math.abs(change) < changeTolerance) {
                break;
            }
        }
        return loss;
    }

    /** The two loops over the history: direction = -H gradient. */
    private void findDirection() {
        for (int i = 0; i < size; i++) {
            direction[i] = -gradient[i];
        }
        double[] alphas = new double[pairs.size()];
        int k = pairs.size();
        for (Iterator<Pair> newestFirst = pairs.descendingIterator(); newestFirst.hasNext();) {
            Pair pair = newestFirst.next();
            alphas[--k] = dot(pair.s, direction) / pair.sy;
            add(-alphas[k], pair.y);
        }
        if (!pairs.isEmpty()) {
            Pair newest = pairs.getLast();
            double scale = newest.sy / dot(newest.y, newest.y);
            for (int i = 0; i < size; i++) {
                direction[i] *= scale;
            }
        }
        for (Pair pair : pairs) {
            add(alphas[k++] - dot(pair.y, direction) / pair.sy, pair.s);
        }
    }

    /** A place that fulfils the strong Wolfe conditions, or the best found; {@code best} is then the gradient there. */
    private Place search(Closure closure, Place origin, double first) {
        Place previous = origin;
        double t = first;
        for (int evaluations = 1; evaluations <= MOST_EVALUATIONS; evaluations++) {
            Place here = evaluateAt(closure, t);
            if (tooHigh(here, origin) || (evaluations > 1 && !(here.loss < previous.loss))) {
                return zoom(closure, origin, previous, here, evaluations);
            }
            swapBestWithTrial();
            if (Math.abs(here.slope) <= -CURVATURE * origin.slope) {
                return here;
            }
            if (here.slope >= 0) {
                return zoom(closure, origin, here, previous, evaluations);
            }
            double least = t + 0.01 * (t - previous.t);
            t = within(previous.cubicMinimum(here), least, 10 * t);
            previous = here;
        }
        return previous;
    }

    /** Narrows an interval from the lower of two places, whose gradient is in {@code best}, to the other. */
    private Place zoom(Closure closure, Place origin, Place low, Place high, int before) {
        for (int evaluations = before; evaluations < MOST_EVALUATIONS; evaluations++) {
            double width = Math.abs(high.t - low.t);
            if (width * greatest(direction) < changeTolerance) {
                break;
            }
            double left = Math.min(low.t, high.t);
            Place here = evaluateAt(closure,
                    within(low.cubicMinimum(high), left + 0.1 * width, left + 0.9 * width));
            if (tooHigh(here, origin) || !(here.loss < low.loss)) {
                high = here;
            } else {
                swapBestWithTrial();
                if (Math.abs(here.slope) <= -CURVATURE * origin.slope) {
                    return here;
                }
                if (here.slope * (high.t - low.t) >= 0) {
                    high = low;
                }
                low = here;
            }
        }
        return low;
    }

    /** Also true of a loss that is no number. */
    private static boolean tooHigh(Place here, Place origin) {
        return !(here.loss <= origin.loss + SUFFICIENT_DECREASE * here.t * origin.slope);
    }

    /** The middle if the value is no number, as where a loss is infinite. */
    private static double within(double value, double least, double most) {
        return Double.isNaN(value) ? (least + most) / 2 : Math.min(most, Math.max(least, value));
    }

    private Place evaluateAt(Closure closure, double t) {
        moveTo(t);
        double loss = evaluate(closure, trial);
        return new Place(t, loss, dot(trial, direction));
    }

    private double evaluate(Closure closure, double[] gradient) {
        for (Parameter w : parameters) {
            w.zeroGrad();
        }
        double loss = closure.evaluate();
        int at = 0;
        for (Parameter w : parameters) {
            for (int i = 0; i < w.size(); i++) {
                gradient[at++] = w.hasGrad() ? w.grad().data()[w.grad().offset() + i] : 0;
            }
            w.zeroGrad();
        }
        return loss;
    }

    private void moveTo(double t) {
        int at = 0;
        for (Parameter w : parameters) {
            for (int i = 0; i < w.size(); i++, at++) {
                w.data()[w.offset() + i] = (float) (start[at] + t * direction[at]);
            }
        }
    }

    private void copyFromParameters(float[] target) {
        int at = 0;
        for (Parameter w : parameters) {
            w.copyTo(target, at);
            at += w.size();
        }
    }

    /** Adds the way from the start to where the parameters are, if the loss is convex along it. */
    private void remember() {
        Pair oldest = pairs.size() == history ? pairs.getFirst() : new Pair(new float[size], new float[size], 0);
        float[] s = oldest.s;
        float[] y = oldest.y;
        copyFromParameters(s);
        double sy = 0;
        for (int i = 0; i < size; i++) {
            s[i] -= start[i];
            y[i] = (float) (best[i] - gradient[i]);
            sy += (double) s[i] * y[i];
        }
        if (pairs.size() == history) {
            pairs.removeFirst();
        }
        if (sy > LEAST_CURVATURE) {
            pairs.addLast(new Pair(s, y, sy));
        }
    }

    private void swapGradientWithBest() {
        double[] old = gradient;
        gradient = best;
        best = old;
    }

    private void swapBestWithTrial() {
        double[] old = best;
        best = trial;
        trial = old;
    }

    private void add(double factor, float[] x) {
        for (int i = 0; i < size; i++) {
            direction[i] += factor * x[i];
        }
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static double dot(float[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double greatest(double[] a) {
        double greatest = 0;
        for (double element : a) {
            greatest = Math.max(greatest, Math.abs(element));
        }
        return greatest;
    }

    private static double sumOfMagnitudes(double[] a) {
        double sum = 0;
        for (double element : a) {
            sum += Math.abs(element);
        }
        return sum;
    }

    /** The history, oldest first: {@code 0.s}, {@code 0.y} and so on. */
    @Override
    public State state() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int k = 0;
        for (Pair pair : pairs) {
            tensors.put(k + ".s", Tensor.of(pair.s, size));
            tensors.put(k + ".y", Tensor.of(pair.y, size));
            k++;
        }
        return new State(tensors, Map.of("pairs", Integer.toString(k)));
    }

    @Override
    public Runnable restoring(State state) {
        long count = state.wholeNumber("pairs", 0);
        if (count > history) {
            throw new IllegalArgumentException("pairs is " + count + ", need at most " + history);
        }
        Map<String, Tensor> wanted = new LinkedHashMap<>();
        Tensor any = Tensor.of(start, size);
        for (int k = 0; k < count; k++) {
            wanted.put(k + ".s", any);
            wanted.put(k + ".y", any);
        }
        state.requireLike(new State(wanted, Map.of("pairs", "")));
        return () -> {
            pairs.clear();
            for (int k = 0; k < count; k++) {
                float[] s = state.tensors().get(k + ".s").toArray();
                float[] y = state.tensors().get(k + ".y").toArray();
                pairs.addLast(new Pair(s, y, dot(s, y)));
            }
        };
    }

    private static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("LBFGS: " + name + " = " + value + ", need " + name + " >= 1");
        }
        return value;
    }

    private static double notNegative(String name, double value) {
        if (!(value >= 0 && value <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("LBFGS: " + name + " = " + value + ", need a finite number >= 0");
        }
        return value;
    }
}
