package lanewise.properties;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Arrays that properties make by hand. */
public final class Floats {

    private Floats() {}

    /** Numbers between -1 and 1. */
    public static float[] uniform(long seed, int n) {
        return uniform(seed, 1, n);
    }

    /** Numbers between -range and range. */
    public static float[] uniform(long seed, double range, int n) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextDouble(-range, range);
        }
        return values;
    }

    /** What a result is before it is computed. */
    public static float[] nan(int n) {
        float[] values = new float[n];
        Arrays.fill(values, Float.NaN);
        return values;
    }

    /** The same numbers. */
    public static double[] doubles(float... values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
