package lanewise.properties.recurrent;

import java.util.Arrays;

/** Parts of the operands of recurrent kernels. */
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
}
