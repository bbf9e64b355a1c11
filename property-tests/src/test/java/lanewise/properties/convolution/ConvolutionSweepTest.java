package lanewise.properties.convolution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import lanewise.kernels.Window;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.convolution.ConvolutionAlgorithm;
import lanewise.kernels.convolution.ConvolutionGeometry;
import lanewise.testing.arbitrary.ConvolutionCase;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.GemmCase.Layout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every kernel from 1 to 5 with every stride and dilation from 1 to 3 and every padding from 0 to the kernel, for several
 * groups and sizes of images: exact on integers in every direction and by every algorithm but Winograd's.
 */
@Tag("sweep")
class ConvolutionSweepTest {

    private static final int MAX_KERNEL = 5;
    private static final int MAX_STRIDE = 3;
    private static final int MAX_DILATION = 3;

    // Of c, outC and groups: odd numbers of channels, groups, and each channel for itself, also with several results.
    private static final int[][] CHANNELS = {{3, 5, 1}, {4, 6, 2}, {3, 3, 3}, {2, 6, 2}};

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "1, 16", "1, 37", "2, 0", "2, 3", "2, 6", "3, 1", "3, 2"})
    void everyWindowIsExact(int rank, int rest) {
        int checked = 0;
        try (Workers workers = Workers.of(2)) {
            for (int kernel = 1; kernel <= MAX_KERNEL; kernel++) {
                for (int pad = 0; pad <= kernel; pad++) {
                    for (int stride = 1; stride <= MAX_STRIDE; stride++) {
                        for (int dilation = 1; dilation <= MAX_DILATION; dilation++) {
                            int span = (kernel - 1) * dilation + 1;
                            int input = Math.max(1, span - 2 * pad) + rest;
                            Window window = new Window(input, kernel, stride, pad, pad, dilation, false);
                            checked += check(workers, rank, window);
                        }
                    }
                }
            }
        }
        assertEquals(180 * CHANNELS.length, checked, "geometries checked");
    }

    private static int check(Workers workers, int rank, Window window) {
        Window[] windows = new Window[rank];
        Arrays.fill(windows, window);
        int checked = 0;
        for (int[] channels : CHANNELS) {
            ConvolutionGeometry g = ConvolutionGeometry.of(2, channels[0], channels[1], channels[2], windows);
            for (Direction direction : Direction.values()) {
                ConvolutionCase c = new ConvolutionCase(g, checked % 2 == 0, Activation.IDENTITY, checked % 2 == 0,
                        new Layout(0, 3, 5), new Filling(Filling.Kind.INTEGERS, checked));
                float[] exact = direction.exact(workers, c);
                for (ConvolutionAlgorithm algorithm : ConvolutionAlgorithm.values()) {
                    if (direction.isExact(algorithm, g)) {
                        float[] actual = direction.compute(workers, algorithm, c);
                        for (int i = 0; i < exact.length; i++) {
                            if (actual[i] != exact[i]) {
                                throw new AssertionError(direction + " by " + algorithm + " of " + g + ": element " + i
                                        + " is " + actual[i] + ", expected " + exact[i]);
                            }
                        }
                    }
                }
            }
            checked++;
        }
        return checked;
    }
}
