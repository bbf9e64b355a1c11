package lanewise.bench.contest;

/**
 * One family of operations as one implementation offers it: what a child process runs. A class that implements it has a
 * public constructor that takes the number of threads.
 */
public interface Engine extends AutoCloseable {

    /**
     * Says which library this is.
     *
     * @return the version and the settings in effect, on one line
     */
    String description();

    /**
     * Makes the operands of a workload, runs it once and checks the result against a double-precision reference.
     *
     * @param workload the name of the workload, which says everything about it
     * @return the operation, ready to be timed
     * @throws DisagreementException when the result is not the reference's
     * @throws UnsupportedOperationException when the implementation does not offer the operation; it is then left out of
     *         this row
     */
    Operation prepare(String workload);

    @Override
    void close();
}
