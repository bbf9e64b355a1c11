package lanewise.nn.autograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lanewise.kernels.Workers;
import lanewise.kernels.elementwise.Elementwise;
import lanewise.nn.Operation;
import lanewise.nn.Step;
import lanewise.nn.Tape;
import lanewise.nn.Tensor;
import org.junit.jupiter.api.Test;

/** Anybody can write an operation with what is public; this one lives outside the package of {@link Operation}. */
class OwnOperationTest {

    @Test
    void anOperationFromOutsideTakesPartInBackward() {
        try (Workers workers = Workers.single(); Tape tape = new Tape(workers); Step step = tape.step()) {
            Tensor x = step.tensor(new float[]{3, -2}, 2).requiresGrad(true);

            Tensor y = SquareOperation.apply(x);
            y.add(SquareOperation.apply(x)).sum().backward();

            assertArrayEquals(new float[]{9, 4}, y.toArray());
            assertArrayEquals(new float[]{12, -8}, x.grad().toArray());
        }
    }

    /** y = x^2. */
    private static final class SquareOperation extends Operation {

        private final Tensor x;

        private SquareOperation(Tensor x) {
            this.x = x;
        }

        static Tensor apply(Tensor x) {
            Step step = Step.of("square", x);
            Tensor y = step.result(x.shape());
            multiply(step.workers(), x, x, y);
            return step.records(x) ? step.record(y, new SquareOperation(x)) : y;
        }

        @Override
        protected void backward(Workers workers, Tensor y) {
            boolean accumulate = accumulates(x);
            Tensor dx = x.grad();
            Tensor product = Step.of("square", y).result(x.shape());
            multiply(workers, x, y.grad(), product);
            if (accumulate) {
                Elementwise.axpy(workers, x.size(), 2, product.data(), product.offset(), dx.data(), dx.offset());
            } else {
                Elementwise.scale(workers, x.size(), 2, product.data(), product.offset(), dx.data(), dx.offset());
            }
        }

        private static void multiply(Workers workers, Tensor a, Tensor b, Tensor y) {
            Elementwise.multiply(workers, y.size(), a.data(), a.offset(), b.data(), b.offset(), y.data(), y.offset());
        }
    }
}
