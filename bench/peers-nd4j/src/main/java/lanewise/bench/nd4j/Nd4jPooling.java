package lanewise.bench.nd4j;

import lanewise.bench.contest.CheckedEngine;
import lanewise.bench.contest.Computation;
import lanewise.bench.pooling.PoolingOperands;
import lanewise.bench.pooling.PoolingShape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The pooling operations of ND4J, into an array that stands ready. */
public final class Nd4jPooling extends CheckedEngine<PoolingOperands> {

    private static final int NCHW = 0;
    private static final int NO_SAME_MODE = 0;
    private static final int EXCLUDE_PAD = 0;

    private final NativeOps natives;

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public Nd4jPooling(int threads) {
        super(PoolingOperands::of);
        Nd4j.create(1); // loads the library
        natives = NativeOpsHolder.getInstance().getDeviceNativeOps();
        natives.setOmpNumThreads(threads);
    }

    @Override
    public String description() {
        return "ND4J 1.0.0-M2.1, build " + System.getProperty("org.bytedeco.javacpp.platform.extension") + ", threads "
                + natives.ompGetMaxThreads();
    }

    @Override
    protected Computation bind(PoolingOperands operands) {
        PoolingShape shape = operands.shape();
        String name = switch (shape.kind()) {
            case MAX -> "maxpool2d";
            case AVERAGE -> "avgpool2d";
            case L2 -> "pnormpool2d";
        };
        INDArray x = Nd4j.create(operands.x(), shape.imageSizes(), 'c');
        INDArray result = Nd4j.create(operands.result(),
                shape.forward() ? shape.outputSizes() : shape.imageSizes(), 'c');
        INDArray[] inputs = shape.forward()
                ? new INDArray[]{x}
                : new INDArray[]{x, Nd4j.create(operands.dy(), shape.outputSizes(), 'c')};
        int kernel = shape.kernel();
        int power = shape.kind() == PoolingShape.Kind.L2 ? 2 : EXCLUDE_PAD;
        DynamicCustomOp.DynamicCustomOpsBuilder builder = DynamicCustomOp
                .builder(shape.forward() ? name : name + "_bp").addInputs(inputs)
                .addIntegerArguments(kernel, kernel, shape.stride(), shape.stride(), shape.pad(), shape.pad(), 1, 1,
                        NO_SAME_MODE, power, NCHW)
                .addOutputs(result);
        if (!shape.forward() && shape.kind() == PoolingShape.Kind.L2) {
            builder.addFloatingPointArguments(0.0); // the least norm that is divided by
        }
        CustomOp operation = builder.build();
        return new Computation(() -> Nd4j.exec(operation), () -> result.data().asFloat());
    }
}
