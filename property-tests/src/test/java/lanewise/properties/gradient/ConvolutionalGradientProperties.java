package lanewise.properties.gradient;

import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Sequential;
import lanewise.nn.layer.AdaptiveAvgPool2d;
import lanewise.nn.layer.AvgPool2d;
import lanewise.nn.layer.Conv2d;
import lanewise.nn.layer.Flatten;
import lanewise.nn.layer.Linear;
import lanewise.nn.layer.MaxPool2d;
import lanewise.nn.layer.ReLU;
import lanewise.nn.layer.Unflatten;
import lanewise.nn.loss.Losses;
import lanewise.testing.GradientCheck;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The gradients of convolutional layers are the differences of their own results. */
class ConvolutionalGradientProperties {

    @Property(tries = 25)
    void convolution(@ForAll @IntRange(min = 1, max = 3) int batch, @ForAll @IntRange(min = 1, max = 2) int groups,
            @ForAll @IntRange(min = 1, max = 3) int kernelH, @ForAll @IntRange(min = 1, max = 3) int kernelW,
            @ForAll @IntRange(min = 1, max = 2) int stride, @ForAll @IntRange(min = 0, max = 2) int padding,
            @ForAll @IntRange(min = 1, max = 2) int dilation, @ForAll boolean bias, @ForAll long seed) {
        Conv2d layer = new Conv2d(2, 4, kernelH, kernelW, groups, bias, new Generator(seed)).stride(stride, 3 - stride)
                .padding(padding, 2 - padding).dilation(dilation, 1);
        GradientCheck.of(layer).input(batch, 2, 5, 4).seed(seed).assertCorrect();
    }

    @Property(tries = 25)
    void maxPooling(@ForAll @IntRange(min = 1, max = 3) int kernel, @ForAll @IntRange(min = 1, max = 3) int stride,
            @ForAll @IntRange(min = 0, max = 1) int padding, @ForAll boolean ceilMode, @ForAll long seed) {
        MaxPool2d layer = new MaxPool2d(kernel, 2).stride(stride, 2).padding(kernel > 1 ? padding : 0, 1);
        GradientCheck.of(ceilMode ? layer.ceilMode() : layer).input(2, 2, 5, 6).seed(seed).assertCorrect();
    }

    @Property(tries = 25)
    void averagePooling(@ForAll @IntRange(min = 1, max = 3) int kernel, @ForAll @IntRange(min = 1, max = 3) int stride,
            @ForAll @IntRange(min = 0, max = 1) int padding, @ForAll boolean ceilMode,
            @ForAll boolean countIncludePad, @ForAll long seed) {
        AvgPool2d layer = new AvgPool2d(kernel, 2).stride(stride, 2).padding(kernel > 1 ? padding : 0, 1)
                .countIncludePad(countIncludePad);
        GradientCheck.of(ceilMode ? layer.ceilMode() : layer).input(2, 2, 5, 6).seed(seed).assertCorrect();
    }

    @Property(tries = 25)
    void adaptiveAveragePooling(@ForAll @IntRange(min = 1, max = 5) int outH,
            @ForAll @IntRange(min = 1, max = 6) int outW, @ForAll long seed) {
        GradientCheck.of(new AdaptiveAvgPool2d(outH, outW)).input(2, 2, 5, 6).seed(seed).assertCorrect();
    }

    /** All of LeNet's kinds of layers in a row, from rows of pixels to a loss. */
    @Example
    void aSmallLenet() {
        Generator random = new Generator(4);
        Module net = new Sequential(new Unflatten(1, 6, 6), new Conv2d(1, 2, 3, random).padding(1), new ReLU(),
                new MaxPool2d(2), new Conv2d(2, 3, 2, random), new ReLU(), new Flatten(), new Linear(12, 4, random));
        int[] labels = {0, 3, 1};
        for (int seed = 0; seed < 3; seed++) {
            GradientCheck.of(net).input(3, 36).loss(z -> Losses.crossEntropy(z, labels)).seed(seed).assertCorrect();
        }
    }
}
