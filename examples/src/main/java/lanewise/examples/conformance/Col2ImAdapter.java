package lanewise.examples.conformance;

import java.util.Arrays;
import java.util.List;
import lanewise.kernels.Workers;
import lanewise.kernels.convolution.ConvolutionGeometry;
import lanewise.kernels.convolution.Im2col;

/** Col2Im: columns [n, c · kernel, positions], the sizes of the image and those of the windows. */
final class Col2ImAdapter implements OperatorAdapter {

    @Override
    public List<OnnxTensor> run(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor columns = inputs.get(0);
        int[] image = inputs.get(1).sizes();
        int[] kernel = inputs.get(2).sizes();
        int n = columns.size(0);
        int c = columns.size(1) / Arrays.stream(kernel).reduce(1, (a, b) -> a * b);
        ConvolutionGeometry g = ConvolutionGeometry.of(n, c, 1, 1, WindowAttributes.of(node, image, kernel));
        float[] x = new float[g.imageLength()];
        Im2col.col2im(workers, g, columns.floats(), 0, x, 0, false);
        return List.of(OnnxTensor.of(Shapes.of(n, c, image), x));
    }
}
