package lanewise.properties.gradient;

import java.util.function.UnaryOperator;
import lanewise.kernels.elementwise.UnaryFunction;
import lanewise.nn.Concat;
import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Parameter;
import lanewise.nn.Residual;
import lanewise.nn.Sequential;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import lanewise.nn.layer.Linear;
import lanewise.nn.layer.PReLU;
import lanewise.nn.layer.Tanh;
import lanewise.nn.layer.Upsample;
import lanewise.testing.GradientCheck;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The gradients of what moves, repeats and sums elements are the differences of their own results. */
class LayoutGradientProperties {

    /** A function of a tensor [rows, 3, columns] as a module. */
    private static final class Of extends Module {

        private final UnaryOperator<Tensor> function;

        Of(UnaryOperator<Tensor> function) {
            this.function = function;
        }

        @Override
        public Tensor forward(Tensor x) {
            return function.apply(x);
        }
    }

    /** Adds and multiplies with parameters of smaller shapes. */
    private static final class Broadcasts extends Module {

        private final Parameter a = register("a", new Parameter(Shape.of(3, 1)));
        private final Parameter b;

        Broadcasts(int rows) {
            b = register("b", new Parameter(Shape.of(rows, 1, 1)));
        }

        @Override
        public Tensor forward(Tensor x) {
            return x.mul(a).add(b).mul(x.add(a));
        }
    }

    @Property(tries = 100)
    void functions(@ForAll("functions") UnaryOperator<Tensor> function, @ForAll @IntRange(min = 1, max = 3) int rows,
            @ForAll @IntRange(min = 2, max = 5) int columns, @ForAll long seed) {
        GradientCheck.of(new Of(function)).input(rows, 3, columns).seed(seed).assertCorrect();
    }

    @Property(tries = 25)
    void broadcasting(@ForAll @IntRange(min = 1, max = 3) int rows, @ForAll @IntRange(min = 1, max = 5) int columns,
            @ForAll long seed) {
        GradientCheck.of(new Broadcasts(rows)).input(rows, 3, columns).seed(seed).assertCorrect();
    }

    @Property(tries = 15)
    void blocksAndBranches(@ForAll @IntRange(min = 1, max = 3) int batch, @ForAll long seed) {
        Generator random = new Generator(seed);
        GradientCheck.of(new Residual(new Sequential(new Linear(4, 3, random), new Tanh()), new Linear(4, 3, random)))
                .input(batch, 4).seed(seed).assertCorrect();
        GradientCheck.of(new Concat(new Linear(4, 3, random), new Tanh(), new Sequential())).input(batch, 4).seed(seed)
                .assertCorrect();
        GradientCheck.of(new PReLU(3, 0.3f)).input(batch, 3, 2).seed(seed).assertCorrect();
        GradientCheck.of(new Upsample(2)).input(batch, 2, 3, 2).seed(seed).assertCorrect();
    }

    @Provide
    Arbitrary<UnaryOperator<Tensor>> functions() {
        return Arbitraries.of(x -> x.permute(2, 0, 1), x -> x.permute(0, 2, 1).mul(0.5f), x -> x.slice(1, 1, 3),
                x -> x.slice(-1, 0, 1).add(x), x -> x.sum(0), x -> x.sub(x.sum(0)),
                x -> x.div(x.slice(0, 0, 1).apply(UnaryFunction.EXP)),
                x -> x.maximum(x.slice(1, 0, 1)), x -> x.max(1), x -> x.min(-1), x -> x.variance(1),
                x -> x.norm(0),
                x -> x.product(2), x -> x.sum(1).mul(x.mean(1)), x -> x.mean(2).sum(-1),
                x -> Tensor.concat(1, x, x.slice(1, 0, 2).mul(x.slice(1, 1, 3))),
                x -> Tensor.concat(0, x.mul(x), x, x).permute(1, 2, 0), x -> x.cumsum(1), x -> x.cumsum(-1).mul(x),
                x -> x.pad(1, 2, 1, 0.5f).mul(0.5f), x -> x.pad(-1, 0, 3, 0).sub(x.pad(-1, 3, 0, 1)),
                x -> x.normalize(2, 1), x -> x.gather(1, x.mul(0).slice(1, 0, 2)).mul(x.slice(1, 0, 2)),
                x -> x.mul(x).where(alternating(x), x.slice(0, 0, 1)), x -> x.topK(1).values());
    }

    /** Half of the columns of each row. */
    private static Tensor alternating(Tensor x) {
        int columns = x.shape().size(2);
        float[] condition = new float[columns];
        for (int i = 0; i < columns; i += 2) {
            condition[i] = 1;
        }
        return Tensor.of(condition, columns);
    }
}
