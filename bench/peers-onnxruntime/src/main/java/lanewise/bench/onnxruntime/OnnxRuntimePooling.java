package lanewise.bench.onnxruntime;

import java.util.LinkedHashMap;
import java.util.Map;
import lanewise.bench.contest.Computation;
import lanewise.bench.pooling.PoolingOperands;
import lanewise.bench.pooling.PoolingShape;

/** The pooling operators of ONNX Runtime. */
public final class OnnxRuntimePooling extends OnnxRuntimeEngine<PoolingOperands> {

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public OnnxRuntimePooling(int threads) {
        super(threads, PoolingOperands::of);
    }

    @Override
    protected Computation bind(PoolingOperands operands) {
        PoolingShape shape = operands.shape();
        if (!shape.forward()) {
            throw new UnsupportedOperationException("forward only");
        }
        return computation(model(shape), Map.of("X", tensor(operands.x(), shape.imageSizes())),
                operands.result().length, shape.outputSizes());
    }

    private static byte[] model(PoolingShape shape) {
        String operator = switch (shape.kind()) {
            case MAX -> "MaxPool";
            case AVERAGE -> "AveragePool"; // count_include_pad is 0 unless given
            case L2 -> "LpPool"; // p is 2 unless given
        };
        long pad = shape.pad();
        var input = new LinkedHashMap<>(Map.of("X", shape.imageSizes()));
        return OnnxModel.of(operator, input, shape.outputSizes(),
                OnnxModel.ints("kernel_shape", shape.kernel(), shape.kernel()),
                OnnxModel.ints("strides", shape.stride(), shape.stride()), OnnxModel.ints("pads", pad, pad, pad, pad));
    }
}
