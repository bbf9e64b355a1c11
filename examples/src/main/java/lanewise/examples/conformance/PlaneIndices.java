package lanewise.examples.conformance;

import lanewise.kernels.pooling.PoolingGeometry;

/** Indices of maxima: ours count within the plane of an image and channel, ONNX's within the whole tensor. */
final class PlaneIndices {

    private PlaneIndices() {}

    /**
     * ONNX's index of a maximum.
     *
     * @param g the pooling
     * @param result which element of y
     * @param argmax its maximum, counted within the plane, the last dimension fastest
     * @param columnMajor whether ONNX counts a plane with its first dimension fastest
     */
    static long ofTensor(PoolingGeometry g, int result, int argmax, boolean columnMajor) {
        int d = g.depth().input();
        int h = g.height().input();
        int w = g.width().input();
        int plane = result / (g.outD() * g.outH() * g.outW());
        int index = columnMajor
                ? (argmax % w * h + argmax / w % h) * d + argmax / (w * h)
                : argmax;
        return (long) plane * d * h * w + index;
    }
}
