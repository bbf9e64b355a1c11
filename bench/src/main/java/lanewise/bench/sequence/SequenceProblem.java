package lanewise.bench.sequence;

import lanewise.bench.contest.Problem;
import lanewise.bench.contest.Workload;

/** The operands of a row. */
public sealed interface SequenceProblem extends Problem permits RecurrentProblem, AttentionProblem {

    /**
     * Makes the problem.
     *
     * @param workload the name of the row
     * @return the same in every process
     */
    static SequenceProblem of(String workload) {
        return workload.startsWith(AttentionShape.NAME)
                ? new AttentionProblem(workload)
                : new RecurrentProblem(workload);
    }

    /**
     * The row of a name.
     *
     * @param name the row's name
     * @return the workload
     */
    static Workload workload(String name) {
        return name.startsWith(AttentionShape.NAME)
                ? AttentionShape.parse(name).workload()
                : RecurrentShape.parse(name).workload();
    }
}
