package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.pooling.AveragePooling;
import lanewise.kernels.pooling.PoolingGeometry;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** y = the means of the windows of x. */
public final class AveragePoolingOperation extends Operation {

    private final PoolingGeometry geometry;
    private final boolean countIncludePad;
    private final Tensor x;

    private AveragePoolingOperation(PoolingGeometry geometry, boolean countIncludePad, Tensor x) {
        this.geometry = geometry;
        this.countIncludePad = countIncludePad;
        this.x = x;
    }

    /**
     * The means. The geometry says the shapes; who made it has compared them with that of the tensor.
     *
     * @param geometry sizes, strides and padding
     * @param output the shape of the result
     * @param countIncludePad whether a mean counts the padding's zeros
     * @param x as the geometry has it
     * @return the result
     */
    public static Tensor apply(PoolingGeometry geometry, Shape output, boolean countIncludePad, Tensor x) {
        Step step = Step.of("averagePooling", x);
        Tensor y = step.result(output);
        AveragePooling.forward(step.workers(), geometry, countIncludePad, x.data(), x.offset(), y.data(), y.offset());
        return step.records(x) ? step.record(y, new AveragePoolingOperation(geometry, countIncludePad, x)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean accumulate = accumulates(x);
        Tensor dy = y.grad();
        Tensor dx = x.grad();
        AveragePooling.backward(workers, geometry, countIncludePad, dy.data(), dy.offset(), dx.data(), dx.offset(),
                accumulate);
    }
}
