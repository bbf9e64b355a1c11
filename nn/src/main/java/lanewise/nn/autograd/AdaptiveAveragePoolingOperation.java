package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.pooling.AdaptiveAveragePooling;
import lanewise.kernels.pooling.AdaptivePoolingGeometry;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** y = the means of x over as many windows as y has elements. */
public final class AdaptiveAveragePoolingOperation extends Operation {

    private final AdaptivePoolingGeometry geometry;
    private final Tensor x;

    private AdaptiveAveragePoolingOperation(AdaptivePoolingGeometry geometry, Tensor x) {
        this.geometry = geometry;
        this.x = x;
    }

    /**
     * The means. The geometry says the shapes; who made it has compared them with that of the tensor.
     *
     * @param geometry sizes of x and of the result
     * @param output the shape of the result
     * @param x as the geometry has it
     * @return the result
     */
    public static Tensor apply(AdaptivePoolingGeometry geometry, Shape output, Tensor x) {
        Step step = Step.of("adaptiveAveragePooling", x);
        Tensor y = step.result(output);
        AdaptiveAveragePooling.forward(step.workers(), geometry, x.data(), x.offset(), y.data(), y.offset());
        return step.records(x) ? step.record(y, new AdaptiveAveragePoolingOperation(geometry, x)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean accumulate = accumulates(x);
        Tensor dy = y.grad();
        Tensor dx = x.grad();
        AdaptiveAveragePooling.backward(workers, geometry, dy.data(), dy.offset(), dx.data(), dx.offset(), accumulate);
    }
}
