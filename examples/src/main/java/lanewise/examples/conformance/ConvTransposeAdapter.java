package lanewise.examples.conformance;

import java.util.List;
import lanewise.kernels.Window;
import lanewise.kernels.Workers;
import lanewise.kernels.convolution.Convolution;
import lanewise.kernels.convolution.ConvolutionGeometry;

/** ConvTranspose: X and W. It is the backward-data of the convolution from its result to X. */
final class ConvTransposeAdapter implements OperatorAdapter {

    @Override
    public List<OnnxTensor> run(Workers workers, Node node, List<OnnxTensor> inputs) {
        if (inputs.size() > 2) {
            throw new IllegalArgumentException("ConvTranspose with a bias is not adapted");
        }
        OnnxTensor x = inputs.get(0);
        OnnxTensor filter = inputs.get(1);
        int groups = node.integer("group", 1);
        Window[] windows = adjoint(node, WindowAttributes.explicit(node, x.spatial(), filter.spatial()));
        ConvolutionGeometry g = ConvolutionGeometry.of(x.size(0), filter.size(1) * groups, x.size(1), groups,
                windows);
        float[] y = new float[g.imageLength()];
        Convolution.backwardData(workers, g, x.floats(), 0, filter.floats(), 0, y, 0, false);
        return List.of(OnnxTensor.of(Shapes.of(g.n(), g.c(), WindowAttributes.each(windows, Window::input)), y));
    }

    /**
     * The windows over the result. Its shape follows from the pads; or the operator gives it, and pads are what would be too
     * much, an odd element at the end with SAME_UPPER, else at the beginning.
     */
    private static Window[] adjoint(Node node, Window... windows) {
        String mode = node.text("auto_pad", "NOTSET");
        int[] asked = node.integers("output_shape");
        int[] more = node.integers("output_padding", new int[windows.length]);
        for (int i = 0; i < windows.length; i++) {
            Window w = windows[i];
            int full = (w.input() - 1) * w.stride() + w.span() + more[i];
            int begin = mode.equals("VALID") ? 0 : w.padBegin();
            int end = mode.equals("VALID") ? 0 : w.padEnd();
            if (asked.length > 0 || mode.startsWith("SAME")) {
                int size = asked.length > 0 ? asked[asked.length - windows.length + i] : w.input() * w.stride();
                int total = Math.max(0, full - size);
                end = mode.equals("SAME_UPPER") ? total - total / 2 : total / 2;
                begin = total - end;
            }
            windows[i] = new Window(full - begin - end, w.kernel(), w.stride(), begin, end, w.dilation(), false);
        }
        return windows;
    }
}
