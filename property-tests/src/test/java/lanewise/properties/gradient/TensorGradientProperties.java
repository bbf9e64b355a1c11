package lanewise.properties.gradient;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import lanewise.kernels.elementwise.UnaryFunction;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import lanewise.nn.loss.CrossEntropyLoss;
import lanewise.nn.loss.Losses;
import lanewise.testing.GradientCheck;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The gradients of functions of elements, of products and of losses are the differences of their own results. */
class TensorGradientProperties {

    @Property(tries = 150)
    void functionsOfElements(@ForAll("functions") UnaryOperator<Tensor> function,
            @ForAll @IntRange(min = 1, max = 4) int rows, @ForAll @IntRange(min = 1, max = 9) int cols,
            @ForAll long seed) {
        GradientCheck.of((List<Tensor> x) -> function.apply(x.getFirst())).input(rows, cols).seed(seed).assertCorrect();
    }

    @Property(tries = 60)
    void functionsOfTwo(@ForAll("functionsOfTwo") BinaryOperator<Tensor> function,
            @ForAll @IntRange(min = 1, max = 4) int rows, @ForAll @IntRange(min = 1, max = 6) int cols,
            @ForAll long seed) {
        GradientCheck.of((List<Tensor> x) -> function.apply(x.get(0), x.get(1))).input(rows, cols).input(rows, cols)
                .seed(seed).assertCorrect();
    }

    @Property(tries = 25)
    void productsOfMatrices(@ForAll @IntRange(min = 1, max = 4) int rows,
            @ForAll @IntRange(min = 1, max = 5) int inputs, @ForAll @IntRange(min = 1, max = 4) int outputs,
            @ForAll long seed) {
        GradientCheck.of((List<Tensor> x) -> x.get(0).matmul(x.get(1))).input(rows, inputs).input(inputs, outputs)
                .seed(seed).assertCorrect();
        GradientCheck.of((List<Tensor> x) -> x.get(0).linear(x.get(1), x.get(2)).add(x.get(0).linear(x.get(1))))
                .input(rows, inputs).input(outputs, inputs).input(outputs).seed(seed).assertCorrect();
    }

    @Property(tries = 20)
    void attention(@ForAll @IntRange(min = 1, max = 4) int queries, @ForAll @IntRange(min = 1, max = 5) int keys,
            @ForAll boolean causal, @ForAll long seed) {
        GradientCheck.of((List<Tensor> x) -> x.get(0).attention(x.get(1), x.get(2), null, causal))
                .input(2, 2, queries, 3).input(2, 1, keys, 3).input(2, 1, keys, 4).seed(seed).assertCorrect();
    }

    @Property(tries = 100)
    void losses(@ForAll("losses") BinaryOperator<Tensor> loss, @ForAll @IntRange(min = 1, max = 4) int rows,
            @ForAll @IntRange(min = 1, max = 5) int cols, @ForAll long seed) {
        GradientCheck.of((List<Tensor> x) -> loss.apply(x.getFirst(), target(rows, cols))).input(rows, cols).seed(seed)
                .assertCorrect();
    }

    @Property(tries = 40)
    void lossesOfClasses(@ForAll @IntRange(min = 1, max = 4) int rows, @ForAll boolean ignores, @ForAll long seed) {
        int[] labels = {2, 0, 1, 2};
        CrossEntropyLoss loss = new CrossEntropyLoss(3).weights(1, 0.5f, 2).labelSmoothing(0.25f)
                .ignoring(ignores ? 0 : -1);
        GradientCheck.of((List<Tensor> x) -> Losses.crossEntropy(x.getFirst(), labels)).input(rows, 3).seed(seed)
                .assertCorrect();
        GradientCheck.of((List<Tensor> x) -> loss.mean(x.getFirst(), labels)).input(rows, 3).seed(seed)
                .assertCorrect();
        GradientCheck.of((List<Tensor> x) -> loss.sum(x.getFirst(), labels)).input(rows, 3).seed(seed).assertCorrect();
        GradientCheck.of((List<Tensor> x) -> loss.each(x.getFirst(), labels)).input(rows, 3).seed(seed)
                .assertCorrect();
        GradientCheck.of((List<Tensor> x) -> loss.eachOfLogP(x.getFirst(), labels)).input(rows, 3).seed(seed)
                .assertCorrect();
    }

    /** Any numbers in (0, 1). */
    private static Tensor target(int rows, int cols) {
        float[] target = new float[rows * cols];
        for (int i = 0; i < target.length; i++) {
            target[i] = (i * 7 % 11 + 0.5f) / 12;
        }
        return Tensor.of(target, rows, cols);
    }

    @Provide
    Arbitrary<UnaryOperator<Tensor>> functions() {
        return Arbitraries.of(Tensor::sigmoid, Tensor::relu, Tensor::tanh, Tensor::silu, Tensor::gelu,
                Tensor::geluTanh, Tensor::softplus, Tensor::softsign, Tensor::hardSigmoid, Tensor::hardSwish,
                Tensor::mish, Tensor::selu, x -> x.clip(-0.5f, 0.75f), x -> x.leakyRelu(0.3f), x -> x.celu(0.5f),
                x -> x.elu(0.7f), x -> x.softmax(-1), x -> x.logSoftmax(0),
                x -> x.expand(Shape.of(2, x.shape().size(0), x.shape().size(1))));
    }

    @Provide
    Arbitrary<BinaryOperator<Tensor>> functionsOfTwo() {
        return Arbitraries.of(Tensor::add, Tensor::sub, Tensor::mul, Tensor::maximum, Tensor::minimum,
                (x, y) -> x.div(y.sigmoid()), (x, y) -> x.apply(UnaryFunction.EXP).pow(y),
                (x, y) -> x.prelu(y.sum().reshape(Shape.of(1))));
    }

    @Provide
    Arbitrary<BinaryOperator<Tensor>> losses() {
        return Arbitraries.of(Losses::quadratic, Losses::binaryCrossEntropyWithLogits, Losses::absolute,
                Losses::squared, Losses::klDivergence, (x, target) -> Losses.huber(x, target, 0.5f),
                (x, target) -> Losses.hinge(x.mul(2), target),
                (x, target) -> Losses.binaryCrossEntropy(x.sigmoid(), target),
                (x, target) -> Losses.reinforce(x.reshape(Shape.of(x.size())), Tensor.of(target.data(), x.size())));
    }
}
