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
import java.util.function.Function;
import lanewise.bench.contest.CheckedEngine;
import lanewise.bench.contest.Computation;
import lanewise.bench.contest.Problem;

/** Models of one node in ONNX Runtime, with tensors outside the heap that stand ready. It has no backward passes. */
abstract class OnnxRuntimeEngine<P extends Problem> extends CheckedEngine<P> {

    private final OrtEnvironment environment = OrtEnvironment
            .getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "bench");
    private final int threads;

    OnnxRuntimeEngine(int threads, Function<String, P> problems) {
        super(problems);
        this.threads = threads;
    }

    @Override
    public final String description() {
        return "ONNX Runtime " + environment.getVersion() + ", threads " + threads;
    }

    /** Runs a model that makes Y. */
    final Computation computation(byte[] model, Map<String, OnnxTensor> inputs, int length, long[] sizes) {
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            OrtSession session = environment.createSession(model, options);
            FloatBuffer y = direct(length);
            Map<String, OnnxTensor> outputs = Map.of("Y", OnnxTensor.createTensor(environment, y, sizes));
            return new Computation(() -> {
                try {
                    session.run(inputs, Set.of(), outputs).close();
                } catch (OrtException e) {
                    throw new IllegalStateException(e);
                }
            }, () -> {
                float[] values = new float[length];
                y.get(0, values);
                return values;
            });
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    final OnnxTensor tensor(float[] values, long... sizes) {
        try {
            return OnnxTensor.createTensor(environment, direct(values.length).put(0, values), sizes);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FloatBuffer direct(int length) {
        return ByteBuffer.allocateDirect(Float.BYTES * length).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
}
