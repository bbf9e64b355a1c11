package lanewise.bench.bytedeco;

import java.util.HexFormat;
import java.util.function.Function;
import lanewise.bench.contest.CheckedEngine;
import lanewise.bench.contest.Problem;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;

/** Primitives of oneDNN, made once for the shape. Its threads are OpenMP's, set in the environment of the process. */
abstract class OneDnnEngine<P extends Problem> extends CheckedEngine<P> {

    final engine cpu = new engine(engine.kind.cpu, 0);
    private final stream queue = new stream(cpu);

    OneDnnEngine(int threads, Function<String, P> problems) {
        super(problems);
        requireThreads(threads);
    }

    /** A tensor in memory of oneDNN's own, which aligns it to a cache line. */
    final memory tensor(memory.desc layout, float[] values) {
        var tensor = new memory(layout, cpu);
        data(tensor).put(values, 0, values.length);
        return tensor;
    }

    static float[] values(memory tensor) {
        float[] values = new float[Math.toIntExact(tensor.get_desc().get_size() / Float.BYTES)];
        data(tensor).get(values, 0, values.length);
        return values;
    }

    private static FloatPointer data(memory tensor) {
        return new FloatPointer(tensor.get_data_handle());
    }

    final void execute(primitive step, IntMemoryMap arguments) {
        step.execute(queue, arguments);
        queue._wait();
    }

    /** Pairs of an argument's number and its tensor. */
    static IntMemoryMap arguments(Object... pairs) {
        var arguments = new IntMemoryMap();
        for (int i = 0; i < pairs.length; i += 2) {
            arguments.put((int) pairs[i], (memory) pairs[i + 1]);
        }
        return arguments;
    }

    @Override
    public final String description() {
        return version();
    }

    static void requireThreads(int threads) {
        String variable = System.getenv("OMP_NUM_THREADS");
        if (!Integer.toString(threads).equals(variable)) {
            throw new IllegalArgumentException("OMP_NUM_THREADS = " + variable + ", need threads = " + threads);
        }
    }

    static String version() {
        dnnl_version_t version = dnnl.dnnl_version();
        return "oneDNN " + version.major() + "." + version.minor() + "." + version.patch() + ", instruction set 0x"
                + HexFormat.of().toHexDigits((short) dnnl.dnnl_get_effective_cpu_isa()) + ", OMP_NUM_THREADS "
                + System.getenv("OMP_NUM_THREADS");
    }
}
