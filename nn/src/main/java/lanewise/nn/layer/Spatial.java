package lanewise.nn.layer;

import java.util.Arrays;
import lanewise.kernels.Window;
import lanewise.nn.Shape;

/** What layers ask of shapes [batch, channels, spatial...] of one to three spatial dimensions. */
final class Spatial {

    private static final String[] AXES = {"", "length", "height, width", "depth, height, width"};

    private Spatial() {}

    /** Refuses what is not [batch, channels, spatial...]. */
    static void check(Class<?> layer, Shape x, int dimensions) {
        if (x.rank() != 2 + dimensions) {
            throw wrong(layer, x, "channels", dimensions);
        }
    }

    /** Refuses what is not [batch, channels, spatial...] of so many channels. */
    static void check(Class<?> layer, Shape x, int channels, int dimensions) {
        if (x.rank() != 2 + dimensions || x.size(1) != channels) {
            throw wrong(layer, x, Integer.toString(channels), dimensions);
        }
    }

    private static IllegalArgumentException wrong(Class<?> layer, Shape x, String channels, int dimensions) {
        return new IllegalArgumentException(layer.getSimpleName() + ": input is " + x + ", need [batch, " + channels
                + ", " + AXES[dimensions] + "]");
    }

    /** The spatial sizes. */
    static int[] sizes(Shape x) {
        return Arrays.copyOfRange(x.toArray(), 2, x.rank());
    }

    /** The smallest sizes. */
    static int[] ones(int dimensions) {
        int[] ones = new int[dimensions];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** The shape of what the last windows give. */
    static Shape shape(int dimensions, int n, int c, Window depth, Window height, Window width) {
        return switch (dimensions) {
            case 1 -> Shape.of(n, c, width.output());
            case 2 -> Shape.of(n, c, height.output(), width.output());
            default -> Shape.of(n, c, depth.output(), height.output(), width.output());
        };
    }

    /** The shape of what the last windows are over. */
    static Shape shapeOfInput(int dimensions, int n, int c, Window depth, Window height, Window width) {
        return switch (dimensions) {
            case 1 -> Shape.of(n, c, width.input());
            case 2 -> Shape.of(n, c, height.input(), width.input());
            default -> Shape.of(n, c, depth.input(), height.input(), width.input());
        };
    }
}
