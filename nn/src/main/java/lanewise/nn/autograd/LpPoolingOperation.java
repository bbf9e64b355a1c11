package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.pooling.LpPooling;
import lanewise.kernels.pooling.PoolingGeometry;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** y = the p-norms of the windows of x. */
public final class LpPoolingOperation extends Operation {

    private final PoolingGeometry geometry;
    private final float p;
    private final Tensor x;

    private LpPoolingOperation(PoolingGeometry geometry, float p, Tensor x) {
        this.geometry = geometry;
        this.p = p;
        this.x = x;
    }

    /**
     * The norms. The geometry says the shapes; who made it has compared them with that of the tensor.
     *
     * @param geometry sizes, strides and padding
     * @param output the shape of the result
     * @param p the power, at least 1
     * @param x as the geometry has it
     * @return the result
     */
    public static Tensor apply(PoolingGeometry geometry, Shape output, float p, Tensor x) {
        Step step = Step.of("lpPooling", x);
        Tensor y = step.result(output);
        LpPooling.forward(step.workers(), geometry, p, x.data(), x.offset(), y.data(), y.offset());
        return step.records(x) ? step.record(y, new LpPoolingOperation(geometry, p, x)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean accumulate = accumulates(x);
        Tensor dy = y.grad();
        Tensor dx = x.grad();
        LpPooling.backward(workers, geometry, p, x.data(), x.offset(), y.data(), y.offset(), dy.data(), dy.offset(),
                dx.data(), dx.offset(), accumulate);
    }
}
