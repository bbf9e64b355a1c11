package lanewise.bench.storage;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.storage.Storage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link Storage}: conversions to smaller formats and back. */
public class StorageBenchmark extends KernelBenchmark {

    private static final float SCALE = 1f / 127;

    /** The number of elements. */
    @Param({"1000", "1000000"})
    public int n;

    private float[] floats;
    private short[] shorts;
    private byte[] bytes;

    /** For JMH. */
    public StorageBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        floats = uniform(n, -1, 1);
        shorts = new short[n];
        bytes = new byte[n];
        float[] x = floats.clone();
        toFloat16();
        requireAgreement("fromFloat16", fromFloat16(), i -> Float.float16ToFloat(Float.floatToFloat16(x[i])), 1);
        toInt8();
        toBfloat16();
    }

    /**
     * Lanewise, toBfloat16.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public short[] toBfloat16() {
        Storage.toBfloat16(workers(), n, floats, 0, shorts, 0);
        return shorts;
    }

    /**
     * Lanewise, fromBfloat16.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] fromBfloat16() {
        Storage.fromBfloat16(workers(), n, shorts, 0, floats, 0);
        return floats;
    }

    /**
     * Lanewise, toFloat16.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public short[] toFloat16() {
        Storage.toFloat16(workers(), n, floats, 0, shorts, 0);
        return shorts;
    }

    /**
     * Lanewise, fromFloat16.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] fromFloat16() {
        Storage.fromFloat16(workers(), n, shorts, 0, floats, 0);
        return floats;
    }

    /**
     * Lanewise, toInt8.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public byte[] toInt8() {
        Storage.toInt8(workers(), n, SCALE, floats, 0, bytes, 0);
        return bytes;
    }

    /**
     * Lanewise, fromInt8.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] fromInt8() {
        Storage.fromInt8(workers(), n, SCALE, bytes, 0, floats, 0);
        return floats;
    }
}
