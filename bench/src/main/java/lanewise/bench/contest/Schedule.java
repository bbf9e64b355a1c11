package lanewise.bench.contest;

import java.util.List;

/**
 * How long and how often is measured.
 *
 * @param threads the numbers of threads, each a report of its own
 * @param passes how often everything is repeated with new processes
 * @param rounds samples of each contestant per pass and workload, taken in turns
 * @param sampleSeconds the length of a sample
 * @param warmUpSeconds the length of the warm-up of each workload, at least
 * @param repetitions how often a disturbed window is measured again, at most
 */
public record Schedule(List<Integer> threads, int passes, int rounds, double sampleSeconds, double warmUpSeconds,
        int repetitions) {

    /**
     * The schedule of a report.
     *
     * @param threads the numbers of threads
     * @return three passes of seven rounds
     */
    public static Schedule full(List<Integer> threads) {
        return new Schedule(threads, 3, 7, 0.06, 0.2, 4);
    }

    /**
     * The schedule of a quick look.
     *
     * @param threads the numbers of threads
     * @return one pass of three rounds
     */
    public static Schedule quick(List<Integer> threads) {
        return new Schedule(threads, 1, 3, 0.03, 0.1, 1);
    }

    /**
     * The same schedule, repeated another number of times.
     *
     * @param count how often everything is repeated
     * @return the schedule
     */
    public Schedule withPasses(int count) {
        return new Schedule(threads, count, rounds, sampleSeconds, warmUpSeconds, repetitions);
    }
}
