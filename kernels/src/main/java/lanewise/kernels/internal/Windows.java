package lanewise.kernels.internal;

import java.util.function.IntFunction;
import lanewise.kernels.Window;

/**
 * The windows of one, two or three spatial dimensions: what the geometries of convolution and pooling have in common.
 * Dimensions that are not there come first and are {@link Window#NONE}. Settings are given as one value for all dimensions
 * or one for each.
 *
 * @param rank number of spatial dimensions
 * @param depth the third dimension from the end
 * @param height the second from the end
 * @param width the last
 */
public record Windows(int rank, Window depth, Window height, Window width) {

    /** Windows with these sizes, without padding and dilation, that move by one. */
    public static Windows of(int[] input, int[] kernel) {
        return new Windows(input.length, Window.NONE, Window.NONE, Window.NONE)
                .map(i -> Window.of(input[i], kernel[i]));
    }

    /** These windows, one for each spatial dimension. */
    public static Windows of(String operation, Window... windows) {
        if (windows.length < 1 || windows.length > 3) {
            throw new IllegalArgumentException(operation + ": windows.length = " + windows.length
                    + ", need 1 to 3, one for each spatial dimension");
        }
        return new Windows(windows.length, Window.NONE, Window.NONE, Window.NONE).map(i -> windows[i]);
    }

    /** These windows with other strides. */
    public Windows stride(String operation, int... strides) {
        int[] all = forAll(operation, "stride", strides);
        return map(i -> window(i).withStride(all[i]));
    }

    /** These windows with other dilations. */
    public Windows dilation(String operation, int... dilations) {
        int[] all = forAll(operation, "dilation", dilations);
        return map(i -> window(i).withDilation(all[i]));
    }

    /** These windows with other paddings. */
    public Windows padding(String operation, int[] begins, int[] ends) {
        int[] begin = forAll(operation, "padding", begins);
        int[] end = forAll(operation, "padding", ends);
        return map(i -> window(i).withPadding(begin[i], end[i]));
    }

    /** These windows with the padding that gives {@code ceil(input / stride)} positions. */
    public Windows samePadding() {
        return map(i -> window(i).withSamePadding());
    }

    /** These windows with the number of positions rounded up. */
    public Windows ceil(boolean up) {
        return map(i -> window(i).withCeil(up));
    }

    /** The product of the three inputs. */
    public long input() {
        return (long) depth.input() * height.input() * width.input();
    }

    /** The product of the three kernels. */
    public long kernel() {
        return (long) depth.kernel() * height.kernel() * width.kernel();
    }

    /** The product of the three outputs. */
    public long output() {
        return (long) depth.output() * height.output() * width.output();
    }

    /** The window of one spatial dimension, counted from the first that is there. */
    public Window window(int i) {
        return switch (i + 3 - rank) {
            case 0 -> depth;
            case 1 -> height;
            default -> width;
        };
    }

    private Windows map(IntFunction<Window> change) {
        return new Windows(rank, rank < 3 ? depth : change.apply(0), rank < 2 ? height : change.apply(rank - 2),
                change.apply(rank - 1));
    }

    private int[] forAll(String operation, String name, int... values) {
        if (values.length != 1 && values.length != rank) {
            throw new IllegalArgumentException(operation + ": " + name + " has " + values.length
                    + " values, need 1 or " + rank + " (one for all spatial dimensions, or one for each)");
        }
        int[] all = new int[rank];
        for (int i = 0; i < rank; i++) {
            all[i] = values[values.length == 1 ? 0 : i];
        }
        return all;
    }
}
