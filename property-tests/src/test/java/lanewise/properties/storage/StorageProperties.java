package lanewise.properties.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import lanewise.kernels.Workers;
import lanewise.kernels.storage.Storage;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.Filling.Kind;
import lanewise.testing.reference.StorageReference;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** Properties of conversions. */
class StorageProperties {

    private static final int FLOAT16 = 10;
    private static final int BFLOAT16 = 7;
    private static final int OFFSET = 3;
    private static final Workers WORKERS = Workers.of(2);

    @AfterContainer
    static void close() {
        WORKERS.close();
    }

    /** All 65536 patterns, and back. */
    @Example
    void everyPatternIsTheNumberOfItsDefinition() {
        short[] bits = new short[1 << 16];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = (short) i;
        }
        float[] half = new float[bits.length];
        float[] brain = new float[bits.length];
        short[] again = new short[bits.length];
        Storage.fromFloat16(WORKERS, bits.length, bits, 0, half, 0);
        Storage.fromBfloat16(WORKERS, bits.length, bits, 0, brain, 0);
        for (int i = 0; i < bits.length; i++) {
            assertEquals(StorageReference.value(bits[i], FLOAT16), half[i]);
            assertEquals(StorageReference.value(bits[i], BFLOAT16), brain[i]);
        }
        Storage.toFloat16(WORKERS, bits.length, half, 0, again, 0);
        for (int i = 0; i < bits.length; i++) {
            assertEquals(Float.isNaN(half[i]), Double.isNaN(StorageReference.value(again[i], FLOAT16)));
            assertEquals(Float.isNaN(half[i]) ? again[i] : bits[i], again[i]);
        }
        Storage.toBfloat16(WORKERS, bits.length, brain, 0, again, 0);
        for (int i = 0; i < bits.length; i++) {
            assertEquals(Float.isNaN(brain[i]), Double.isNaN(StorageReference.value(again[i], BFLOAT16)));
            assertEquals(Float.isNaN(brain[i]) ? again[i] : bits[i], again[i]);
        }
    }

    @Property(tries = 300)
    void theNearestIsTaken(@ForAll @IntRange(max = 300) int n, @ForAll("fillings") Filling filling) {
        float[] x = filling.values(OFFSET + n);
        short[] half = new short[n + OFFSET + 2];
        short[] brain = half.clone();
        Storage.toFloat16(WORKERS, n, x, OFFSET, half, OFFSET);
        Storage.toBfloat16(WORKERS, n, x, OFFSET, brain, OFFSET);
        for (int i = OFFSET; i < OFFSET + n; i++) {
            check(x[i], StorageReference.nearest(x[i], FLOAT16), half[i], FLOAT16);
            check(x[i], StorageReference.nearest(x[i], BFLOAT16), brain[i], BFLOAT16);
        }
        assertEquals(0, half[OFFSET - 1] | half[OFFSET + n] | brain[OFFSET - 1] | brain[OFFSET + n], "guards");
    }

    private static void check(float x, short expected, short actual, int fractionBits) {
        if (Float.isNaN(x)) {
            assertEquals(Double.NaN, StorageReference.value(actual, fractionBits));
        } else {
            assertEquals(expected, actual, () -> x + " as " + Integer.toHexString(actual));
        }
    }

    @Property(tries = 200)
    void integersAreNearestAndHeld(@ForAll @IntRange(max = 300) int n, @ForAll("fillings") Filling filling,
            @ForAll("scales") float scale) {
        float[] x = filling.values(OFFSET + n);
        byte[] q = new byte[n];
        float[] y = new float[n + 1];
        Storage.toInt8(WORKERS, n, scale, x, OFFSET, q, 0);
        Storage.fromInt8(WORKERS, n, scale, q, 0, y, 1);
        for (int i = 0; i < n; i++) {
            float quotient = x[OFFSET + i] / scale;
            int expected = Float.isNaN(quotient) ? 0 : (int) Math.max(-128, Math.min(127, Math.rint(quotient)));
            assertEquals(expected, q[i]);
            assertEquals(expected * scale, y[1 + i]);
        }
    }

    @Property(tries = 5)
    void doesNotDependOnThreads(@ForAll("fillings") Filling filling) {
        int n = 30_001;
        float[] x = filling.values(n);
        short[] first = null;
        for (int threads : new int[]{1, 2, 3, 7}) {
            short[] y = new short[2 * n];
            try (Workers workers = Workers.of(threads)) {
                Storage.toFloat16(workers, n, x, 0, y, 0);
                Storage.toBfloat16(workers, n, x, 0, y, n);
            }
            first = first == null ? y : first;
            assertEquals(0, Arrays.compare(first, y), "bits on " + threads + " threads");
        }
    }

    @Provide
    Arbitrary<Float> scales() {
        return Arbitraries.of(1f, 0.1f, 3e-5f, Float.MIN_NORMAL, 1e30f);
    }

    @Provide
    Arbitrary<Filling> fillings() {
        return Filling.of(Kind.INTEGERS, Kind.UNIT, Kind.MIXED_MAGNITUDE, Kind.FINITE, Kind.SPECIAL);
    }
}
