package lanewise.stress;

import lanewise.kernels.Workers;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A team is closed while another thread calls it: the job runs in full or is refused. */
@JCStressTest
@Outcome(id = "8", expect = Expect.ACCEPTABLE, desc = "the job came first")
@Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "the team was closed first")
@Outcome(expect = Expect.FORBIDDEN, desc = "a task was lost or ran twice")
@State
public class CloseWhileRunning {

    private static final int TASKS = 8;
    private static final int REFUSED = -1;

    private final Workers team = Workers.of(2);
    private final int[] ran = new int[TASKS];

    /**
     * The caller.
     *
     * @param r how many tasks ran
     */
    @Actor
    public void call(I_Result r) {
        try {
            team.run((task, worker) -> ran[task]++, TASKS);
            for (int count : ran) {
                r.r1 += count;
            }
        } catch (IllegalStateException e) {
            r.r1 = REFUSED;
        }
    }

    /** The other thread. */
    @Actor
    public void close() {
        team.close();
    }
}
