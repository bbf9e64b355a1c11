package lanewise.testing.arbitrary;

import java.util.Arrays;
import java.util.function.ToIntFunction;
import lanewise.kernels.Window;
import lanewise.kernels.pooling.PoolingGeometry;
import lanewise.testing.reference.PoolingWindows;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A pooling: one to three dimensions with any kernel, stride, padding, dilation and rounding.
 *
 * @param n images
 * @param c channels
 * @param rank number of spatial dimensions
 * @param depth used if there are three
 * @param height used if there are two
 * @param width always used
 * @param ceil whether sizes of the result are rounded up
 */
public record PoolingCase(int n, int c, int rank, Window depth, Window height, Window width, boolean ceil) {

    /**
     * Poolings with kernels of 1 to 5, strides and dilations of 1 to 3, and paddings of up to the kernel's size on each
     * side, so that some windows see nothing of the image.
     *
     * @return the arbitrary
     */
    public static Arbitrary<PoolingCase> any() {
        Arbitrary<Integer> few = Arbitraries.integers().between(1, 3);
        return Combinators.combine(few, few, Arbitraries.of(2, 1, 3), windows(4), windows(9), windows(70),
                Arbitraries.of(false, true)).as(PoolingCase::new);
    }

    private static Arbitrary<Window> windows(int more) {
        Arbitrary<Integer> small = Arbitraries.integers().between(1, 3);
        Arbitrary<Integer> pads = Arbitraries.integers().between(0, 5);
        return Combinators.combine(Arbitraries.integers().between(0, more), Arbitraries.integers().between(1, 5), small,
                small, pads, pads).as(PoolingCase::window);
    }

    private static Window window(int more, int kernel, int stride, int dilation, int padBegin, int padEnd) {
        int begin = Math.min(padBegin, kernel);
        int end = Math.min(padEnd, kernel);
        int least = Math.max(1, (kernel - 1) * dilation + 1 - begin - end);
        return new Window(least + more, kernel, stride, begin, end, dilation, false);
    }

    /**
     * The pooling as kernels take it.
     *
     * @return a new geometry
     */
    public PoolingGeometry geometry() {
        int[] in = each(Window::input);
        int[] kernel = each(Window::kernel);
        PoolingGeometry sizes = switch (rank) {
            case 1 -> PoolingGeometry.of1d(n, c, in[0], kernel[0]);
            case 2 -> PoolingGeometry.of2d(n, c, in[0], in[1], kernel[0], kernel[1]);
            default -> PoolingGeometry.of3d(n, c, in[0], in[1], in[2], kernel[0], kernel[1], kernel[2]);
        };
        PoolingGeometry geometry = sizes.stride(each(Window::stride)).dilation(each(Window::dilation))
                .padding(each(Window::padBegin), each(Window::padEnd));
        return ceil ? geometry.ceilMode() : geometry;
    }

    /**
     * The pooling as references take it.
     *
     * @return the windows of a plane
     */
    public PoolingWindows windows() {
        return PoolingWindows.of(rank < 3 ? Window.NONE : depth.withCeil(ceil),
                rank < 2 ? Window.NONE : height.withCeil(ceil), width.withCeil(ceil));
    }

    private int[] each(ToIntFunction<Window> setting) {
        int[] all = {setting.applyAsInt(depth), setting.applyAsInt(height), setting.applyAsInt(width)};
        return Arrays.copyOfRange(all, 3 - rank, 3);
    }
}
