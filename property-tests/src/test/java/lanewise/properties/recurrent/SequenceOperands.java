package lanewise.properties.recurrent;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Operands of recurrent kernels, and parts of them. */
final class SequenceOperands {

    private SequenceOperands() {}

    static float[] part(float[] all, int number, int size) {
        return Arrays.copyOfRange(all, number * size, (number + 1) * size);
    }

    /** One sequence of a batch, as far as it goes. */
    static float[] column(float[] all, int row, int batch, int steps, int size) {
        float[] column = new float[steps * size];
        for (int t = 0; t < steps; t++) {
            System.arraycopy(all, (t * batch + row) * size, column, t * size, size);
        }
        return column;
    }

    static float[] uniform(long seed, int n) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    static float[] nan(int n) {
        float[] values = new float[n];
        Arrays.fill(values, Float.NaN);
        return values;
    }

    static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
