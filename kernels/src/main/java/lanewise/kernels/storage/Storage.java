package lanewise.kernels.storage;

import lanewise.kernels.Workers;
import lanewise.kernels.internal.Checks;

/** Conversions between float32, in which all kernels compute, and smaller formats. */
public final class Storage {

    private Storage() {}

    /**
     * y[i] ← the bfloat16 nearest to x[i], as its 16 bits; the even one of two.
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing none possible
     * @workspace none
     * @error exact rounding
     * @special NaN stays NaN; what rounds beyond the largest bfloat16 becomes infinity; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX Cast to BFLOAT16; Kalamkar et al. 2019
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param x the numbers
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void toBfloat16(Workers workers, int n, float[] x, int xOffset, short[] y, int yOffset) {
        String op = "Storage.toBfloat16";
        Checks.workers(op, workers);
        Checks.size(op, "n", n);
        Checks.vector(op, "x", x, xOffset, n);
        Checks.vector(op, "y", y, yOffset, n);
        workers.reusable(StorageJob.class, StorageJob::new).toBfloat16(workers, n, x, xOffset, y, yOffset);
    }

    /**
     * y[i] ← the bfloat16 with the 16 bits x[i].
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing none possible
     * @workspace none
     * @error exact
     * @special NaN stays NaN; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX Cast from BFLOAT16
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param x the numbers
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void fromBfloat16(Workers workers, int n, short[] x, int xOffset, float[] y, int yOffset) {
        String op = "Storage.fromBfloat16";
        Checks.workers(op, workers);
        Checks.size(op, "n", n);
        Checks.vector(op, "x", x, xOffset, n);
        Checks.vector(op, "y", y, yOffset, n);
        workers.reusable(StorageJob.class, StorageJob::new).fromBfloat16(workers, n, x, xOffset, y, yOffset);
    }

    /**
     * y[i] ← the float16 nearest to x[i], as its 16 bits; the even one of two.
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing none possible
     * @workspace none
     * @error exact rounding
     * @special NaN stays NaN; what rounds beyond 65504 becomes infinity; below 2<sup>-14</sup> results are subnormal; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source IEEE 754 binary16; ONNX Cast to FLOAT16
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param x the numbers
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void toFloat16(Workers workers, int n, float[] x, int xOffset, short[] y, int yOffset) {
        String op = "Storage.toFloat16";
        Checks.workers(op, workers);
        Checks.size(op, "n", n);
        Checks.vector(op, "x", x, xOffset, n);
        Checks.vector(op, "y", y, yOffset, n);
        workers.reusable(StorageJob.class, StorageJob::new).toFloat16(workers, n, x, xOffset, y, yOffset);
    }

    /**
     * y[i] ← the float16 with the 16 bits x[i].
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing none possible
     * @workspace none
     * @error exact
     * @special NaN stays NaN; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source IEEE 754 binary16; ONNX Cast from FLOAT16
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param x the numbers
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void fromFloat16(Workers workers, int n, short[] x, int xOffset, float[] y, int yOffset) {
        String op = "Storage.fromFloat16";
        Checks.workers(op, workers);
        Checks.size(op, "n", n);
        Checks.vector(op, "x", x, xOffset, n);
        Checks.vector(op, "y", y, yOffset, n);
        workers.reusable(StorageJob.class, StorageJob::new).fromFloat16(workers, n, x, xOffset, y, yOffset);
    }

    /**
     * y[i] ← x[i] / scale, rounded to the nearest integer, the even one of two, and held between −128 and 127.
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing none possible
     * @workspace none
     * @error half of scale where x is within the range, and the rounding of the quotient
     * @special NaN gives 0; infinities give −128 and 127; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX QuantizeLinear-13 with zero point 0
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param scale what one step is worth, positive
     * @param x the numbers
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative, or scale is not a positive normal number
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void toInt8(Workers workers, int n, float scale, float[] x, int xOffset, byte[] y, int yOffset) {
        String op = "Storage.toInt8";
        Checks.workers(op, workers);
        Checks.size(op, "n", n);
        if (!(scale >= Float.MIN_NORMAL && scale <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    op + ": scale = " + scale + ", need a finite number of at least " + Float.MIN_NORMAL);
        }
        Checks.vector(op, "x", x, xOffset, n);
        Checks.vector(op, "y", y, yOffset, n);
        workers.reusable(StorageJob.class, StorageJob::new).toInt8(workers, n, scale, x, xOffset, y, yOffset);
    }

    /**
     * y[i] ← scale · x[i].
     *
     * @shape x, y: n elements
     * @writes overwrites y
     * @aliasing none possible
     * @workspace none
     * @error one rounding
     * @special none; n = 0 does nothing
     * @deterministic the same bits for every width, thread count and JIT state
     * @source ONNX DequantizeLinear-13 with zero point 0
     *
     * @param workers the team that computes
     * @param n number of elements
     * @param scale what one step is worth, positive
     * @param x the numbers
     * @param xOffset index of the first
     * @param y the results
     * @param yOffset index of the first
     * @throws IllegalArgumentException if n is negative, or scale is not a positive normal number
     * @throws IndexOutOfBoundsException if an array is too short
     */
    public static void fromInt8(Workers workers, int n, float scale, byte[] x, int xOffset, float[] y, int yOffset) {
        String op = "Storage.fromInt8";
        Checks.workers(op, workers);
        Checks.size(op, "n", n);
        if (!(scale >= Float.MIN_NORMAL && scale <= Float.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    op + ": scale = " + scale + ", need a finite number of at least " + Float.MIN_NORMAL);
        }
        Checks.vector(op, "x", x, xOffset, n);
        Checks.vector(op, "y", y, yOffset, n);
        workers.reusable(StorageJob.class, StorageJob::new).fromInt8(workers, n, scale, x, xOffset, y, yOffset);
    }
}
