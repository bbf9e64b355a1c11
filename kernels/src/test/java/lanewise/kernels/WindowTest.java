package lanewise.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class WindowTest {

    @Test
    void outputCountsThePositions() {
        for (int input = 1; input < 12; input++) {
            for (int kernel = 1; kernel < 5; kernel++) {
                for (int stride = 1; stride < 4; stride++) {
                    for (int dilation = 1; dilation < 4; dilation++) {
                        for (int pad = 0; pad < 9; pad++) {
                            count(new Window(input, kernel, stride, pad / 3, pad % 3, dilation, false));
                            count(new Window(input, kernel, stride, pad / 3, pad % 3, dilation, true));
                        }
                    }
                }
            }
        }
    }

    private static void count(Window window) {
        int end = window.input() + window.padEnd();
        int positions = 0;
        for (int start = -window.padBegin(); start <= end; start += window.stride()) {
            boolean whole = start + (window.kernel() - 1) * window.dilation() < end;
            // PyTorch: the last position may run over the end, but must start within the input or the padding before it.
            boolean runsOver = start - window.stride() + window.span() < end && positions > 0;
            if (window.ceil() ? start < window.input() && (whole || runsOver) : whole) {
                positions++;
            }
        }
        if (positions == 0) {
            assertThrows(IllegalArgumentException.class, window::output);
        } else {
            assertEquals(positions, window.output(), window::toString);
        }
    }

    @Test
    void samePaddingGivesTheInputDividedByTheStrideRoundedUp() {
        for (int input = 1; input < 20; input++) {
            for (int kernel = 1; kernel < 6; kernel++) {
                for (int stride = 1; stride < 4; stride++) {
                    Window same = Window.of(input, kernel).withStride(stride).withSamePadding();
                    assertEquals(Math.ceilDiv(input, stride), same.output(), same::toString);
                    assertEquals(same.padEnd(), same.padBegin(), 1, same::toString);
                }
            }
        }
    }

    @Test
    void wrongSizesAreNamed() {
        assertMessage("Window: kernel = 0, need kernel >= 1", () -> Window.of(3, 0));
        assertMessage("Window: padEnd = -1, need padEnd >= 0", () -> Window.of(3, 1).withPadding(0, -1));
        assertMessage("Window: kernel = 3 with dilation 2 covers 5 elements, need at most 4 (input 3 + padding 1 + 0)",
                () -> Window.of(3, 3).withDilation(2).withPadding(1, 0).output());
        assertMessage("Window: dilation * (kernel - 1) = 2147483647, need at most 1073741824",
                () -> Window.of(3, 2).withDilation(Integer.MAX_VALUE));
    }

    private static void assertMessage(String message, org.junit.jupiter.api.function.Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
