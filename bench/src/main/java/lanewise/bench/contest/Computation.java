package lanewise.bench.contest;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * An operation on operands that stand ready, and what it has computed.
 *
 * @param operation what is timed
 * @param result reads all elements of the result
 */
public record Computation(Operation operation, Supplier<float[]> result) {

    /**
     * An operation that writes to an array, which is filled with NaN before: an element that is never written disagrees.
     *
     * @param result the array
     * @param operation what is timed
     * @return the computation
     */
    public static Computation into(float[] result, Operation operation) {
        Arrays.fill(result, Float.NaN);
        return new Computation(operation, () -> result);
    }
}
