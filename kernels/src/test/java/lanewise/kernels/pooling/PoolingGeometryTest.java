package lanewise.kernels.pooling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import lanewise.kernels.Window;
import org.junit.jupiter.api.Test;

class PoolingGeometryTest {

    @Test
    void theStrideIsTheKernelUnlessSaid() {
        PoolingGeometry g = PoolingGeometry.of2d(2, 3, 9, 10, 3, 2);
        assertEquals(3, g.outH());
        assertEquals(5, g.outW());
        assertEquals(2 * 3 * 9 * 10, g.imageLength());
        assertEquals(2 * 3 * 3 * 5, g.outputLength());
        assertEquals(Window.NONE, g.depth());
        assertEquals(9, g.stride(1, 2).padding(1).outH());
        assertEquals(2, g.rank());
    }

    @Test
    void theMaximumOfResNet() {
        assertEquals(56, PoolingGeometry.of2d(1, 64, 112, 112, 3, 3).stride(2).padding(1).outW());
    }

    @Test
    void aRoundedUpWindowStartsWithinTheImage() {
        PoolingGeometry g = PoolingGeometry.of1d(1, 1, 4, 1).stride(3);
        assertEquals(2, g.outW());
        assertEquals(2, g.ceilMode().outW());
        assertEquals(3, PoolingGeometry.of1d(1, 1, 5, 2).ceilMode().outW());
    }

    @Test
    void globalPoolingHasOneOutput() {
        assertEquals(6, PoolingGeometry.global3d(2, 3, 4, 5, 6).outputLength());
        assertEquals(6, PoolingGeometry.global2d(2, 3, 4, 5).outputLength());
        assertEquals(6, PoolingGeometry.global1d(2, 3, 4).outputLength());
    }

    @Test
    void aKernelThatIsTooLargeIsRefusedWhenItIsUsed() {
        assertThrows(IllegalArgumentException.class, PoolingGeometry.of1d(1, 1, 2, 3)::outputLength);
    }
}
