package lanewise.bench.pytorch;

import lanewise.bench.contest.Computation;
import lanewise.bench.pooling.PoolingOperands;
import lanewise.bench.pooling.PoolingShape;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LPPool2dOptions;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** The pooling operations of PyTorch. The backward pass of L2 pooling, which has no function, is that of its graph. */
public final class PyTorchPooling extends PyTorchEngine<PoolingOperands> {

    private static final long[] NO_DILATION = {1, 1};

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public PyTorchPooling(int threads) {
        super(threads, PoolingOperands::of);
    }

    @Override
    protected Computation bind(PoolingOperands operands) {
        PoolingShape shape = operands.shape();
        Tensor x = tensor(operands.x(), shape.imageSizes());
        Tensor dy = tensor(operands.dy(), shape.outputSizes());
        long[] kernel = {shape.kernel(), shape.kernel()};
        long[] stride = {shape.stride(), shape.stride()};
        long[] pad = {shape.pad(), shape.pad()};
        return switch (shape.kind()) {
            case MAX -> {
                if (shape.forward()) {
                    yield returning(() -> torch.max_pool2d(x, kernel, stride, pad, NO_DILATION, false));
                }
                // The pair owns the tensor of the indices.
                T_TensorTensor_T pair = torch.max_pool2d_with_indices(x, kernel, stride, pad, NO_DILATION, false);
                yield returning(() -> torch.max_pool2d_with_indices_backward(dy, x, kernel, stride, pad, NO_DILATION,
                        false, pair.get1()));
            }
            case AVERAGE -> {
                var noDivisor = new LongOptional();
                yield shape.forward()
                        ? returning(() -> torch.avg_pool2d(x, kernel, stride, pad, false, false, noDivisor))
                        : returning(() -> torch.avg_pool2d_backward(dy, x, kernel, stride, pad, false, false,
                                noDivisor));
            }
            case L2 -> {
                var options = new LPPool2dOptions(2, new LongPointer(kernel));
                options.stride().put(stride);
                if (shape.forward()) {
                    yield returning(() -> torch.lp_pool2d(x, options));
                }
                TensorVector outputs;
                x.set_requires_grad(true);
                try (var gradients = new AutoGradMode(true)) {
                    outputs = new TensorVector(torch.lp_pool2d(x, options));
                }
                var inputs = new TensorVector(x);
                var outputGradients = new TensorVector(dy);
                var keepGraph = new BoolOptional(true);
                yield returning(
                        () -> torch.grad(outputs, inputs, outputGradients, keepGraph, false, false).get(0));
            }
        };
    }
}
