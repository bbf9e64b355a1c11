package lanewise.examples.conformance;

import java.util.Arrays;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import lanewise.kernels.Window;

/** The attributes that all operators with windows have, as one window for each spatial dimension. */
final class WindowAttributes {

    private WindowAttributes() {}

    /**
     * The windows of a node, with the padding that it asks for.
     *
     * @param node the node
     * @param input sizes of the spatial dimensions
     * @param kernel sizes of the windows where the node does not say
     */
    static Window[] of(Node node, int[] input, int... kernel) {
        Window[] windows = explicit(node, input, kernel);
        return switch (node.text("auto_pad", "NOTSET")) {
            case "NOTSET" -> windows;
            case "VALID" -> map(windows, window -> window.withPadding(0, 0));
            case "SAME_UPPER" -> map(windows, Window::withSamePadding);
            case "SAME_LOWER" -> map(windows, window -> {
                Window upper = window.withSamePadding();
                return window.withPadding(upper.padEnd(), upper.padBegin());
            });
            default -> throw new IllegalArgumentException("auto_pad = " + node.text("auto_pad", ""));
        };
    }

    /** The windows of a node without a look at {@code auto_pad}. */
    static Window[] explicit(Node node, int[] input, int... kernel) {
        int rank = input.length;
        int[] ones = new int[rank];
        Arrays.fill(ones, 1);
        int[] kernels = node.integers("kernel_shape", kernel);
        int[] strides = node.integers("strides", ones);
        int[] dilations = node.integers("dilations", ones);
        int[] pads = node.integers("pads", new int[2 * rank]);
        boolean ceil = node.integer("ceil_mode", 0) == 1;
        Window[] windows = new Window[rank];
        for (int i = 0; i < rank; i++) {
            windows[i] = new Window(input[i], kernels[i], strides[i], pads[i], pads[rank + i], dilations[i], ceil);
        }
        return windows;
    }

    /** One number of each window. */
    static int[] each(Window[] windows, ToIntFunction<Window> number) {
        return Arrays.stream(windows).mapToInt(number).toArray();
    }

    private static Window[] map(Window[] windows, UnaryOperator<Window> change) {
        return Arrays.stream(windows).map(change).toArray(Window[]::new);
    }
}
