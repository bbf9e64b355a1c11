package lanewise.stress;

import lanewise.kernels.Workers;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two jobs, one after the other. Their tasks write plain elements: each task runs once, and the caller sees what all of them wrote. The
 * second reads what other workers wrote in the first.
 */
@JCStressTest
@Outcome(id = "8, 16", expect = Expect.ACCEPTABLE, desc = "every task ran once and is seen")
@Outcome(expect = Expect.FORBIDDEN, desc = "a task was lost, ran twice, or is not seen")
@State
public class Handover {

    private static final int TASKS = 8;
    // One actor calls, so the states of all rounds may share a team.
    private static final Workers TEAM = Workers.of(2);

    private final int[] first = new int[TASKS];
    private final int[] second = new int[TASKS];

    /**
     * The caller.
     *
     * @param r how often tasks ran
     */
    @Actor
    public void call(II_Result r) {
        TEAM.run((task, worker) -> first[task]++, TASKS);
        TEAM.run((task, worker) -> second[task] += 1 + first[TASKS - 1 - task], TASKS);
        for (int i = 0; i < TASKS; i++) {
            r.r1 += first[i];
            r.r2 += second[i];
        }
    }
}
