package lanewise.bench.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import lanewise.bench.contest.Computation;
import lanewise.bench.pointwise.PointwiseOperands;
import lanewise.bench.pointwise.PointwiseShape;

/** The memory-bound operators of ONNX Runtime. Batch normalization it computes with given statistics only. */
public final class OnnxRuntimePointwise extends OnnxRuntimeEngine<PointwiseOperands> {

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public OnnxRuntimePointwise(int threads) {
        super(threads, PointwiseOperands::of);
    }

    @Override
    protected Computation bind(PointwiseOperands operands) {
        PointwiseShape shape = operands.shape();
        if (!shape.isForward()) {
            throw new UnsupportedOperationException("forward only");
        }
        // The axis of softmax and of layer normalization is the last, and epsilon 1e-5, unless given.
        String operator = switch (shape.kind()) {
            case RELU -> "Relu";
            case SIGMOID -> "Sigmoid";
            case TANH -> "Tanh";
            case EXP -> "Exp";
            case GELU -> "Gelu";
            case ADD -> "Add";
            case MUL -> "Mul";
            case SOFTMAX -> "Softmax";
            case LOG_SOFTMAX -> "LogSoftmax";
            case LAYER_NORM -> "LayerNormalization";
            case SILU, CROSS_ENTROPY, BATCH_NORM, ADAM -> throw new UnsupportedOperationException("no such operator");
        };
        long[] sizes = shape.dimensions();
        SequencedMap<String, long[]> inputs = new LinkedHashMap<>(Map.of("X", sizes));
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>(Map.of("X", tensor(operands.x(), sizes)));
        switch (shape.kind()) {
            case ADD, MUL -> {
                inputs.putLast("B", sizes);
                tensors.put("B", tensor(operands.dy(), sizes));
            }
            case LAYER_NORM -> {
                inputs.putLast("Scale", new long[]{shape.features()});
                tensors.put("Scale", tensor(operands.gamma(), shape.features()));
                inputs.putLast("B", new long[]{shape.features()});
                tensors.put("B", tensor(operands.beta(), shape.features()));
            }
            default -> {
            }
        }
        return computation(OnnxModel.of(operator, inputs, sizes), tensors, shape.length(), sizes);
    }
}
