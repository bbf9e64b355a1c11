package lanewise.properties.pooling;

import java.util.Arrays;
import lanewise.testing.Bits;
import lanewise.testing.GuardedArray;
import lanewise.testing.arbitrary.Filling;

/** The planes of an operand. */
final class Planes {

    private Planes() {}

    /** An operand with sentinels around it. */
    static GuardedArray operand(int length, int before, Filling filling) {
        return GuardedArray.vector(length, before, before / 2).fill(filling.values(length));
    }

    /** A result full of NaN, or with contents that are added to. */
    static GuardedArray result(int length, int before, Filling filling, boolean accumulate) {
        GuardedArray result = operand(length, before, filling);
        return accumulate ? result : result.fill(Float.NaN);
    }

    /** A plane of an operand, exactly. */
    static double[] exact(GuardedArray operand, int plane, int length) {
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = operand.get(plane * length + i);
        }
        return values;
    }

    /** A plane of a result before, or zeros. */
    static double[] old(GuardedArray before, int plane, int length, boolean accumulate) {
        return accumulate ? exact(before, plane, length) : new double[length];
    }

    /** A plane of integers. */
    static int[] places(int[] all, int offset, int plane, int length) {
        return Arrays.copyOfRange(all, offset + plane * length, offset + (plane + 1) * length);
    }

    /** Fails if an input has changed or a result was written outside. */
    static void checkUntouched(GuardedArray result, GuardedArray before, GuardedArray input) {
        result.checkSentinels("result");
        Bits.check("input", before.array(), input.array());
    }
}
