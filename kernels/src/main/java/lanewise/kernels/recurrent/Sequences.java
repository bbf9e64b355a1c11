package lanewise.kernels.recurrent;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;

/** What recurrent kernels ask of their sizes. */
final class Sequences {

    private Sequences() {}

    static void check(String op, Workers workers, int steps, int batch, int inputs, int hidden) {
        Checks.workers(op, workers);
        Checks.size(op, "steps", steps);
        Checks.size(op, "batch", batch);
        Checks.size(op, "inputs", inputs);
        Checks.size(op, "hidden", hidden);
    }

    static void checkLengths(String op, int steps, int batch, int[] lengths, int lengthsOffset) {
        Checks.vector(op, "lengths", lengths, lengthsOffset, batch);
        for (int row = 0; row < batch; row++) {
            int length = lengths[lengthsOffset + row];
            if (length < 0 || length > steps) {
                throw new IllegalArgumentException(
                        op + ": lengths[" + row + "] = " + length + ", need 0 <= length <= steps = " + steps);
            }
        }
    }
}
