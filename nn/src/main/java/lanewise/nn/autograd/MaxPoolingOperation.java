package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.pooling.MaxPooling;
import lanewise.kernels.pooling.PoolingGeometry;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** y = the maxima of the windows of x; remembers where they were. */
public final class MaxPoolingOperation extends Operation {

    private final PoolingGeometry geometry;
    private final Tensor x;
    private final int[] argmax;

    private MaxPoolingOperation(PoolingGeometry geometry, Tensor x, int[] argmax) {
        this.geometry = geometry;
        this.x = x;
        this.argmax = argmax;
    }

    /**
     * The maxima. The geometry says the shapes; who made it has compared them with that of the tensor.
     *
     * @param geometry sizes, strides, padding and dilation
     * @param output the shape of the result
     * @param x as the geometry has it
     * @return the result
     */
    public static Tensor apply(PoolingGeometry geometry, Shape output, Tensor x) {
        Step step = Step.of("maxPooling", x);
        Tensor y = step.result(output);
        if (!step.records(x)) {
            MaxPooling.forward(step.workers(), geometry, x.data(), x.offset(), y.data(), y.offset());
            return y;
        }
        int[] argmax = step.indices(y.size());
        MaxPooling.forward(step.workers(), geometry, x.data(), x.offset(), y.data(), y.offset(), argmax, 0);
        return step.record(y, new MaxPoolingOperation(geometry, x, argmax));
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean accumulate = accumulates(x);
        Tensor dy = y.grad();
        Tensor dx = x.grad();
        MaxPooling.backward(workers, geometry, dy.data(), dy.offset(), argmax, 0, dx.data(), dx.offset(), accumulate);
    }
}
