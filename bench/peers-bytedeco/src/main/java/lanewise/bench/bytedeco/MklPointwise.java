package lanewise.bench.bytedeco;

import lanewise.bench.contest.CheckedEngine;
import lanewise.bench.contest.Computation;
import lanewise.bench.contest.Operation;
import lanewise.bench.pointwise.PointwiseOperands;
import lanewise.bench.pointwise.PointwiseShape;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.mkl.global.mkl_rt;

/** The vector functions of MKL, in the mode that allows errors of some units in the last place. */
public final class MklPointwise extends CheckedEngine<PointwiseOperands> {

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public MklPointwise(int threads) {
        super(PointwiseOperands::of);
        Mkl.useThreads(threads);
        mkl_rt.vmlSetMode(mkl_rt.VML_LA);
    }

    @Override
    public String description() {
        return Mkl.description();
    }

    @Override
    protected Computation bind(PointwiseOperands operands) {
        PointwiseShape shape = operands.shape();
        if (!shape.isForward()) {
            throw new UnsupportedOperationException("forward only");
        }
        int n = shape.length();
        var y = new OffHeap(n);
        FloatPointer x = OffHeap.copyOf(operands.x()).pointer();
        FloatPointer b = OffHeap.copyOf(operands.dy()).pointer();
        Operation operation = switch (shape.kind()) {
            case TANH -> () -> mkl_rt.vsTanh(n, x, y.pointer());
            case EXP -> () -> mkl_rt.vsExp(n, x, y.pointer());
            case ADD -> () -> mkl_rt.vsAdd(n, x, b, y.pointer());
            case MUL -> () -> mkl_rt.vsMul(n, x, b, y.pointer());
            case RELU, SIGMOID, GELU, SILU, SOFTMAX, LOG_SOFTMAX, CROSS_ENTROPY, LAYER_NORM, BATCH_NORM, ADAM ->
                throw new UnsupportedOperationException("no such function");
        };
        return new Computation(operation, y::toArray);
    }
}
