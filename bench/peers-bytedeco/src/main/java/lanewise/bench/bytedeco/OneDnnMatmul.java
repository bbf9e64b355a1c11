package lanewise.bench.bytedeco;

import lanewise.bench.contest.Computation;
import lanewise.bench.gemm.GemmOperands;
import lanewise.bench.gemm.GemmShape;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;
import org.bytedeco.dnnl.memory;

/** The matmul primitive of oneDNN on plain row-major layouts. */
public final class OneDnnMatmul extends OneDnnEngine<GemmOperands> {

    /**
     * Makes the engine.
     *
     * @param threads the number of threads, as the environment gives it to OpenMP
     */
    public OneDnnMatmul(int threads) {
        super(threads, GemmOperands::of);
    }

    @Override
    protected Computation bind(GemmOperands operands) {
        GemmShape shape = operands.shape();
        memory.desc layoutA = layout(shape.m(), shape.k(), shape.transA());
        memory.desc layoutB = layout(shape.k(), shape.n(), shape.transB());
        memory.desc layoutC = layout(shape.m(), shape.n(), false);
        var step = new matmul(new matmul.primitive_desc(cpu, layoutA, layoutB, layoutC));
        var c = new memory(layoutC, cpu);
        IntMemoryMap arguments = arguments(dnnl.DNNL_ARG_SRC, tensor(layoutA, operands.a()), dnnl.DNNL_ARG_WEIGHTS,
                tensor(layoutB, operands.b()), dnnl.DNNL_ARG_DST, c);
        return new Computation(() -> execute(step, arguments), () -> values(c));
    }

    private static memory.desc layout(int rows, int columns, boolean transposed) {
        long[] strides = transposed ? new long[]{1, rows} : new long[]{columns, 1};
        return new memory.desc(new long[]{rows, columns}, memory.data_type.f32, strides, false);
    }
}
