package lanewise.kernels.convolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ConvolutionGeometryTest {

    @Test
    void theFirstLayerOfResNet() {
        ConvolutionGeometry stem = ConvolutionGeometry.of2d(8, 3, 224, 224, 64, 7, 7).stride(2).padding(3);
        assertEquals(8 * 3 * 224 * 224, stem.imageLength());
        assertEquals(64 * 3 * 7 * 7, stem.filterLength());
        assertEquals(8 * 64 * 112 * 112, stem.outputLength());
        assertEquals(Window.NONE, stem.depth());
    }

    @Test
    void settingsAreForAllDimensionsOrForEach() {
        ConvolutionGeometry g = ConvolutionGeometry.of3d(2, 4, 5, 6, 7, 8, 1, 2, 3).stride(2).dilation(1, 2, 3)
                .padding(new int[]{0, 1, 2}, new int[]{3, 4, 5}).groups(4);
        assertEquals(new Window(5, 1, 2, 0, 3, 1, false), g.depth());
        assertEquals(new Window(6, 2, 2, 1, 4, 2, false), g.height());
        assertEquals(new Window(7, 3, 2, 2, 5, 3, false), g.width());
        assertEquals(8 * 1 * 6, g.filterLength());
        assertEquals(3, g.rank());
        assertEquals(g.depth().output(), g.outD());
    }

    @Test
    void aSignalHasOnlyAWidth() {
        ConvolutionGeometry g = ConvolutionGeometry.of1d(1, 1, 9, 1, 3).samePadding();
        assertEquals(9, g.outW());
        assertEquals(1, g.outH());
        assertEquals(7, g.validPadding().outW());
    }

    @Test
    void aFilterMayBeLargerThanTheImageUntilItIsUsed() {
        ConvolutionGeometry g = ConvolutionGeometry.of2d(1, 1, 3, 3, 1, 5, 5);
        assertEquals(3, g.padding(2).outH());
        assertThrows(IllegalArgumentException.class, g::outputLength);
    }

    @Test
    void wrongSizesAreNamed() {
        assertMessage("ConvolutionGeometry: groups = 2, need a divisor of c = 3 and of outC = 4",
                () -> ConvolutionGeometry.of2d(1, 3, 5, 5, 4, 3, 3).groups(2));
        assertMessage(
                "ConvolutionGeometry: stride has 3 values, need 1 or 2 (one for all spatial dimensions, or one for "
                        + "each)",
                () -> ConvolutionGeometry.of2d(1, 3, 5, 5, 4, 3, 3).stride(1, 1, 1));
        assertMessage("ConvolutionGeometry: n = -1, need n >= 0", () -> ConvolutionGeometry.of1d(-1, 1, 1, 1, 1));
        assertMessage("ConvolutionGeometry: x would have 1099511627776 elements, need at most 2147483647",
                () -> ConvolutionGeometry.of2d(1 << 10, 1 << 10, 1 << 10, 1 << 10, 1, 1, 1).imageLength());
    }

    private static void assertMessage(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
