package lanewise.bench.bytedeco;

import java.util.List;
import lanewise.bench.contest.Computation;
import lanewise.bench.pooling.PoolingOperands;
import lanewise.bench.pooling.PoolingShape;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/** The pooling primitives of oneDNN, which work on the layout that they are given. They know no L2. */
public abstract class OneDnnPooling extends OneDnnLayoutEngine<PoolingOperands> {

    private static final long[] NO_DILATION = {0, 0};

    private final memory.format_tag tag;

    private OneDnnPooling(int threads, boolean reordersCount, memory.format_tag tag) {
        super(threads, reordersCount, PoolingOperands::of);
        this.tag = tag;
    }

    /** Plain tensors, and the primitive for them. */
    public static final class Plain extends OneDnnPooling {

        /**
         * Makes the engine.
         *
         * @param threads the number of threads, as the environment gives it to OpenMP
         */
        public Plain(int threads) {
            super(threads, true, memory.format_tag.nchw);
        }
    }

    /** Plain tensors in and out, and the primitive for blocks of channels: reordering is part of the operation. */
    public static final class Reordered extends OneDnnPooling {

        /**
         * Makes the engine.
         *
         * @param threads the number of threads, as the environment gives it to OpenMP
         */
        public Reordered(int threads) {
            super(threads, true, blocked());
        }
    }

    /** Tensors in blocks of channels, as a convolution before would leave them. */
    public static final class Any extends OneDnnPooling {

        /**
         * Makes the engine.
         *
         * @param threads the number of threads, as the environment gives it to OpenMP
         */
        public Any(int threads) {
            super(threads, false, blocked());
        }
    }

    private static memory.format_tag blocked() {
        boolean wide = dnnl.dnnl_get_effective_cpu_isa() >= dnnl.dnnl_cpu_isa_avx512_core;
        return wide ? memory.format_tag.nChw16c : memory.format_tag.nChw8c;
    }

    @Override
    protected final Computation bind(PoolingOperands operands) {
        PoolingShape shape = operands.shape();
        dnnl.algorithm method = switch (shape.kind()) {
            case MAX -> dnnl.algorithm.pooling_max;
            case AVERAGE -> dnnl.algorithm.pooling_avg_exclude_padding;
            case L2 -> throw new UnsupportedOperationException("no L2 pooling");
        };
        memory.desc plainImage = layout(shape.imageSizes(), memory.format_tag.nchw);
        memory.desc plainOutput = layout(shape.outputSizes(), memory.format_tag.nchw);
        memory.desc image = layout(shape.imageSizes(), tag);
        memory.desc output = layout(shape.outputSizes(), tag);
        long[] stride = {shape.stride(), shape.stride()};
        long[] kernel = {shape.kernel(), shape.kernel()};
        long[] pad = {shape.pad(), shape.pad()};
        // Inference does not remember where the maxima are.
        var forward = new pooling_forward.primitive_desc(cpu,
                shape.forward() ? dnnl.prop_kind.forward_inference : dnnl.prop_kind.forward_training, method, image,
                output, stride, kernel, NO_DILATION, pad, pad);
        var workspace = new memory(forward.workspace_desc(), cpu);
        Computation computation = computation(new pooling_forward(forward),
                arguments(dnnl.DNNL_ARG_WORKSPACE, workspace),
                new Argument(dnnl.DNNL_ARG_DST, new float[shape.outputLength()], plainOutput, output),
                List.of(new Argument(dnnl.DNNL_ARG_SRC, operands.x(), plainImage, image)));
        if (shape.forward()) {
            return computation;
        }
        computation.operation().run(); // for the workspace
        var backward = new pooling_backward.primitive_desc(cpu, method, image, output, stride, kernel, NO_DILATION, pad,
                pad, forward);
        return computation(new pooling_backward(backward), arguments(dnnl.DNNL_ARG_WORKSPACE, workspace),
                new Argument(dnnl.DNNL_ARG_DIFF_SRC, operands.result(), plainImage, image),
                List.of(new Argument(dnnl.DNNL_ARG_DIFF_DST, operands.dy(), plainOutput, output)));
    }
}
