package lanewise.kernels.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Views and what they refuse. */
class LayoutTest {

    @Test
    void lastAxisIsSuccessive() {
        Layout layout = Layout.of(2, 3, 4);
        assertEquals("[2, 3, 4] with strides [12, 4, 1]", layout.toString());
        assertEquals(24, layout.span());
        assertEquals(3, layout.rank());
        assertEquals(0, layout.start());
        assertEquals("[] with strides []", Layout.of().toString());
        assertEquals(1, Layout.of().span());
        assertEquals(0, Layout.of(2, 0, 3).span());
    }

    @Test
    void axesChangePlaces() {
        assertEquals("[4, 2, 3] with strides [1, 12, 4]", Layout.of(2, 3, 4).permute(2, 0, 1).toString());
    }

    @Test
    void aSliceBeginsLaterAndSpansAll() {
        Layout slice = Layout.of(4, 10).slice(1, 2, 5).slice(0, 1, 4);
        assertEquals("[3, 3] with strides [10, 1]", slice.toString());
        assertEquals(12, slice.start());
        assertEquals(40, slice.span());
    }

    @Test
    void sizesOfOneAreRepeated() {
        assertEquals("[5, 2, 3] with strides [0, 1, 0]", Layout.of(2, 1).broadcast(5, 2, 3).toString());
        assertEquals("[4, 3] with strides [0, 0]", Layout.of().broadcast(4, 3).toString());
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertMessage("Layout: sizes = [2, -1], need sizes >= 0", () -> Layout.of(2, -1));
        assertMessage("Layout: sizes = [65536, 65536], need at most 2147483647 elements",
                () -> Layout.of(65536, 65536));
        assertMessage("Layout.broadcast: sizes = [65536, 65536], need at most 2147483647 elements",
                () -> Layout.of(1).broadcast(65536, 65536));
        assertMessage("Layout: 9 axes, need at most 8", () -> Layout.of(1, 1, 1, 1, 1, 1, 1, 1, 1));
        assertMessage("Layout.permute: axes = [0, 0], need each of 2 axes once", () -> Layout.of(2, 3).permute(0, 0));
        assertMessage("Layout.permute: axes = [1], need each of 2 axes once", () -> Layout.of(2, 3).permute(1));
        assertMessage("Layout.slice: axis = 2, need 0 <= axis < 2", () -> Layout.of(2, 3).slice(2, 0, 1));
        assertMessage("Layout.slice: from = 2, to = 4, need 0 <= from <= to <= 3, the size of axis 1",
                () -> Layout.of(2, 3).slice(1, 2, 4));
        assertMessage("Layout.broadcast: sizes = [2, 4], need [2, 3] at the end, or larger where that is 1",
                () -> Layout.of(2, 3).broadcast(2, 4));
        assertMessage("Layout.broadcast: sizes = [3], need [2, 3] at the end, or larger where that is 1",
                () -> Layout.of(2, 3).broadcast(3));
    }

    private static void assertMessage(String message, Executable executable) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, executable).getMessage());
    }
}
