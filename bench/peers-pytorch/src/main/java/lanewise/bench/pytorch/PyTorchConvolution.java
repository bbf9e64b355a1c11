package lanewise.bench.pytorch;

import lanewise.bench.contest.Computation;
import lanewise.bench.convolution.ConvolutionOperands;
import lanewise.bench.convolution.ConvolutionShape;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.LongArrayRefOptional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** {@code conv2d} and {@code convolution_backward} of PyTorch. */
public final class PyTorchConvolution extends PyTorchEngine<ConvolutionOperands> {

    private static final long[] NO_DILATION = {1, 1};
    private static final long[] NO_OUTPUT_PADDING = {0, 0};

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public PyTorchConvolution(int threads) {
        super(threads, ConvolutionOperands::of);
    }

    @Override
    protected Computation bind(ConvolutionOperands operands) {
        ConvolutionShape shape = operands.shape();
        Tensor image = tensor(operands.image(), shape.imageSizes());
        Tensor filter = tensor(operands.filter(), shape.filterSizes());
        Tensor output = tensor(operands.output(), shape.outputSizes());
        long[] stride = {shape.stride(), shape.stride()};
        long[] padding = {shape.pad(), shape.pad()};
        return switch (shape.pass()) {
            case FORWARD -> {
                var noBias = new TensorOptional();
                yield returning(
                        () -> torch.conv2d(image, filter, noBias, stride, padding, NO_DILATION, shape.groups()));
            }
            case BACKWARD_DATA -> {
                BoolPointer imageOnly = mask(true, false);
                yield returning(() -> backward(output, image, filter, stride, padding, shape, imageOnly).get0());
            }
            case BACKWARD_FILTER -> {
                BoolPointer filterOnly = mask(false, true);
                yield returning(() -> backward(output, image, filter, stride, padding, shape, filterOnly).get1());
            }
        };
    }

    private static T_TensorTensorTensor_T backward(Tensor output, Tensor image, Tensor filter, long[] stride,
            long[] padding, ConvolutionShape shape, BoolPointer mask) {
        return torch.convolution_backward(output, image, filter, new LongArrayRefOptional(), stride, padding,
                NO_DILATION, false, NO_OUTPUT_PADDING, shape.groups(), mask);
    }

    /** Which gradients are computed; never that of the bias. */
    private static BoolPointer mask(boolean image, boolean filter) {
        return new BoolPointer(3).put(0, image).put(1, filter).put(2, false);
    }
}
