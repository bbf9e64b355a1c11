package lanewise.bench.contest;

import java.util.List;

/** A family of operations: its workloads and who can run them. */
public interface Family {

    /**
     * The family's name in reports.
     *
     * @return such as {@code gemm}
     */
    String name();

    /**
     * The rows of the report.
     *
     * @return in the order of the report
     */
    List<Workload> workloads();

    /**
     * Who takes part.
     *
     * @param threads the number of threads of each
     * @return Lanewise first; implementations that cannot use so many threads are left out
     */
    List<Contestant> contestants(int threads);
}
