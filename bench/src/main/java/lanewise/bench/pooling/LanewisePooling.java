package lanewise.bench.pooling;

import lanewise.bench.contest.Computation;
import lanewise.bench.contest.LanewiseEngine;
import lanewise.bench.contest.Operation;
import lanewise.kernels.pooling.AveragePooling;
import lanewise.kernels.pooling.LpPooling;
import lanewise.kernels.pooling.MaxPooling;
import lanewise.kernels.pooling.PoolingGeometry;

/** The pooling by Lanewise. */
public final class LanewisePooling extends LanewiseEngine<PoolingOperands> {

    /**
     * Makes the engine.
     *
     * @param threads the number of threads
     */
    public LanewisePooling(int threads) {
        super(threads, PoolingOperands::of);
    }

    @Override
    protected Computation bind(PoolingOperands operands) {
        PoolingShape shape = operands.shape();
        PoolingGeometry geometry = PoolingGeometry
                .of2d(shape.n(), shape.c(), shape.h(), shape.w(), shape.kernel(), shape.kernel())
                .stride(shape.stride()).padding(shape.pad());
        float[] x = operands.x();
        float[] dy = operands.dy();
        float[] result = operands.result();
        return Computation.into(result,
                shape.forward() ? forward(shape, geometry, x, result) : backward(shape, geometry, x, dy, result));
    }

    private Operation forward(PoolingShape shape, PoolingGeometry geometry, float[] x, float[] y) {
        return switch (shape.kind()) {
            case MAX -> () -> MaxPooling.forward(workers, geometry, x, 0, y, 0);
            case AVERAGE -> () -> AveragePooling.forward(workers, geometry, false, x, 0, y, 0);
            case L2 -> () -> LpPooling.forward(workers, geometry, 2, x, 0, y, 0);
        };
    }

    private Operation backward(PoolingShape shape, PoolingGeometry geometry, float[] x, float[] dy, float[] dx) {
        float[] y = new float[shape.outputLength()];
        return switch (shape.kind()) {
            case MAX -> {
                int[] argmax = new int[y.length];
                MaxPooling.forward(workers, geometry, x, 0, y, 0, argmax, 0);
                yield () -> MaxPooling.backward(workers, geometry, dy, 0, argmax, 0, dx, 0, false);
            }
            case AVERAGE -> () -> AveragePooling.backward(workers, geometry, false, dy, 0, dx, 0, false);
            case L2 -> {
                LpPooling.forward(workers, geometry, 2, x, 0, y, 0);
                yield () -> LpPooling.backward(workers, geometry, 2, x, 0, y, 0, dy, 0, dx, 0, false);
            }
        };
    }
}
