package lanewise.bench.convolution;

import java.util.Arrays;
import lanewise.bench.contest.Computation;
import lanewise.bench.contest.ScalarEngine;

/** The convolution as plain loops that run along the rows of the output. */
public final class ScalarConvolution extends ScalarEngine<ConvolutionOperands> {

    /**
     * Makes the engine.
     *
     * @param threads 1
     */
    public ScalarConvolution(int threads) {
        super(threads, ConvolutionOperands::of);
    }

    @Override
    protected Computation bind(ConvolutionOperands operands) {
        ConvolutionShape shape = operands.shape();
        return Computation.into(operands.result(), () -> {
            Arrays.fill(operands.result(), 0f);
            accumulate(shape, operands.image(), operands.filter(), operands.output());
        });
    }

    /** Adds all products of two of the tensors to the third. */
    private static void accumulate(ConvolutionShape shape, float[] image, float[] filter, float[] output) {
        int channels = shape.c() / shape.groups();
        int outChannels = shape.outC() / shape.groups();
        for (int n = 0; n < shape.n(); n++) {
            for (int k = 0; k < shape.outC(); k++) {
                for (int c = 0; c < channels; c++) {
                    int plane = (n * shape.c() + k / outChannels * channels + c) * shape.h() * shape.w();
                    int outPlane = (n * shape.outC() + k) * shape.outH() * shape.outW();
                    for (int r = 0; r < shape.kernelH(); r++) {
                        for (int s = 0; s < shape.kernelW(); s++) {
                            int weight = ((k * channels + c) * shape.kernelH() + r) * shape.kernelW() + s;
                            accumulate(shape, image, plane, filter, weight, output, outPlane, r, s);
                        }
                    }
                }
            }
        }
    }

    private static void accumulate(ConvolutionShape shape, float[] image, int plane, float[] filter, int weight,
            float[] output, int outPlane, int r, int s) {
        int stride = shape.stride();
        // the columns whose pixel lies within the image
        int begin = Math.max(0, Math.ceilDiv(shape.pad() - s, stride));
        int end = Math.min(shape.outW(), Math.floorDiv(shape.w() - 1 + shape.pad() - s, stride) + 1);
        for (int p = 0; p < shape.outH(); p++) {
            int h = p * stride - shape.pad() + r;
            if (h < 0 || h >= shape.h()) {
                continue;
            }
            int pixel = plane + h * shape.w() + begin * stride - shape.pad() + s;
            int element = outPlane + p * shape.outW() + begin;
            switch (shape.pass()) {
                case FORWARD -> axpy(end - begin, filter[weight], image, pixel, stride, output, element, 1);
                case BACKWARD_DATA -> axpy(end - begin, filter[weight], output, element, 1, image, pixel, stride);
                case BACKWARD_FILTER ->
                    filter[weight] += dot(end - begin, image, pixel, stride, output, element);
            }
        }
    }

    private static void axpy(int n, float alpha, float[] x, int xOffset, int incX, float[] y, int yOffset, int incY) {
        if (incX == 1 && incY == 1) {
            // by itself, as the JIT compiles only this one to vectors
            for (int i = 0; i < n; i++) {
                y[yOffset + i] += alpha * x[xOffset + i];
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            y[yOffset + i * incY] += alpha * x[xOffset + i * incX];
        }
    }

    private static float dot(int n, float[] x, int xOffset, int incX, float[] y, int yOffset) {
        float sum = 0;
        for (int i = 0; i < n; i++) {
            sum += x[xOffset + i * incX] * y[yOffset + i];
        }
        return sum;
    }
}
