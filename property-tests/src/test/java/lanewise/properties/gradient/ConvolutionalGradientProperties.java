package lanewise.properties.gradient;

import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Sequential;
import lanewise.nn.layer.AdaptiveAvgPool1d;
import lanewise.nn.layer.AdaptiveAvgPool2d;
import lanewise.nn.layer.AdaptiveAvgPool3d;
import lanewise.nn.layer.AvgPool1d;
import lanewise.nn.layer.AvgPool2d;
import lanewise.nn.layer.AvgPool3d;
import lanewise.nn.layer.Conv1d;
import lanewise.nn.layer.Conv2d;
import lanewise.nn.layer.Conv3d;
import lanewise.nn.layer.ConvTranspose1d;
import lanewise.nn.layer.ConvTranspose2d;
import lanewise.nn.layer.ConvTranspose3d;
import lanewise.nn.layer.Flatten;
import lanewise.nn.layer.LPPool1d;
import lanewise.nn.layer.LPPool2d;
import lanewise.nn.layer.LPPool3d;
import lanewise.nn.layer.Linear;
import lanewise.nn.layer.MaxPool1d;
import lanewise.nn.layer.MaxPool2d;
import lanewise.nn.layer.MaxPool3d;
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

    @Property(tries = 15)
    void convolutionsOfOtherDimensions(@ForAll @IntRange(min = 1, max = 2) int groups,
            @ForAll @IntRange(min = 1, max = 2) int stride, @ForAll @IntRange(min = 0, max = 1) int padding,
            @ForAll boolean bias, @ForAll long seed) {
        GradientCheck.of(new Conv1d(2, 4, 3, groups, bias, new Generator(seed)).stride(stride).padding(padding)
                .dilation(2)).input(2, 2, 7).seed(seed).assertCorrect();
        GradientCheck.of(new Conv3d(2, 2, 2, 1, 3, groups, bias, new Generator(seed)).stride(1, stride, 1)
                .padding(padding, 0, 1)).input(2, 2, 3, 3, 3).seed(seed).assertCorrect();
    }

    @Property(tries = 15)
    void transposedConvolutions(@ForAll @IntRange(min = 1, max = 2) int groups,
            @ForAll @IntRange(min = 1, max = 2) int stride, @ForAll @IntRange(min = 0, max = 1) int padding,
            @ForAll boolean bias, @ForAll long seed) {
        GradientCheck.of(new ConvTranspose1d(4, 2, 3, groups, bias, new Generator(seed)).stride(stride)
                .padding(padding).dilation(2)).input(2, 4, 4).seed(seed).assertCorrect();
        GradientCheck.of(new ConvTranspose2d(4, 2, 3, 2, groups, bias, new Generator(seed)).stride(2, stride)
                .padding(padding, 0).outputPadding(1, stride - 1)).input(2, 4, 3, 2).seed(seed).assertCorrect();
        GradientCheck.of(new ConvTranspose3d(2, 2, 2, 1, 2, groups, bias, new Generator(seed)).stride(1, stride, 1)
                .padding(padding, 0, 0)).input(1, 2, 2, 2, 3).seed(seed).assertCorrect();
    }

    @Property(tries = 15)
    void poolingOfOtherDimensions(@ForAll @IntRange(min = 1, max = 3) int stride,
            @ForAll @IntRange(min = 0, max = 1) int padding, @ForAll long seed) {
        GradientCheck.of(new MaxPool1d(3).stride(stride).padding(padding)).input(2, 2, 7).seed(seed).assertCorrect();
        GradientCheck.of(new MaxPool3d(2, 1, 2).stride(stride).padding(padding, 0, 1)).input(1, 2, 3, 3, 4)
                .seed(seed).assertCorrect();
        GradientCheck.of(new AvgPool1d(3).stride(stride).padding(padding)).input(2, 2, 7).seed(seed).assertCorrect();
        GradientCheck.of(new AvgPool3d(2, 1, 2).stride(stride)).input(1, 2, 3, 3, 4).seed(seed).assertCorrect();
        GradientCheck.of(new AdaptiveAvgPool1d(3)).input(2, 2, 7).seed(seed).assertCorrect();
        GradientCheck.of(new AdaptiveAvgPool3d(2, 1, 2)).input(1, 2, 3, 3, 4).seed(seed).assertCorrect();
    }

    @Property(tries = 15)
    void poolingByAPower(@ForAll @IntRange(min = 1, max = 3) int stride, @ForAll @IntRange(min = 2, max = 4) int p,
            @ForAll boolean ceilMode, @ForAll long seed) {
        LPPool2d layer = new LPPool2d(p, 2, 3).stride(stride);
        GradientCheck.of(ceilMode ? layer.ceilMode() : layer).input(2, 2, 4, 5).seed(seed).assertCorrect();
        GradientCheck.of(new LPPool1d(p, 2)).input(2, 2, 6).seed(seed).assertCorrect();
        GradientCheck.of(new LPPool3d(p, 2, 1, 2)).input(1, 2, 2, 2, 4).seed(seed).assertCorrect();
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
