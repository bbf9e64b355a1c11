package lanewise.bench.convolution;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import lanewise.bench.contest.Operands;
import lanewise.bench.contest.Problem;

/**
 * The three tensors of a convolution: two operands, and the one that is computed from them, which starts with zeros. In
 * the backward passes the tensors are gradients.
 */
public final class ConvolutionOperands implements Problem {

    private static final int SAMPLES = 200;
    // Rounding errors and results both grow as the square root of the number of products, whose mean is zero; a direct sum
    // stays below 1e-5 of the largest result here. The transforms of Winograd's algorithm lose another digit.
    private static final double TOLERANCE = 1e-4;

    private final ConvolutionShape shape;
    private final float[] image;
    private final float[] filter;
    private final float[] output;

    private ConvolutionOperands(ConvolutionShape shape) {
        this.shape = shape;
        SplittableRandom random = Operands.random();
        image = tensor(random, shape.imageSizes(), ConvolutionShape.Pass.BACKWARD_DATA);
        filter = tensor(random, shape.filterSizes(), ConvolutionShape.Pass.BACKWARD_FILTER);
        output = tensor(random, shape.outputSizes(), ConvolutionShape.Pass.FORWARD);
    }

    private float[] tensor(SplittableRandom random, long[] sizes, ConvolutionShape.Pass computedIn) {
        int length = ConvolutionShape.length(sizes);
        return shape.pass() == computedIn ? new float[length] : Operands.uniform(random, length);
    }

    /**
     * Makes the operands of a workload.
     *
     * @param workload a name that {@link ConvolutionShape#parse} reads
     * @return the operands
     */
    public static ConvolutionOperands of(String workload) {
        return new ConvolutionOperands(ConvolutionShape.parse(workload));
    }

    /**
     * The shape of the convolution.
     *
     * @return the shape
     */
    public ConvolutionShape shape() {
        return shape;
    }

    /**
     * The images.
     *
     * @return NCHW
     */
    public float[] image() {
        return image;
    }

    /**
     * The filters.
     *
     * @return OIHW
     */
    public float[] filter() {
        return filter;
    }

    /**
     * The output.
     *
     * @return NCHW
     */
    public float[] output() {
        return output;
    }

    /**
     * The tensor that is computed.
     *
     * @return one of the three
     */
    public float[] result() {
        return switch (shape.pass()) {
            case FORWARD -> output;
            case BACKWARD_DATA -> image;
            case BACKWARD_FILTER -> filter;
        };
    }

    /** Compares the first, the last and some random elements with their sums in double precision. */
    @Override
    public void verify(float[] computed) {
        int length = result().length;
        int[] elements = IntStream
                .concat(IntStream.of(0, length - 1), Operands.random().ints(SAMPLES, 0, length)).toArray();
        Operands.requireAgreement(shape.name(), computed, length, elements, this::exact, TOLERANCE);
    }

    private double exact(int element) {
        return switch (shape.pass()) {
            case FORWARD -> output(element);
            case BACKWARD_DATA -> image(element);
            case BACKWARD_FILTER -> filter(element);
        };
    }

    private double output(int element) {
        int q = element % shape.outW();
        int p = element / shape.outW() % shape.outH();
        int channels = shape.c() / shape.groups();
        int k = element / (shape.outW() * shape.outH()) % shape.outC();
        int n = element / (shape.outW() * shape.outH() * shape.outC());
        double sum = 0;
        for (int c = 0; c < channels; c++) {
            for (int r = 0; r < shape.kernelH(); r++) {
                for (int s = 0; s < shape.kernelW(); s++) {
                    sum += (double) pixel(n, k, c, p * shape.stride() - shape.pad() + r,
                            q * shape.stride() - shape.pad() + s) * filter[weight(k, c, r, s)];
                }
            }
        }
        return sum;
    }

    private double image(int element) {
        int w = element % shape.w();
        int h = element / shape.w() % shape.h();
        int channels = shape.c() / shape.groups();
        int c = element / (shape.w() * shape.h()) % shape.c();
        int n = element / (shape.w() * shape.h() * shape.c());
        int outChannels = shape.outC() / shape.groups();
        int firstK = c / channels * outChannels;
        double sum = 0;
        for (int k = firstK; k < firstK + outChannels; k++) {
            for (int r = 0; r < shape.kernelH(); r++) {
                for (int s = 0; s < shape.kernelW(); s++) {
                    int p = h + shape.pad() - r;
                    int q = w + shape.pad() - s;
                    if (p % shape.stride() == 0 && q % shape.stride() == 0) {
                        sum += (double) gradient(n, k, p / shape.stride(), q / shape.stride())
                                * filter[weight(k, c % channels, r, s)];
                    }
                }
            }
        }
        return sum;
    }

    private double filter(int element) {
        int s = element % shape.kernelW();
        int r = element / shape.kernelW() % shape.kernelH();
        int channels = shape.c() / shape.groups();
        int c = element / (shape.kernelW() * shape.kernelH()) % channels;
        int k = element / (shape.kernelW() * shape.kernelH() * channels);
        double sum = 0;
        for (int n = 0; n < shape.n(); n++) {
            for (int p = 0; p < shape.outH(); p++) {
                for (int q = 0; q < shape.outW(); q++) {
                    sum += (double) pixel(n, k, c, p * shape.stride() - shape.pad() + r,
                            q * shape.stride() - shape.pad() + s) * gradient(n, k, p, q);
                }
            }
        }
        return sum;
    }

    private int weight(int k, int c, int r, int s) {
        return ((k * (shape.c() / shape.groups()) + c) * shape.kernelH() + r) * shape.kernelW() + s;
    }

    /** A pixel of channel c of the group that makes output channel k; 0 in the padding. */
    private float pixel(int n, int k, int c, int h, int w) {
        if (h < 0 || h >= shape.h() || w < 0 || w >= shape.w()) {
            return 0;
        }
        int group = k / (shape.outC() / shape.groups());
        int channel = group * (shape.c() / shape.groups()) + c;
        return image[((n * shape.c() + channel) * shape.h() + h) * shape.w() + w];
    }

    /** An element of the output's gradient; 0 outside. */
    private float gradient(int n, int k, int p, int q) {
        return p < 0 || p >= shape.outH() || q < 0 || q >= shape.outW()
                ? 0
                : output[((n * shape.outC() + k) * shape.outH() + p) * shape.outW() + q];
    }
}
