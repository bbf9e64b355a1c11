package lanewise.properties.gradient;

import java.util.Arrays;
import lanewise.nn.Generator;
import lanewise.nn.Tensor;
import lanewise.nn.layer.Linear;
import lanewise.nn.loss.Losses;
import lanewise.testing.GradientCheck;
import lanewise.testing.arbitrary.Filling;
import lanewise.testing.reference.QuadraticLossReference;
import lanewise.testing.reference.SigmoidCrossEntropyReference;
import lanewise.testing.reference.SoftmaxCrossEntropyReference;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The gradients of a fully connected layer and a loss are those of the reference, by finite differences of it. */
class LinearGradientProperties {

    @Property(tries = 50)
    void withQuadraticLoss(@ForAll @IntRange(min = 1, max = 7) int batch,
            @ForAll @IntRange(min = 1, max = 9) int inputs,
            @ForAll @IntRange(min = 1, max = 9) int outputs, @ForAll long seed) {
        Tensor target = target(batch, outputs, seed);
        GradientCheck.of(new Linear(inputs, outputs, new Generator(seed))).input(batch, inputs)
                .loss(y -> Losses.quadratic(y, target))
                .reference(v -> QuadraticLossReference.value(1.0 / batch, linear(v, batch, inputs, outputs),
                        doubles(target)))
                .seed(seed).assertCorrect();
    }

    @Property(tries = 50)
    void withCrossEntropy(@ForAll @IntRange(min = 1, max = 7) int batch, @ForAll @IntRange(min = 1, max = 9) int inputs,
            @ForAll @IntRange(min = 1, max = 9) int outputs, @ForAll long seed) {
        Tensor target = target(batch, outputs, seed);
        GradientCheck.of(new Linear(inputs, outputs, new Generator(seed))).input(batch, inputs)
                .loss(z -> Losses.binaryCrossEntropyWithLogits(z, target))
                .reference(v -> SigmoidCrossEntropyReference.value(1.0 / batch, linear(v, batch, inputs, outputs),
                        doubles(target)))
                .seed(seed).assertCorrect();
    }

    /** Probability and target differ by 0.00003: all gradients are what is left of two numbers near 0.5. */
    @Example
    void whereProbabilityAndTargetCancel() {
        withCrossEntropy(1, 6, 1, 196_418);
    }

    @Property(tries = 50)
    void withCrossEntropyOfClasses(@ForAll @IntRange(min = 1, max = 7) int batch,
            @ForAll @IntRange(min = 1, max = 9) int inputs, @ForAll @IntRange(min = 1, max = 9) int outputs,
            @ForAll long seed) {
        int[] labels = new int[batch];
        Arrays.setAll(labels, i -> Math.floorMod(seed + 7L * i, outputs));
        GradientCheck.of(new Linear(inputs, outputs, new Generator(seed))).input(batch, inputs)
                .loss(z -> Losses.crossEntropy(z, labels))
                .reference(v -> {
                    double[] z = linear(v, batch, inputs, outputs);
                    double sum = 0;
                    for (int i = 0; i < batch; i++) {
                        sum += SoftmaxCrossEntropyReference.value(
                                Arrays.copyOfRange(z, i * outputs, (i + 1) * outputs), labels[i]);
                    }
                    return sum / batch;
                })
                .seed(seed).assertCorrect();
    }

    /** Without a reference: by differences of the layer's own float results. */
    @Property(tries = 50)
    void byItsOwnResults(@ForAll @IntRange(min = 1, max = 7) int batch, @ForAll @IntRange(min = 1, max = 9) int inputs,
            @ForAll @IntRange(min = 1, max = 9) int outputs, @ForAll long seed) {
        GradientCheck.of(new Linear(inputs, outputs, new Generator(seed))).input(batch, inputs).seed(seed)
                .assertCorrect();
    }

    private static Tensor target(int batch, int outputs, long seed) {
        return Tensor.of(new Filling(Filling.Kind.UNIT, seed).values(batch * outputs), batch, outputs);
    }

    /** y = x · weightᵀ + bias of the variables x, weight and bias. */
    private static double[] linear(double[][] variables, int batch, int inputs, int outputs) {
        double[] y = new double[batch * outputs];
        for (int sample = 0; sample < batch; sample++) {
            for (int output = 0; output < outputs; output++) {
                double sum = variables[2][output];
                for (int input = 0; input < inputs; input++) {
                    sum += variables[0][sample * inputs + input] * variables[1][output * inputs + input];
                }
                y[sample * outputs + output] = sum;
            }
        }
        return y;
    }

    private static double[] doubles(Tensor tensor) {
        double[] doubles = new double[tensor.size()];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = tensor.data()[tensor.offset() + i];
        }
        return doubles;
    }
}
