package lanewise.examples.conformance;

import java.util.List;
import lanewise.kernels.Window;
import lanewise.kernels.Workers;
import lanewise.kernels.pooling.MaxUnpooling;
import lanewise.kernels.pooling.PoolingGeometry;

/** MaxUnpool: X, the indices of its maxima, and perhaps the shape of the result. */
final class MaxUnpoolAdapter implements OperatorAdapter {

    @Override
    public List<OnnxTensor> run(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        Window[] windows = WindowAttributes.explicit(node, x.spatial());
        for (int i = 0; i < windows.length; i++) {
            Window w = windows[i];
            int size = inputs.size() > 2
                    ? inputs.get(2).sizes()[2 + i]
                    : (w.input() - 1) * w.stride() + w.kernel() - w.padBegin() - w.padEnd();
            windows[i] = new Window(size, w.kernel(), w.stride(), w.padBegin(), w.padEnd(), w.dilation(), w.ceil());
        }
        PoolingGeometry g = PoolingGeometry.of(x.size(0), x.size(1), windows);
        int plane = g.imageLength() / (g.n() * g.c());
        int[] argmax = new int[g.outputLength()];
        for (int i = 0; i < argmax.length; i++) {
            argmax[i] = Math.toIntExact(inputs.get(1).integers()[i] % plane);
        }
        float[] y = new float[g.imageLength()];
        MaxUnpooling.forward(workers, g, x.floats(), 0, argmax, 0, y, 0);
        return List.of(OnnxTensor.of(Shapes.of(g.n(), g.c(), WindowAttributes.each(windows, Window::input)), y));
    }
}
