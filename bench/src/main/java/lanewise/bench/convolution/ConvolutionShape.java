package lanewise.bench.convolution;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lanewise.bench.contest.Limit;
import lanewise.bench.contest.Unit;
import lanewise.bench.contest.Workload;

/**
 * One convolution of images n x c x h x w (NCHW) with filters outC x c / groups x kernelH x kernelW (OIHW).
 *
 * @param n images
 * @param c channels
 * @param h height
 * @param w width
 * @param outC channels of the result
 * @param groups groups of channels
 * @param kernelH height of the filter
 * @param kernelW width of the filter
 * @param stride of both dimensions
 * @param pad on all four sides
 * @param pass what is computed
 */
public record ConvolutionShape(int n, int c, int h, int w, int outC, int groups, int kernelH, int kernelW, int stride,
        int pad, Pass pass) {

    /** What is computed from the two other tensors. */
    public enum Pass {
        /** The output, from images and filters. */
        FORWARD,
        /** The gradient of the images, from that of the output and the filters. */
        BACKWARD_DATA,
        /** The gradient of the filters, from the images and the gradient of the output. */
        BACKWARD_FILTER;

        private String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private static Pass of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    private static final Pattern NAME = Pattern.compile(
            "conv (\\d+)x(\\d+)x(\\d+)x(\\d+) k(\\d+)(?: g(\\d+))? (\\d+)x(\\d+) s(\\d+) p(\\d+)"
                    + " (forward|backward-data|backward-filter)");

    /**
     * Reads a name such as {@code conv 8x144x28x28 k144 g144 3x3 s1 p1 forward}: n x c x h x w, outC, groups unless 1,
     * kernelH x kernelW, stride, pad.
     *
     * @param name the name
     * @return the shape
     */
    public static ConvolutionShape parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("workload = " + name
                    + ", need \"conv NxCxHxW kOUTC [gGROUPS ]RxS sSTRIDE pPAD forward|backward-data|backward-filter\"");
        }
        int[] numbers = new int[10];
        for (int i = 0; i < numbers.length; i++) {
            String digits = matcher.group(i + 1);
            numbers[i] = digits == null ? 1 : Integer.parseInt(digits);
        }
        return new ConvolutionShape(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6],
                numbers[7], numbers[8], numbers[9], Pass.of(matcher.group(11)));
    }

    /**
     * The name of the row.
     *
     * @return what {@link #parse} reads
     */
    public String name() {
        return "conv " + n + "x" + c + "x" + h + "x" + w + " k" + outC + (groups == 1 ? "" : " g" + groups) + " "
                + kernelH + "x" + kernelW + " s" + stride + " p" + pad + " " + pass.word();
    }

    /**
     * The height of the output.
     *
     * @return rows
     */
    public int outH() {
        return (h + 2 * pad - kernelH) / stride + 1;
    }

    /**
     * The width of the output.
     *
     * @return columns
     */
    public int outW() {
        return (w + 2 * pad - kernelW) / stride + 1;
    }

    /**
     * The sizes of the images.
     *
     * @return NCHW
     */
    public long[] imageSizes() {
        return new long[]{n, c, h, w};
    }

    /**
     * The sizes of the filters.
     *
     * @return OIHW
     */
    public long[] filterSizes() {
        return new long[]{outC, c / groups, kernelH, kernelW};
    }

    /**
     * The sizes of the output.
     *
     * @return NCHW
     */
    public long[] outputSizes() {
        return new long[]{n, outC, outH(), outW()};
    }

    static int length(long[] sizes) {
        long length = 1;
        for (long size : sizes) {
            length = Math.multiplyExact(length, size);
        }
        return Math.toIntExact(length);
    }

    // Nominal: products with the padding count.
    Workload workload() {
        return new Workload(name(), 2.0 * length(outputSizes()) * length(filterSizes()) / outC, Unit.GFLOPS,
                Limit.FMA);
    }
}
