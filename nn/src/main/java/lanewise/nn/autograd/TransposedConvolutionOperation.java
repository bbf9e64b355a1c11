package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.convolution.TransposedConvolution;
import lanewise.kernels.convolution.TransposedConvolutionGeometry;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** y = the transposed convolution of x with weight, plus bias. */
public final class TransposedConvolutionOperation extends Operation {

    private final TransposedConvolutionGeometry geometry;
    private final Tensor x;
    private final Tensor weight;
    private final Tensor bias;

    private TransposedConvolutionOperation(TransposedConvolutionGeometry geometry, Tensor x, Tensor weight,
            Tensor bias) {
        this.geometry = geometry;
        this.x = x;
        this.weight = weight;
        this.bias = bias;
    }

    /**
     * The transposed convolution. The geometry says the shapes; who made it has compared them with those of the tensors.
     *
     * @param geometry sizes, strides, padding, dilation and groups
     * @param output the shape of the result
     * @param x as the geometry has it
     * @param weight the filter
     * @param bias one element for each channel of the result, or null for none
     * @return the result
     */
    public static Tensor apply(TransposedConvolutionGeometry geometry, Shape output, Tensor x, Tensor weight,
            Tensor bias) {
        Step step = bias == null
                ? Step.of("transposedConvolution", x, weight)
                : Step.of("transposedConvolution", x, weight, bias);
        Tensor y = step.result(output);
        TransposedConvolution.forward(step.workers(), geometry, x.data(), x.offset(), weight.data(), weight.offset(),
                bias == null ? null : bias.data(), bias == null ? 0 : bias.offset(), Activation.IDENTITY, y.data(),
                y.offset());
        boolean records = bias == null ? step.records(x, weight) : step.records(x, weight, bias);
        return records ? step.record(y, new TransposedConvolutionOperation(geometry, x, weight, bias)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        Tensor dy = y.grad();
        if (bias != null && bias.requiresGrad()) {
            boolean accumulate = accumulates(bias);
            Tensor db = bias.grad();
            TransposedConvolution.backwardBias(workers, geometry, dy.data(), dy.offset(), db.data(), db.offset(),
                    accumulate);
        }
        if (weight.requiresGrad()) {
            boolean accumulate = accumulates(weight);
            Tensor dw = weight.grad();
            TransposedConvolution.backwardFilter(workers, geometry, x.data(), x.offset(), dy.data(), dy.offset(),
                    dw.data(),
                    dw.offset(), accumulate);
        }
        if (x.requiresGrad()) {
            boolean accumulate = accumulates(x);
            Tensor dx = x.grad();
            TransposedConvolution.backwardData(workers, geometry, dy.data(), dy.offset(), weight.data(),
                    weight.offset(),
                    dx.data(), dx.offset(), accumulate);
        }
    }
}
