package lanewise.bench.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;
import lanewise.bench.contest.CheckedEngine;
import lanewise.bench.contest.Computation;
import lanewise.bench.pooling.PoolingOperands;
import lanewise.bench.pooling.PoolingShape;

/** Models of one node in ONNX Runtime, with tensors outside the heap that stand ready. It has no backward passes. */
public final class OnnxRuntimePooling extends CheckedEngine<PoolingOperands> {

    private final OrtEnvironment environment = OrtEnvironment
            .getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "bench");
    private final int threads;

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public OnnxRuntimePooling(int threads) {
        super(PoolingOperands::of);
        this.threads = threads;
    }

    @Override
    public String description() {
        return "ONNX Runtime " + environment.getVersion() + ", threads " + threads;
    }

    @Override
    protected Computation bind(PoolingOperands operands) {
        PoolingShape shape = operands.shape();
        if (!shape.forward()) {
            throw new UnsupportedOperationException("forward only");
        }
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            OrtSession session = environment.createSession(model(shape), options);
            FloatBuffer y = direct(operands.result());
            Map<String, OnnxTensor> inputs = Map.of("X", tensor(direct(operands.x()), shape.imageSizes()));
            Map<String, OnnxTensor> outputs = Map.of("Y", tensor(y, shape.outputSizes()));
            return new Computation(() -> {
                try {
                    session.run(inputs, Set.of(), outputs).close();
                } catch (OrtException e) {
                    throw new IllegalStateException(e);
                }
            }, () -> {
                float[] values = new float[operands.result().length];
                y.get(0, values);
                return values;
            });
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] model(PoolingShape shape) {
        String operator = switch (shape.kind()) {
            case MAX -> "MaxPool";
            case AVERAGE -> "AveragePool"; // count_include_pad is 0 unless given
            case L2 -> "LpPool"; // p is 2 unless given
        };
        long pad = shape.pad();
        return OnnxModel.of(operator, shape.imageSizes(), shape.outputSizes(),
                OnnxModel.ints("kernel_shape", shape.kernel(), shape.kernel()),
                OnnxModel.ints("strides", shape.stride(), shape.stride()), OnnxModel.ints("pads", pad, pad, pad, pad));
    }

    private OnnxTensor tensor(FloatBuffer values, long[] sizes) throws OrtException {
        return OnnxTensor.createTensor(environment, values, sizes);
    }

    private static FloatBuffer direct(float[] values) {
        FloatBuffer buffer = ByteBuffer.allocateDirect(Float.BYTES * values.length).order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        return buffer.put(0, values);
    }
}
