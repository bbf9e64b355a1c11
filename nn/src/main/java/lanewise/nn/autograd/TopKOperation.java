package lanewise.nn.autograd;

import lanewise.kernels.reduction.TopK;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** The largest elements of rows. Their gradient is that of {@link GatherOperation}. */
public final class TopKOperation {

    private TopKOperation() {}

    /**
     * The largest elements along the last axis, and where they stand.
     *
     * @param x any shape but a scalar
     * @param k how many of each row
     * @return both of the shape of x, with k elements along the last axis
     */
    public static Tensor.TopK apply(Tensor x, int k) {
        AxisRows rows = AxisRows.of("topK", x, -1);
        if (k < 0 || k > rows.n()) {
            throw new IllegalArgumentException("topK: k = " + k + " of " + x.shape() + ", need 0 <= k <= " + rows.n());
        }
        Step step = Step.of("topK", x);
        Shape shape = step.remembered(new Key(x.shape(), k), Key::shape);
        Tensor values = step.result(shape);
        Tensor index = step.result(shape);
        int[] numbers = step.indices(index.size());
        TopK.forward(step.workers(), rows.outer(), rows.n(), k, true, x.data(), x.offset(), values.data(),
                values.offset(), numbers, 0);
        for (int i = 0; i < index.size(); i++) {
            index.data()[index.offset() + i] = numbers[i];
        }
        return new Tensor.TopK(step.records(x) ? GatherOperation.apply(x, -1, index) : values, index);
    }

    private record Key(Shape x, int k) {

        Shape shape() {
            return x.withLast(k);
        }
    }
}
