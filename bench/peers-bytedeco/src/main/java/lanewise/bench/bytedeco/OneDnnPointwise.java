package lanewise.bench.bytedeco;

import lanewise.bench.contest.Computation;
import lanewise.bench.pointwise.PointwiseOperands;
import lanewise.bench.pointwise.PointwiseShape;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.layer_normalization_backward;
import org.bytedeco.dnnl.layer_normalization_forward;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.softmax_backward;
import org.bytedeco.dnnl.softmax_forward;

/** The memory-bound primitives of oneDNN on plain tensors. It has no losses and no optimizers. */
public final class OneDnnPointwise extends OneDnnEngine<PointwiseOperands> {

    private static final dnnl.prop_kind TRAINING = dnnl.prop_kind.forward_training;
    private static final int SCALE_AND_SHIFT = dnnl.normalization_flags.use_scale.value
            | dnnl.normalization_flags.use_shift.value;

    /**
     * Makes the engine.
     *
     * @param threads the number of threads, as the environment gives it to OpenMP
     */
    public OneDnnPointwise(int threads) {
        super(threads, PointwiseOperands::of);
    }

    @Override
    protected Computation bind(PointwiseOperands operands) {
        PointwiseShape shape = operands.shape();
        memory.desc layout = layout(shape.dimensions());
        return switch (shape.kind()) {
            case RELU, SIGMOID, TANH, EXP, GELU, SILU -> eltwise(operands, layout);
            case ADD, MUL -> binary(operands, layout);
            case SOFTMAX, LOG_SOFTMAX -> softmax(operands, layout);
            case LAYER_NORM -> layerNorm(operands, layout);
            case BATCH_NORM -> batchNorm(operands, layout);
            case CROSS_ENTROPY, ADAM -> throw new UnsupportedOperationException("no such primitive");
        };
    }

    private Computation eltwise(PointwiseOperands operands, memory.desc layout) {
        PointwiseShape shape = operands.shape();
        boolean useResult = shape.kind() != PointwiseShape.Kind.GELU && shape.kind() != PointwiseShape.Kind.SILU;
        dnnl.algorithm method = switch (shape.kind()) {
            case RELU -> dnnl.algorithm.eltwise_relu_use_dst_for_bwd;
            case SIGMOID -> dnnl.algorithm.eltwise_logistic_use_dst_for_bwd;
            case TANH -> dnnl.algorithm.eltwise_tanh_use_dst_for_bwd;
            case EXP -> dnnl.algorithm.eltwise_exp;
            case GELU -> dnnl.algorithm.eltwise_gelu_erf;
            default -> dnnl.algorithm.eltwise_swish;
        };
        float alpha = shape.kind() == PointwiseShape.Kind.RELU ? 0f : 1f;
        var forward = new eltwise_forward.primitive_desc(cpu, TRAINING, method, layout, layout, alpha);
        memory x = tensor(layout, operands.x());
        var y = new memory(layout, cpu);
        Computation computation = computation(new eltwise_forward(forward),
                arguments(dnnl.DNNL_ARG_SRC, x, dnnl.DNNL_ARG_DST, y), y);
        if (shape.isForward()) {
            return computation;
        }
        computation.operation().run();
        var dx = new memory(layout, cpu);
        var backward = new eltwise_backward.primitive_desc(cpu, method, layout, layout, layout, alpha, forward);
        return computation(new eltwise_backward(backward),
                arguments(useResult ? dnnl.DNNL_ARG_DST : dnnl.DNNL_ARG_SRC, useResult ? y : x,
                        dnnl.DNNL_ARG_DIFF_DST, tensor(layout, operands.dy()), dnnl.DNNL_ARG_DIFF_SRC, dx),
                dx);
    }

    private Computation binary(PointwiseOperands operands, memory.desc layout) {
        PointwiseShape shape = operands.shape();
        boolean add = shape.kind() == PointwiseShape.Kind.ADD;
        var step = new binary(new binary.primitive_desc(cpu, add
                ? dnnl.algorithm.binary_add
                : dnnl.algorithm.binary_mul, layout, layout, layout));
        memory a = tensor(layout, operands.x());
        memory b = tensor(layout, operands.dy());
        var y = new memory(layout, cpu);
        IntMemoryMap first = arguments(dnnl.DNNL_ARG_SRC_0, a, dnnl.DNNL_ARG_SRC_1, b, dnnl.DNNL_ARG_DST, y);
        if (shape.isForward()) {
            return computation(step, first, y);
        }
        var db = new memory(layout, cpu);
        IntMemoryMap second = arguments(dnnl.DNNL_ARG_SRC_0, a, dnnl.DNNL_ARG_SRC_1, a, dnnl.DNNL_ARG_DST, db);
        return new Computation(() -> {
            execute(step, first);
            execute(step, second);
        }, () -> values(y));
    }

    private Computation softmax(PointwiseOperands operands, memory.desc layout) {
        PointwiseShape shape = operands.shape();
        dnnl.algorithm method = shape.kind() == PointwiseShape.Kind.SOFTMAX
                ? dnnl.algorithm.softmax_accurate
                : dnnl.algorithm.softmax_log;
        var forward = new softmax_forward.primitive_desc(cpu, TRAINING, method, layout, layout, 1);
        var y = new memory(layout, cpu);
        Computation computation = computation(new softmax_forward(forward),
                arguments(dnnl.DNNL_ARG_SRC, tensor(layout, operands.x()), dnnl.DNNL_ARG_DST, y), y);
        if (shape.isForward()) {
            return computation;
        }
        computation.operation().run();
        var dx = new memory(layout, cpu);
        var backward = new softmax_backward.primitive_desc(cpu, method, layout, layout, layout, 1, forward);
        return computation(new softmax_backward(backward), arguments(dnnl.DNNL_ARG_DST, y, dnnl.DNNL_ARG_DIFF_DST,
                tensor(layout, operands.dy()), dnnl.DNNL_ARG_DIFF_SRC, dx), dx);
    }

    private Computation layerNorm(PointwiseOperands operands, memory.desc layout) {
        memory.desc statistics = layout(operands.shape().rows());
        var forward = new layer_normalization_forward.primitive_desc(cpu, TRAINING.value, layout, layout, statistics,
                PointwiseOperands.EPSILON, SCALE_AND_SHIFT);
        IntMemoryMap arguments = statistics(operands, layout, statistics);
        Computation computation = forward(new layer_normalization_forward(forward), arguments, layout);
        if (operands.shape().isForward()) {
            return computation;
        }
        computation.operation().run();
        var backward = new layer_normalization_backward.primitive_desc(cpu, dnnl.prop_kind.backward.value, layout,
                layout, layout, statistics, PointwiseOperands.EPSILON, SCALE_AND_SHIFT, forward);
        return backward(new layer_normalization_backward(backward), arguments, operands, layout);
    }

    private Computation batchNorm(PointwiseOperands operands, memory.desc layout) {
        memory.desc statistics = layout(operands.shape().features());
        var forward = new batch_normalization_forward.primitive_desc(cpu, TRAINING.value, layout, layout,
                PointwiseOperands.EPSILON, SCALE_AND_SHIFT);
        IntMemoryMap arguments = statistics(operands, layout, statistics);
        Computation computation = forward(new batch_normalization_forward(forward), arguments, layout);
        if (operands.shape().isForward()) {
            return computation;
        }
        computation.operation().run();
        var backward = new batch_normalization_backward.primitive_desc(cpu, dnnl.prop_kind.backward.value, layout,
                layout, layout, PointwiseOperands.EPSILON, SCALE_AND_SHIFT, forward);
        return backward(new batch_normalization_backward(backward), arguments, operands, layout);
    }

    /** The operands of a normalization, and where its statistics go. */
    private IntMemoryMap statistics(PointwiseOperands operands, memory.desc layout, memory.desc statistics) {
        memory.desc features = layout(operands.shape().features());
        return arguments(dnnl.DNNL_ARG_SRC, tensor(layout, operands.x()), dnnl.DNNL_ARG_SCALE,
                tensor(features, operands.gamma()), dnnl.DNNL_ARG_SHIFT, tensor(features, operands.beta()),
                dnnl.DNNL_ARG_MEAN, new memory(statistics, cpu), dnnl.DNNL_ARG_VARIANCE, new memory(statistics, cpu));
    }

    private Computation forward(primitive step, IntMemoryMap arguments, memory.desc layout) {
        var y = new memory(layout, cpu);
        arguments.put(dnnl.DNNL_ARG_DST, y);
        return computation(step, arguments, y);
    }

    private Computation backward(primitive step, IntMemoryMap known, PointwiseOperands operands, memory.desc layout) {
        memory.desc features = layout(operands.shape().features());
        var dx = new memory(layout, cpu);
        return computation(step,
                arguments(dnnl.DNNL_ARG_SRC, known.get(dnnl.DNNL_ARG_SRC), dnnl.DNNL_ARG_MEAN,
                        known.get(dnnl.DNNL_ARG_MEAN), dnnl.DNNL_ARG_VARIANCE, known.get(dnnl.DNNL_ARG_VARIANCE),
                        dnnl.DNNL_ARG_SCALE, known.get(dnnl.DNNL_ARG_SCALE), dnnl.DNNL_ARG_DIFF_DST,
                        tensor(layout, operands.dy()), dnnl.DNNL_ARG_DIFF_SRC, dx, dnnl.DNNL_ARG_DIFF_SCALE,
                        new memory(features, cpu), dnnl.DNNL_ARG_DIFF_SHIFT, new memory(features, cpu)),
                dx);
    }

    private Computation computation(primitive step, IntMemoryMap arguments, memory result) {
        return new Computation(() -> execute(step, arguments), () -> values(result));
    }

    private static memory.desc layout(long... sizes) {
        memory.format_tag tag = switch (sizes.length) {
            case 1 -> memory.format_tag.a;
            case 2 -> memory.format_tag.ab;
            default -> memory.format_tag.abcd;
        };
        return new memory.desc(sizes, memory.data_type.f32, tag);
    }
}
