package lanewise.properties.recurrent;

import static lanewise.properties.Floats.uniform;
import static lanewise.properties.recurrent.SequenceOperands.column;
import static lanewise.properties.recurrent.SequenceOperands.part;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import lanewise.kernels.Workers;

/** Sizes and operands of a recurrent kernel without cells, and what holds for all of those. */
abstract class SequenceProblem {

    final int steps;
    final int batch;
    final int inputs;
    final int hidden;
    final float[] x;
    final float[] wInput;
    final float[] wHidden;
    final float[] bias;
    final float[] h0;
    final int[] lengths;
    float[] y;

    SequenceProblem(int steps, int batch, int inputs, int hidden, float[] x, float[] wInput, float[] wHidden,
            float[] bias, float[] h0) {
        this.steps = steps;
        this.batch = batch;
        this.inputs = inputs;
        this.hidden = hidden;
        this.x = x;
        this.wInput = wInput;
        this.wHidden = wHidden;
        this.bias = bias;
        this.h0 = h0;
        lengths = new int[batch];
        Arrays.fill(lengths, steps);
    }

    /** The same layer with other sequences. */
    abstract SequenceProblem with(int steps, int batch, float[] x, float[] h0);

    /** Computes y. */
    abstract SequenceProblem forward(Workers workers);

    /** Gradients of x, wInput, wHidden, bias and h0. */
    abstract float[][] backward(Workers workers, float[] dy);

    final void assertSequenceIsItsSteps() {
        try (Workers workers = Workers.single()) {
            forward(workers);
            float[] h = h0;
            for (int t = 0; t < steps; t++) {
                h = with(1, batch, part(x, t, batch * inputs), h).forward(workers).y;
                assertArrayEquals(part(y, t, batch * hidden), h, "step " + t);
            }
        }
    }

    /** With random lengths. */
    final void assertRowsAreWhatTheyAreAlone(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int row = 0; row < batch; row++) {
            lengths[row] = random.nextInt(steps + 1);
        }
        float[] dy = uniform(seed + 6, steps * batch * hidden);
        try (Workers workers = Workers.single()) {
            float[][] d = forward(workers).backward(workers, dy);
            for (int row = 0; row < batch; row++) {
                int length = lengths[row];
                SequenceProblem alone = with(length, 1, column(x, row, batch, length, inputs),
                        part(h0, row, hidden)).forward(workers);
                float[][] dAlone = alone.backward(workers, column(dy, row, batch, length, hidden));
                assertArrayEquals(alone.y, column(y, row, batch, length, hidden), "y of row " + row);
                assertArrayEquals(dAlone[0], column(d[0], row, batch, length, inputs), "dx of row " + row);
                assertArrayEquals(dAlone[4], part(d[4], row, hidden), "dh0 of row " + row);
                for (float after : Arrays.copyOfRange(column(y, row, batch, steps, hidden), length * hidden,
                        steps * hidden)) {
                    assertEquals(0, after, "beyond the length of row " + row);
                }
            }
        }
    }
}
