package lanewise.bench.bytedeco;

import java.util.ArrayList;
import java.util.List;
import lanewise.bench.gemm.GemmEngine;
import lanewise.bench.gemm.GemmShape;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.stream;

/** The matmul primitive of oneDNN, made once for the shape, on plain row-major layouts. */
public final class OneDnnMatmul extends GemmEngine {

    private final engine cpu = new engine(engine.kind.cpu, 0);
    private final stream queue = new stream(cpu);
    // oneDNN only points to the operands: their memory would be freed with these objects.
    private final List<OffHeap> operands = new ArrayList<>();

    /**
     * Makes the engine.
     *
     * @param threads the number of threads, as the environment gives it to OpenMP
     */
    public OneDnnMatmul(int threads) {
        OneDnn.requireThreads(threads);
    }

    @Override
    public String description() {
        return OneDnn.description();
    }

    @Override
    protected Product bind(GemmShape shape, float[] a, float[] b) {
        OffHeap nativeA = OffHeap.copyOf(a);
        OffHeap nativeB = OffHeap.copyOf(b);
        var nativeC = new OffHeap(shape.m() * shape.n());
        operands.addAll(List.of(nativeA, nativeB, nativeC));
        memory.desc descA = describe(shape.m(), shape.k(), shape.transA());
        memory.desc descB = describe(shape.k(), shape.n(), shape.transB());
        memory.desc descC = describe(shape.m(), shape.n(), false);
        var primitive = new matmul(new matmul.primitive_desc(cpu, descA, descB, descC, new primitive_attr(), false));
        var arguments = new IntMemoryMap();
        arguments.put(dnnl.DNNL_ARG_SRC, new memory(descA, cpu, nativeA.pointer()));
        arguments.put(dnnl.DNNL_ARG_WEIGHTS, new memory(descB, cpu, nativeB.pointer()));
        arguments.put(dnnl.DNNL_ARG_DST, new memory(descC, cpu, nativeC.pointer()));
        return new Product() {
            @Override
            public void run() {
                primitive.execute(queue, arguments);
                queue._wait();
            }

            @Override
            public float[] result() {
                return nativeC.toArray();
            }
        };
    }

    private static memory.desc describe(int rows, int columns, boolean transposed) {
        long[] strides = transposed ? new long[]{1, rows} : new long[]{columns, 1};
        return new memory.desc(new long[]{rows, columns}, memory.data_type.f32, strides, false);
    }
}
