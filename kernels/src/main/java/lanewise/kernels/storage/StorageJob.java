package lanewise.kernels.storage;

import lanewise.kernels.Workers;

/** The body of {@link Storage}, in plain loops: C2 makes vectors of them itself. */
final class StorageJob implements Workers.Job {

    private enum Conversion {
        TO_BFLOAT16, FROM_BFLOAT16, TO_FLOAT16, FROM_FLOAT16, TO_INT8, FROM_INT8
    }

    // About a microsecond of work.
    private static final int CHUNK = 8192;

    private Conversion conversion = Conversion.TO_BFLOAT16;
    private int n;
    private float scale;
    private float[] floats;
    private short[] shorts;
    private byte[] bytes;
    private int xo;
    private int yo;

    void toBfloat16(Workers workers, int n, float[] x, int xo, short[] y, int yo) {
        floats = x;
        shorts = y;
        run(workers, Conversion.TO_BFLOAT16, n, xo, yo);
    }

    void fromBfloat16(Workers workers, int n, short[] x, int xo, float[] y, int yo) {
        shorts = x;
        floats = y;
        run(workers, Conversion.FROM_BFLOAT16, n, xo, yo);
    }

    void toFloat16(Workers workers, int n, float[] x, int xo, short[] y, int yo) {
        floats = x;
        shorts = y;
        run(workers, Conversion.TO_FLOAT16, n, xo, yo);
    }

    void fromFloat16(Workers workers, int n, short[] x, int xo, float[] y, int yo) {
        shorts = x;
        floats = y;
        run(workers, Conversion.FROM_FLOAT16, n, xo, yo);
    }

    void toInt8(Workers workers, int n, float scale, float[] x, int xo, byte[] y, int yo) {
        floats = x;
        bytes = y;
        this.scale = scale;
        run(workers, Conversion.TO_INT8, n, xo, yo);
    }

    void fromInt8(Workers workers, int n, float scale, byte[] x, int xo, float[] y, int yo) {
        bytes = x;
        floats = y;
        this.scale = scale;
        run(workers, Conversion.FROM_INT8, n, xo, yo);
    }

    private void run(Workers workers, Conversion wanted, int count, int fromOffset, int toOffset) {
        conversion = wanted;
        n = count;
        xo = fromOffset;
        yo = toOffset;
        try {
            workers.run(this, Math.ceilDiv(n, CHUNK));
        } finally {
            floats = null;
            shorts = null;
            bytes = null;
        }
    }

    @Override
    public void run(int task, int worker) {
        int from = task * CHUNK;
        int count = Math.min(CHUNK, n - from);
        switch (conversion) {
            case TO_BFLOAT16 -> toBfloat16(count, floats, xo + from, shorts, yo + from);
            case FROM_BFLOAT16 -> fromBfloat16(count, shorts, xo + from, floats, yo + from);
            case TO_FLOAT16 -> toFloat16(count, floats, xo + from, shorts, yo + from);
            case FROM_FLOAT16 -> fromFloat16(count, shorts, xo + from, floats, yo + from);
            case TO_INT8 -> toInt8(count, scale, floats, xo + from, bytes, yo + from);
            case FROM_INT8 -> fromInt8(count, scale, bytes, xo + from, floats, yo + from);
        }
    }

    /** Half of what is cut off is added first, or a little less where the even number is below. NaN keeps a bit that is not cut off. */
    private static void toBfloat16(int n, float[] x, int xo, short[] y, int yo) {
        for (int i = 0; i < n; i++) {
            int bits = Float.floatToRawIntBits(x[xo + i]);
            int rounded = bits + 0x7fff + (bits >>> 16 & 1);
            boolean isNaN = (bits & Integer.MAX_VALUE) > 0x7f800000;
            y[yo + i] = (short) ((isNaN ? bits | 0x400000 : rounded) >>> 16);
        }
    }

    private static void fromBfloat16(int n, short[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Float.intBitsToFloat(x[xo + i] << 16);
        }
    }

    private static void toFloat16(int n, float[] x, int xo, short[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Float.floatToFloat16(x[xo + i]);
        }
    }

    private static void fromFloat16(int n, short[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Float.float16ToFloat(x[xo + i]);
        }
    }

    private static void toInt8(int n, float scale, float[] x, int xo, byte[] y, int yo) {
        for (int i = 0; i < n; i++) {
            double rounded = Math.rint(x[xo + i] / scale);
            y[yo + i] = (byte) (int) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, rounded));
        }
    }

    private static void fromInt8(int n, float scale, byte[] x, int xo, float[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + i] * scale;
        }
    }
}
