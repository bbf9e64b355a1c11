package lanewise.stress;

import lanewise.kernels.Workers;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads call one team, which serves one at a time: the other is refused, and the job that runs is not disturbed. */
@JCStressTest
@Outcome(id = "8, 8", expect = Expect.ACCEPTABLE, desc = "one after the other")
@Outcome(id = {"8, -1", "-1, 8"}, expect = Expect.ACCEPTABLE, desc = "one was refused")
@Outcome(id = "-1, -1", expect = Expect.ACCEPTABLE, desc = "both were refused, by the actors of other states")
@Outcome(expect = Expect.FORBIDDEN, desc = "a task was lost or ran twice")
@State
public class TwoCallers {

    private static final int TASKS = 8;
    private static final int REFUSED = -1;
    // Of all states: a team for each would be a thread for each. The actors are not always at the same state.
    private static final Workers TEAM = Workers.of(2);

    private final int[] first = new int[TASKS];
    private final int[] second = new int[TASKS];

    /**
     * One caller.
     *
     * @param r how many tasks ran
     */
    @Actor
    public void one(II_Result r) {
        r.r1 = tasks(first);
    }

    /**
     * The other.
     *
     * @param r how many tasks ran
     */
    @Actor
    public void other(II_Result r) {
        r.r2 = tasks(second);
    }

    private static int tasks(int... ran) {
        try {
            TEAM.run((task, worker) -> ran[task]++, TASKS);
        } catch (IllegalStateException e) {
            return REFUSED;
        }
        int sum = 0;
        for (int count : ran) {
            sum += count;
        }
        return sum;
    }
}
