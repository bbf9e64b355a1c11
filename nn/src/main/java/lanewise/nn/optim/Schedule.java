package lanewise.nn.optim;

import java.util.Arrays;

/**
 * How far a training's steps go as it proceeds: what the learning rates that it began with are multiplied by. A function of
 * the number of the step alone, so it has no state; a {@link Scheduler} applies it. A step is what the scheduler counts, a
 * batch or an epoch.
 */
@FunctionalInterface
public interface Schedule {

    /**
     * The factor.
     *
     * @param step number of the step, the first is 0
     * @return what the initial learning rates are multiplied by, at least 0
     */
    double factor(long step);

    /**
     * Another schedule after this one, which sees its steps counted from 0 (PyTorch's {@code SequentialLR}).
     *
     * @param steps how long this one lasts
     * @param next what follows
     * @return both
     */
    default Schedule then(long steps, Schedule next) {
        notNegative("then", "steps", (double) steps);
        return step -> step < steps ? factor(step) : next.factor(step - steps);
    }

    /**
     * The same factor always.
     *
     * @param factor the factor
     * @return the schedule
     */
    static Schedule constant(double factor) {
        notNegative("constant", "factor", factor);
        return step -> factor;
    }

    /**
     * Multiplied by gamma every so often (PyTorch's {@code StepLR}).
     *
     * @param every after how many steps, at least 1
     * @param gamma the factor
     * @return the schedule
     */
    static Schedule step(long every, double gamma) {
        positive("step", "every", every);
        notNegative("step", "gamma", gamma);
        return step -> {
            long times = step / every;
            return StrictMath.pow(gamma, (double) times);
        };
    }

    /**
     * Multiplied by gamma at certain steps (PyTorch's {@code MultiStepLR}).
     *
     * @param gamma the factor
     * @param milestones the steps, in ascending order
     * @return the schedule
     */
    static Schedule multiStep(double gamma, long... milestones) {
        notNegative("multiStep", "gamma", gamma);
        long[] at = milestones.clone();
        for (int i = 0; i < at.length; i++) {
            if (at[i] < (i == 0 ? 0 : at[i - 1])) {
                throw new IllegalArgumentException(
                        "Schedule.multiStep: milestones = " + Arrays.toString(at) + ", need them >= 0 and ascending");
            }
        }
        return step -> {
            int passed = 0;
            while (passed < at.length && at[passed] <= step) {
                passed++;
            }
            return StrictMath.pow(gamma, passed);
        };
    }

    /**
     * gamma^step (PyTorch's {@code ExponentialLR}).
     *
     * @param gamma the factor of each step
     * @return the schedule
     */
    static Schedule exponential(double gamma) {
        notNegative("exponential", "gamma", gamma);
        return step -> StrictMath.pow(gamma, (double) step);
    }

    /**
     * 1 / (1 + decay step).
     *
     * @param decay the inverse of the step at which half is left
     * @return the schedule
     */
    static Schedule inverseTime(double decay) {
        notNegative("inverseTime", "decay", decay);
        return step -> 1 / (1 + decay * step);
    }

    /**
     * Half a wave of a cosine from 1 down to a least factor, which stays (Loshchilov and Hutter 2017, without restarts;
     * PyTorch's {@code CosineAnnealingLR}).
     *
     * @param steps how many steps the way down takes, at least 1
     * @param least where it ends
     * @return the schedule
     */
    static Schedule cosine(long steps, double least) {
        positive("cosine", "steps", steps);
        notNegative("cosine", "least", least);
        return step -> between(1, least, (double) step / steps);
    }

    /**
     * A straight way up from a first factor to 1, then another schedule (PyTorch's {@code LinearLR} before it).
     *
     * @param steps how many steps the way up takes
     * @param first the factor of step 0
     * @param then what follows, its steps counted from 0
     * @return the schedule
     */
    static Schedule warmUp(long steps, double first, Schedule then) {
        notNegative("warmUp", "first", first);
        Schedule up = step -> first + (1 - first) * step / steps;
        return up.then(steps, then);
    }

    /**
     * One cycle (Smith and Topin 2018; PyTorch's {@code OneCycleLR} with its cosines): from 1 up to a greatest factor, then
     * down to a last one, which stays.
     *
     * @param steps how many steps both ways take together, at least 2
     * @param rise share of the steps on the way up, in (0, 1); PyTorch's default is 0.3
     * @param greatest the factor at the top; PyTorch's default is 25
     * @param last the factor at the end; PyTorch's default is 1e-4
     * @return the schedule
     */
    static Schedule oneCycle(long steps, double rise, double greatest, double last) {
        if (steps < 2) {
            throw new IllegalArgumentException("Schedule.oneCycle: steps = " + steps + ", need steps >= 2");
        }
        if (!(rise > 0 && rise < 1)) {
            throw new IllegalArgumentException("Schedule.oneCycle: rise = " + rise + ", need 0 < rise < 1");
        }
        notNegative("oneCycle", "greatest", greatest);
        notNegative("oneCycle", "last", last);
        double top = rise * steps - 1; // the places of PyTorch: the last step of either way is its end
        double end = steps - 1;
        return step -> step < top
                ? between(1, greatest, step / top)
                : between(greatest, last, (step - top) / (end - top));
    }

    private static double between(double from, double to, double way) {
        return to + (from - to) * (1 + StrictMath.cos(Math.PI * Math.min(1, way))) / 2;
    }

    private static void notNegative(String schedule, String name, double value) {
        if (!(value >= 0 && value <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "Schedule." + schedule + ": " + name + " = " + value + ", need a finite number >= 0");
        }
    }

    private static void positive(String schedule, String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "Schedule." + schedule + ": " + name + " = " + value + ", need " + name + " >= 1");
        }
    }
}
