package lanewise.bench.bytedeco;

import java.nio.charset.StandardCharsets;
import lanewise.bench.contest.CheckedEngine;
import lanewise.bench.contest.Computation;
import lanewise.bench.contest.Operation;
import lanewise.bench.pointwise.PointwiseOperands;
import lanewise.bench.pointwise.PointwiseShape;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.mkl.global.mkl_rt;

/** The vector functions of MKL, in the mode that allows errors of some units in the last place. */
public final class MklPointwise extends CheckedEngine<PointwiseOperands> {

    private static final int VERSION_LENGTH = 256;

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public MklPointwise(int threads) {
        super(PointwiseOperands::of);
        mkl_rt.MKL_Set_Dynamic(0);
        mkl_rt.MKL_Set_Num_Threads(threads);
        mkl_rt.vmlSetMode(mkl_rt.VML_LA);
    }

    @Override
    public String description() {
        byte[] version = new byte[VERSION_LENGTH];
        mkl_rt.MKL_Get_Version_String(version, VERSION_LENGTH);
        String text = new String(version, StandardCharsets.US_ASCII);
        return text.substring(0, Math.max(0, text.indexOf('\0'))).strip() + ", threads " + mkl_rt.MKL_Get_Max_Threads();
    }

    @Override
    protected Computation bind(PointwiseOperands operands) {
        PointwiseShape shape = operands.shape();
        int n = shape.length();
        var y = new OffHeap(n);
        FloatPointer x = OffHeap.copyOf(operands.x()).pointer();
        FloatPointer b = OffHeap.copyOf(operands.dy()).pointer();
        if (!shape.isForward()) {
            throw new UnsupportedOperationException("forward only");
        }
        Operation operation = switch (shape.kind()) {
            case TANH -> () -> mkl_rt.vsTanh(n, x, y.pointer());
            case ADD -> () -> mkl_rt.vsAdd(n, x, b, y.pointer());
            case MUL -> () -> mkl_rt.vsMul(n, x, b, y.pointer());
            case RELU, SIGMOID, GELU, SILU, SOFTMAX, LOG_SOFTMAX, CROSS_ENTROPY, LAYER_NORM, BATCH_NORM, ADAM ->
                throw new UnsupportedOperationException("no such function");
        };
        return new Computation(operation, y::toArray);
    }
}
