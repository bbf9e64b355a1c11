package lanewise.bench.pooling;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lanewise.bench.contest.Limit;
import lanewise.bench.contest.Unit;
import lanewise.bench.contest.Workload;

/**
 * One pooling of images n x c x h x w (NCHW) over square windows.
 *
 * @param n images
 * @param c channels
 * @param h height
 * @param w width
 * @param kind what is taken of a window
 * @param kernel height and width of the window
 * @param stride of both dimensions
 * @param pad on all four sides
 * @param forward whether the output is computed, or else the gradient of the images
 */
public record PoolingShape(int n, int c, int h, int w, Kind kind, int kernel, int stride, int pad, boolean forward) {

    /** What is taken of a window. */
    public enum Kind {
        /** The maximum. */
        MAX,
        /** The average of the elements that lie within the image. */
        AVERAGE,
        /** The square root of the sum of squares. */
        L2
    }

    private static final Pattern NAME = Pattern.compile(
            "pool (\\d+)x(\\d+)x(\\d+)x(\\d+) (max|average|l2) (\\d+)x\\6 s(\\d+) p(\\d+) (forward|backward)");

    /**
     * Reads a name such as {@code pool 32x64x56x56 max 3x3 s2 p1 forward}: n x c x h x w, kind, window, stride, pad.
     *
     * @param name the name
     * @return the shape
     */
    public static PoolingShape parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("workload = " + name
                    + ", need \"pool NxCxHxW max|average|l2 KxK sSTRIDE pPAD forward|backward\"");
        }
        return new PoolingShape(number(matcher, 1), number(matcher, 2), number(matcher, 3), number(matcher, 4),
                Kind.valueOf(matcher.group(5).toUpperCase(Locale.ROOT)), number(matcher, 6), number(matcher, 7),
                number(matcher, 8), matcher.group(9).equals("forward"));
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /**
     * The name of the row.
     *
     * @return what {@link #parse} reads
     */
    public String name() {
        return "pool " + n + "x" + c + "x" + h + "x" + w + " " + kind.name().toLowerCase(Locale.ROOT) + " " + kernel
                + "x" + kernel + " s" + stride + " p" + pad + (forward ? " forward" : " backward");
    }

    /**
     * The height of the output.
     *
     * @return rows
     */
    public int outH() {
        return (h + 2 * pad - kernel) / stride + 1;
    }

    /**
     * The width of the output.
     *
     * @return columns
     */
    public int outW() {
        return (w + 2 * pad - kernel) / stride + 1;
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
     * The sizes of the output.
     *
     * @return NCHW
     */
    public long[] outputSizes() {
        return new long[]{n, c, outH(), outW()};
    }

    int imageLength() {
        return n * c * h * w;
    }

    /**
     * The length of the output.
     *
     * @return elements
     */
    public int outputLength() {
        return n * c * outH() * outW();
    }

    // Nominal: each element of image and output once.
    Workload workload() {
        long bytes = (long) Float.BYTES * (imageLength() + outputLength());
        return new Workload(name(), bytes, Unit.GIGABYTES, Limit.copy((long) Float.BYTES * imageLength()));
    }
}
