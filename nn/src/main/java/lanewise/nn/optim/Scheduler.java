package lanewise.nn.optim;

import java.util.Map;
import java.util.Objects;
import lanewise.nn.State;
import lanewise.nn.Stateful;

/**
 * Applies a {@link Schedule}: sets the learning rates of an optimizer's groups to the schedule's factor times what they
 * were when the scheduler was made. The first factor is set at once, the next by every {@link #step}.
 */
public final class Scheduler implements Stateful {

    private final Optimizer optimizer;
    private final Schedule schedule;
    private final float[] initial;
    private long step;

    /**
     * Sets the learning rates of step 0.
     *
     * @param optimizer whose groups have the initial learning rates
     * @param schedule the factors
     */
    public Scheduler(Optimizer optimizer, Schedule schedule) {
        this.optimizer = Objects.requireNonNull(optimizer, "Scheduler: optimizer is null");
        this.schedule = Objects.requireNonNull(schedule, "Scheduler: schedule is null");
        initial = new float[optimizer.groups().size()];
        for (int i = 0; i < initial.length; i++) {
            initial[i] = optimizer.groups().get(i).learningRate();
        }
        apply();
    }

    /** Sets the learning rates of the next step. To be called after {@link Optimizer#step}, or once an epoch. */
    public void step() {
        step++;
        apply();
    }

    private void apply() {
        double factor = schedule.factor(step);
        for (int i = 0; i < initial.length; i++) {
            optimizer.groups().get(i).learningRate((float) (factor * initial[i]));
        }
    }

    @Override
    public State state() {
        return new State(Map.of(), Map.of("step", Long.toString(step)));
    }

    @Override
    public Runnable restoring(State state) {
        state.requireLike(state());
        long newStep = state.wholeNumber("step", 0);
        return () -> {
            step = newStep;
            apply();
        };
    }
}
