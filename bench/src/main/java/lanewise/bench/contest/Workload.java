package lanewise.bench.contest;

/**
 * One row of a report.
 *
 * @param name says everything about the operation; an {@link Engine} makes the operands from it
 * @param work operations, bytes or items of one call, as {@code unit} counts them
 * @param unit the unit of the rate
 * @param limit what the rate is compared with
 */
public record Workload(String name, double work, Unit unit, Limit limit) {}
