package lanewise.bench.contest;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/** How operands are made and results compared. */
public final class Operands {

    private static final long SEED = 2026;

    private Operands() {}

    /**
     * A generator that gives the same numbers in every process.
     *
     * @return a new generator
     */
    public static SplittableRandom random() {
        return new SplittableRandom(SEED);
    }

    /**
     * Makes an operand.
     *
     * @param random the generator
     * @param length how many values
     * @return uniform values in [-1/2, 1/2)
     */
    public static float[] uniform(SplittableRandom random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (random.nextDouble() - 0.5);
        }
        return values;
    }

    /**
     * Compares elements of a result with their exact values, relative to the largest of these, and the others with being
     * finite.
     *
     * @param name the name of the workload, for the message
     * @param result all elements
     * @param length how many there must be
     * @param elements which are compared
     * @param exact the exact value of an element
     * @param tolerance the greatest difference, relative to the largest exact value
     * @throws DisagreementException when an element is further away
     */
    public static void requireAgreement(String name, float[] result, int length, int[] elements,
            IntToDoubleFunction exact, double tolerance) {
        if (result.length != length) {
            throw new DisagreementException(name + ": " + result.length + " elements, need " + length);
        }
        for (int i = 0; i < length; i++) {
            if (!Float.isFinite(result[i])) {
                throw new DisagreementException(name + ": element " + i + " = " + result[i]);
            }
        }
        double[] values = new double[elements.length];
        double largest = 0;
        for (int i = 0; i < elements.length; i++) {
            values[i] = exact.applyAsDouble(elements[i]);
            largest = Math.max(largest, Math.abs(values[i]));
        }
        for (int i = 0; i < elements.length; i++) {
            float computed = result[elements[i]];
            if (Math.abs(computed - values[i]) > tolerance * largest) {
                throw new DisagreementException(String.format(Locale.ROOT,
                        "%s: element %d = %s, reference %s, tolerance %.2g", name, elements[i], computed, values[i],
                        tolerance * largest));
            }
        }
    }
}
