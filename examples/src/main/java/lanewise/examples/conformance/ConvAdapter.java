package lanewise.examples.conformance;

import java.util.List;
import lanewise.kernels.Window;
import lanewise.kernels.Workers;
import lanewise.kernels.activation.Activation;
import lanewise.kernels.convolution.Convolution;
import lanewise.kernels.convolution.ConvolutionGeometry;

/** Conv: X, W and perhaps B. */
final class ConvAdapter implements OperatorAdapter {

    @Override
    public List<OnnxTensor> run(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        OnnxTensor filter = inputs.get(1);
        float[] bias = inputs.size() > 2 ? inputs.get(2).floats() : null;
        Window[] windows = WindowAttributes.of(node, x.spatial(), filter.spatial());
        ConvolutionGeometry g = ConvolutionGeometry.of(x.size(0), x.size(1), filter.size(0),
                node.integer("group", 1), windows);
        float[] y = new float[g.outputLength()];
        Convolution.forward(workers, g, x.floats(), 0, filter.floats(), 0, bias, 0, Activation.IDENTITY, y, 0);
        return List.of(OnnxTensor.of(Shapes.of(g.n(), g.outC(), WindowAttributes.each(windows, Window::output)), y));
    }
}
