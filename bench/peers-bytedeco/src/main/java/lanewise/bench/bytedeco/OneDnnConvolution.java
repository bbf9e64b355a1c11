package lanewise.bench.bytedeco;

import java.util.List;
import lanewise.bench.contest.Computation;
import lanewise.bench.convolution.ConvolutionOperands;
import lanewise.bench.convolution.ConvolutionShape;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** The convolution primitives of oneDNN, which choose the layouts of their tensors. */
public abstract class OneDnnConvolution extends OneDnnLayoutEngine<ConvolutionOperands> {

    private OneDnnConvolution(int threads, boolean reordersCount) {
        super(threads, reordersCount, ConvolutionOperands::of);
    }

    /** Plain tensors in and out: where the primitive wants another layout, reordering is part of the operation. */
    public static final class Nchw extends OneDnnConvolution {

        /**
         * Makes the engine.
         *
         * @param threads the number of threads, as the environment gives it to OpenMP
         */
        public Nchw(int threads) {
            super(threads, true);
        }
    }

    /** Tensors that are in the primitive's layouts already and stay there. */
    public static final class Any extends OneDnnConvolution {

        /**
         * Makes the engine.
         *
         * @param threads the number of threads, as the environment gives it to OpenMP
         */
        public Any(int threads) {
            super(threads, false);
        }
    }

    @Override
    protected final Computation bind(ConvolutionOperands operands) {
        ConvolutionShape shape = operands.shape();
        long[] filterSizes = shape.filterSizes();
        memory.format_tag filterLayout = memory.format_tag.oihw;
        if (shape.groups() > 1) {
            long outChannels = shape.outC() / shape.groups();
            filterSizes = new long[]{shape.groups(), outChannels, filterSizes[1], filterSizes[2], filterSizes[3]};
            filterLayout = memory.format_tag.goihw;
        }
        memory.desc image = layout(shape.imageSizes(), memory.format_tag.nchw);
        memory.desc filter = layout(filterSizes, filterLayout);
        memory.desc output = layout(shape.outputSizes(), memory.format_tag.nchw);
        memory.desc anyImage = layout(shape.imageSizes(), memory.format_tag.any);
        memory.desc anyFilter = layout(filterSizes, memory.format_tag.any);
        memory.desc anyOutput = layout(shape.outputSizes(), memory.format_tag.any);
        long[] stride = {shape.stride(), shape.stride()};
        long[] pad = {shape.pad(), shape.pad()};
        var forward = new convolution_forward.primitive_desc(cpu, dnnl.prop_kind.forward_training,
                dnnl.algorithm.convolution_direct, anyImage, anyFilter, anyOutput, stride, pad, pad);
        return switch (shape.pass()) {
            case FORWARD -> computation(new convolution_forward(forward), new IntMemoryMap(),
                    new Argument(dnnl.DNNL_ARG_DST, operands.output(), output, forward.dst_desc()),
                    List.of(new Argument(dnnl.DNNL_ARG_SRC, operands.image(), image, forward.src_desc()),
                            new Argument(dnnl.DNNL_ARG_WEIGHTS, operands.filter(), filter, forward.weights_desc())));
            case BACKWARD_DATA -> {
                var data = new convolution_backward_data.primitive_desc(cpu, dnnl.algorithm.convolution_direct,
                        anyImage, anyFilter, anyOutput, stride, pad, pad, forward);
                yield computation(new convolution_backward_data(data), new IntMemoryMap(),
                        new Argument(dnnl.DNNL_ARG_DIFF_SRC, operands.image(), image, data.diff_src_desc()),
                        List.of(new Argument(dnnl.DNNL_ARG_DIFF_DST, operands.output(), output, data.diff_dst_desc()),
                                new Argument(dnnl.DNNL_ARG_WEIGHTS, operands.filter(), filter, data.weights_desc())));
            }
            case BACKWARD_FILTER -> {
                var weights = new convolution_backward_weights.primitive_desc(cpu, dnnl.algorithm.convolution_direct,
                        anyImage, anyFilter, anyOutput, stride, pad, pad, forward);
                yield computation(new convolution_backward_weights(weights), new IntMemoryMap(),
                        new Argument(dnnl.DNNL_ARG_DIFF_WEIGHTS, operands.filter(), filter,
                                weights.diff_weights_desc()),
                        List.of(new Argument(dnnl.DNNL_ARG_DIFF_DST, operands.output(), output,
                                weights.diff_dst_desc()),
                                new Argument(dnnl.DNNL_ARG_SRC, operands.image(), image, weights.src_desc())));
            }
        };
    }
}
