package lanewise.testing.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lanewise.kernels.Window;

/**
 * Which elements of a plane the windows of a pooling consist of: the places of those inside the plane in ascending order,
 * and how many a mean is over when padding counts.
 */
public final class PoolingWindows {

    private final int planeLength;
    private final List<int[]> places = new ArrayList<>();
    private final List<Integer> padded = new ArrayList<>();
    private int[] over;

    private PoolingWindows(int planeLength) {
        this.planeLength = planeLength;
    }

    /**
     * The windows of a pooling.
     *
     * @param depth along the depth
     * @param height along the height
     * @param width along the width
     * @return the windows in the order of the outputs
     */
    public static PoolingWindows of(Window depth, Window height, Window width) {
        PoolingWindows windows = new PoolingWindows(depth.input() * height.input() * width.input());
        for (int od = 0; od < depth.output(); od++) {
            for (int oh = 0; oh < height.output(); oh++) {
                for (int ow = 0; ow < width.output(); ow++) {
                    windows.add(depth, od, height, oh, width, ow);
                }
            }
        }
        return windows;
    }

    /**
     * The windows of an adaptive pooling.
     *
     * @param in sizes of the plane: depth, height, width
     * @param out sizes of the result
     * @return the windows in the order of the outputs
     */
    public static PoolingWindows adaptive(int[] in, int[] out) {
        PoolingWindows windows = new PoolingWindows(in[0] * in[1] * in[2]);
        for (int od = 0; od < out[0]; od++) {
            for (int oh = 0; oh < out[1]; oh++) {
                for (int ow = 0; ow < out[2]; ow++) {
                    List<Integer> inside = new ArrayList<>();
                    for (int d = od * in[0] / out[0]; d * out[0] < (od + 1) * in[0]; d++) {
                        for (int h = oh * in[1] / out[1]; h * out[1] < (oh + 1) * in[1]; h++) {
                            for (int w = ow * in[2] / out[2]; w * out[2] < (ow + 1) * in[2]; w++) {
                                inside.add((d * in[1] + h) * in[2] + w);
                            }
                        }
                    }
                    windows.add(inside, inside.size());
                }
            }
        }
        return windows;
    }

    /**
     * The number of windows.
     *
     * @return outputs of a plane
     */
    public int count() {
        return places.size();
    }

    /**
     * Elements of a plane.
     *
     * @return the number
     */
    public int planeLength() {
        return planeLength;
    }

    /**
     * The elements of a window.
     *
     * @param output which window
     * @return their places in the plane, ascending; those in padding are left out
     */
    public int[] places(int output) {
        return places.get(output);
    }

    /**
     * What the sum over a window is divided by to get its mean.
     *
     * @param output which window
     * @param includePad whether padding counts
     * @return the number of elements; 1 where there is none
     */
    public int divisor(int output, boolean includePad) {
        return Math.max(1, includePad ? padded.get(output) : places(output).length);
    }

    /**
     * How many windows an element is in.
     *
     * @param place its place in the plane
     * @return the number
     */
    public int over(int place) {
        if (over == null) {
            over = new int[planeLength];
            places.forEach(window -> Arrays.stream(window).forEach(element -> over[element]++));
        }
        return over[place];
    }

    private void add(Window depth, int od, Window height, int oh, Window width, int ow) {
        List<Integer> inside = new ArrayList<>();
        int counted = 0;
        for (int kd = 0; kd < depth.kernel(); kd++) {
            int d = element(depth, od, kd);
            for (int kh = 0; kh < height.kernel(); kh++) {
                int h = element(height, oh, kh);
                for (int kw = 0; kw < width.kernel(); kw++) {
                    int w = element(width, ow, kw);
                    if (isInside(depth, d) && isInside(height, h) && isInside(width, w)) {
                        inside.add((d * height.input() + h) * width.input() + w);
                    }
                    if (isPadded(depth, d) && isPadded(height, h) && isPadded(width, w)) {
                        counted++;
                    }
                }
            }
        }
        add(inside, counted);
    }

    private void add(List<Integer> inside, int counted) {
        places.add(inside.stream().mapToInt(Integer::intValue).toArray());
        padded.add(counted);
    }

    private static int element(Window window, int output, int k) {
        return output * window.stride() - window.padBegin() + k * window.dilation();
    }

    private static boolean isInside(Window window, int element) {
        return element >= 0 && element < window.input();
    }

    private static boolean isPadded(Window window, int element) {
        return element < window.input() + window.padEnd();
    }
}
