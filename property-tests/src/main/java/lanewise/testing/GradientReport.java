package lanewise.testing;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a gradient check found.
 *
 * @param checked how many elements were compared
 * @param failures the elements whose gradient is wrong
 * @param kinks the elements where the function has no derivative; their gradient lies between the slopes on both sides
 * @param seed makes the same check again
 */
public record GradientReport(int checked, List<Element> failures, List<Element> kinks, long seed) {

    private static final int SHOWN = 20;

    /**
     * One element of a variable.
     *
     * @param variable name of the parameter or input
     * @param index of the element, row-major
     * @param analytic the gradient that was computed
     * @param numeric the slope by finite differences
     * @param error their distance
     * @param bound the distance that is permitted
     */
    public record Element(String variable, int index, double analytic, double numeric, double error, double bound) {

        @Override
        public String toString() {
            return "%s[%d]: analytic %.9g, numeric %.9g, error %.3g, bound %.3g".formatted(variable, index, analytic,
                    numeric,
                    error, bound);
        }
    }

    /**
     * Whether all gradients are right.
     *
     * @return whether there is no failure
     */
    public boolean isCorrect() {
        return failures.isEmpty();
    }

    @Override
    public String toString() {
        String summary = "%d of %d gradients wrong, %d at kinks; check again with seed(%dL)".formatted(failures.size(),
                checked,
                kinks.size(), seed);
        Stream<String> lines = Stream.concat(failures.stream().map(e -> "  wrong   " + e),
                kinks.stream().map(e -> "  kink    " + e));
        return Stream.concat(Stream.of(summary), lines.limit(SHOWN)).collect(Collectors.joining("\n"));
    }
}
