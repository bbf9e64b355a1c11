package lanewise.bench.pooling;

import java.util.Arrays;
import lanewise.bench.contest.Computation;
import lanewise.bench.contest.ScalarEngine;

/** Pooling as plain loops over the windows. */
public final class ScalarPooling extends ScalarEngine<PoolingOperands> {

    /**
     * Makes the engine.
     *
     * @param threads 1
     */
    public ScalarPooling(int threads) {
        super(threads, PoolingOperands::of);
    }

    @Override
    protected Computation bind(PoolingOperands operands) {
        PoolingShape shape = operands.shape();
        float[] x = operands.x();
        float[] y = shape.forward() ? operands.result() : new float[shape.outputLength()];
        int[] argmax = new int[shape.outputLength()];
        forward(operands, x, y, argmax);
        return Computation.into(operands.result(), () -> {
            if (shape.forward()) {
                forward(operands, x, y, argmax);
            } else {
                backward(operands, x, y, argmax, operands.dy(), operands.result());
            }
        });
    }

    private static void forward(PoolingOperands operands, float[] x, float[] y, int[] argmax) {
        PoolingShape shape = operands.shape();
        int element = 0;
        for (int plane = 0; plane < shape.n() * shape.c(); plane++) {
            for (int p = 0; p < shape.outH(); p++) {
                for (int q = 0; q < shape.outW(); q++) {
                    int best = -1;
                    float sum = 0;
                    for (int h = operands.top(p); h < operands.bottom(p); h++) {
                        for (int w = operands.left(q); w < operands.right(q); w++) {
                            int i = (plane * shape.h() + h) * shape.w() + w;
                            switch (shape.kind()) {
                                case MAX -> best = best < 0 || x[i] > x[best] ? i : best;
                                case AVERAGE -> sum += x[i];
                                case L2 -> sum += x[i] * x[i];
                            }
                        }
                    }
                    argmax[element] = best;
                    y[element] = switch (shape.kind()) {
                        case MAX -> x[best];
                        case AVERAGE -> sum / operands.count(p, q);
                        case L2 -> (float) Math.sqrt(sum);
                    };
                    element++;
                }
            }
        }
    }

    private static void backward(PoolingOperands operands, float[] x, float[] y, int[] argmax, float[] dy, float[] dx) {
        PoolingShape shape = operands.shape();
        Arrays.fill(dx, 0f);
        int element = 0;
        for (int plane = 0; plane < shape.n() * shape.c(); plane++) {
            for (int p = 0; p < shape.outH(); p++) {
                for (int q = 0; q < shape.outW(); q++) {
                    if (shape.kind() == PoolingShape.Kind.MAX) {
                        dx[argmax[element]] += dy[element];
                    } else {
                        boolean average = shape.kind() == PoolingShape.Kind.AVERAGE;
                        float scale = dy[element] / (average ? operands.count(p, q) : y[element]);
                        for (int h = operands.top(p); h < operands.bottom(p); h++) {
                            for (int w = operands.left(q); w < operands.right(q); w++) {
                                int i = (plane * shape.h() + h) * shape.w() + w;
                                dx[i] += average ? scale : scale * x[i];
                            }
                        }
                    }
                    element++;
                }
            }
        }
    }
}
