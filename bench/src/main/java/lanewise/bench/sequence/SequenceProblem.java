package lanewise.bench.sequence;

import java.util.stream.IntStream;
import lanewise.bench.contest.Operands;
import lanewise.bench.contest.Problem;
import lanewise.bench.contest.Workload;
import lanewise.kernels.Workers;

/** The operands of a row. Verified is one result beside that of Lanewise on one thread, which is proven elsewhere. */
public sealed interface SequenceProblem extends Problem permits RecurrentProblem, AttentionProblem {

    /** How far results may be apart, relative to the largest. */
    double TOLERANCE = 1e-4;

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

    /**
     * The name of the row.
     *
     * @return the name
     */
    String name();

    /**
     * What Lanewise computes: results, or with a backward pass one of the gradients.
     *
     * @param workers the team that computes
     * @return the elements
     */
    float[] computed(Workers workers);

    @Override
    default void verify(float[] result) {
        try (Workers workers = Workers.single()) {
            float[] expected = computed(workers);
            int[] all = IntStream.range(0, expected.length).toArray();
            Operands.requireAgreement(name(), result, expected.length, all, i -> expected[i], TOLERANCE);
        }
    }
}
