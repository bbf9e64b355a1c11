package lanewise.bench.contest;

/** The operands of one workload, the same in every process, and the truth about the result. */
public interface Problem {

    /**
     * Compares a result with what the operands give in double precision.
     *
     * @param result all elements
     * @throws DisagreementException when an element is too far away
     */
    void verify(float[] result);
}
