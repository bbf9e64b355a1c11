package lanewise.testing.reference;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The columns of the largest elements of a row, or the smallest; exact. */
public final class TopKReference {

    private TopKReference() {}

    /**
     * The columns, the first of all first; of equal elements the lower column is first.
     *
     * @param k how many
     * @param largest whether those of the largest
     * @param x the row
     * @return the columns
     */
    public static int[] columns(int k, boolean largest, double... x) {
        Comparator<Integer> order = Comparator.comparingDouble(i -> x[i]);
        return IntStream.range(0, x.length).boxed().sorted(largest ? order.reversed() : order).limit(k)
                .mapToInt(i -> i).toArray();
    }
}
