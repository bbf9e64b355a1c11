package lanewise.bench.layout;

import lanewise.bench.KernelBenchmark;
import lanewise.kernels.layout.Layout;
import lanewise.kernels.layout.Strided;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** {@link Strided} on images: channels last, half of the channels, sums over channels; beside a copy. */
public class StridedBenchmark extends KernelBenchmark {

    private static final int CHANNELS = 64;

    /** Images, height and width. */
    @Param({"1x14x14", "32x56x56"})
    public String shape;

    private int n;
    private int pixels;
    private float[] x;
    private float[] y;
    private Layout images;
    private Layout channelsLast;
    private Layout packed;
    private Layout half;
    private Layout packedHalf;
    private Layout channelSums;

    /** For JMH. */
    public StridedBenchmark() {}

    /** Makes operands and compares results. */
    @Setup
    public void prepare() {
        String[] sizes = shape.split("x", -1);
        n = Integer.parseInt(sizes[0]);
        int h = Integer.parseInt(sizes[1]);
        int w = Integer.parseInt(sizes[2]);
        pixels = h * w;
        x = uniform(n * CHANNELS * pixels, -1, 1);
        y = new float[x.length];
        images = Layout.of(n, CHANNELS, h, w);
        channelsLast = images.permute(0, 2, 3, 1);
        packed = Layout.of(n, h, w, CHANNELS);
        half = images.slice(1, CHANNELS / 2, CHANNELS);
        packedHalf = Layout.of(n, CHANNELS / 2, h, w);
        channelSums = Layout.of(CHANNELS, 1, 1).broadcast(n, CHANNELS, h, w);
        requireAgreement("y", permuteScalar(),
                i -> x[(i / (pixels * CHANNELS) * CHANNELS + i % CHANNELS) * pixels + i / CHANNELS % pixels], 1);
        requireAgreement("y", permute(),
                i -> x[(i / (pixels * CHANNELS) * CHANNELS + i % CHANNELS) * pixels + i / CHANNELS % pixels], 1);
    }

    /**
     * Lanewise: NCHW to NHWC.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] permute() {
        Strided.copy(workers(), channelsLast, x, 0, packed, y, 0);
        return y;
    }

    /**
     * Plain loops: NCHW to NHWC.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] permuteScalar() {
        for (int image = 0; image < n; image++) {
            for (int p = 0; p < pixels; p++) {
                for (int c = 0; c < CHANNELS; c++) {
                    y[(image * pixels + p) * CHANNELS + c] = x[(image * CHANNELS + c) * pixels + p];
                }
            }
        }
        return y;
    }

    /**
     * Lanewise: half of the channels.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] slice() {
        Strided.copy(workers(), half, x, 0, packedHalf, y, 0);
        return y;
    }

    /**
     * Lanewise: sums over images and pixels, on and on.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] sums() {
        Strided.add(workers(), images, x, 0, channelSums, y, 0);
        return y;
    }

    /**
     * The copy of an array.
     *
     * @return the result, so that it is not optimised away
     */
    @Benchmark
    public float[] copy() {
        System.arraycopy(x, 0, y, 0, x.length);
        return y;
    }
}
