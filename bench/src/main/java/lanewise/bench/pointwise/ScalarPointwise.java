package lanewise.bench.pointwise;

import lanewise.bench.contest.Computation;
import lanewise.bench.contest.Operation;
import lanewise.bench.contest.ScalarEngine;

/** Plain loops, of those operations that one would write as a single loop. */
public final class ScalarPointwise extends ScalarEngine<PointwiseOperands> {

    private interface Function {
        float of(float x);
    }

    /**
     * Makes the engine.
     *
     * @param threads 1
     */
    public ScalarPointwise(int threads) {
        super(threads, PointwiseOperands::of);
    }

    @Override
    protected Computation bind(PointwiseOperands operands) {
        float[] x = operands.x();
        float[] dy = operands.dy();
        float[] result = operands.result();
        boolean forward = operands.shape().isForward();
        Operation operation = switch (operands.shape().kind()) {
            case RELU -> forward
                    ? map(x, result, v -> Math.max(v, 0))
                    : scale(x, dy, result, v -> v > 0 ? 1 : 0);
            case SIGMOID -> forward
                    ? map(x, result, ScalarPointwise::sigmoid)
                    : scale(x, dy, result, v -> sigmoid(v) * (1 - sigmoid(v)));
            case TANH -> forward
                    ? map(x, result, ScalarPointwise::tanh)
                    : scale(x, dy, result, v -> 1 - tanh(v) * tanh(v));
            case EXP -> map(x, result, v -> (float) Math.exp(v));
            case SILU -> forward
                    ? map(x, result, v -> v * sigmoid(v))
                    : scale(x, dy, result, v -> sigmoid(v) * (1 + v * (1 - sigmoid(v))));
            case ADD -> () -> {
                for (int i = 0; i < result.length; i++) {
                    result[i] = x[i] + dy[i];
                }
            };
            case MUL -> {
                if (!forward) {
                    throw new UnsupportedOperationException("twice the forward pass");
                }
                yield scale(x, dy, result, v -> v);
            }
            case GELU, SOFTMAX, LOG_SOFTMAX, CROSS_ENTROPY, LAYER_NORM, BATCH_NORM, ADAM ->
                throw new UnsupportedOperationException("more than a loop");
        };
        return Computation.into(result, operation);
    }

    private static Operation map(float[] x, float[] y, Function function) {
        return () -> {
            for (int i = 0; i < y.length; i++) {
                y[i] = function.of(x[i]);
            }
        };
    }

    private static Operation scale(float[] x, float[] dy, float[] dx, Function slope) {
        return () -> {
            for (int i = 0; i < dx.length; i++) {
                dx[i] = slope.of(x[i]) * dy[i];
            }
        };
    }

    private static float sigmoid(float v) {
        return (float) (1 / (1 + Math.exp(-v)));
    }

    private static float tanh(float v) {
        return (float) Math.tanh(v);
    }
}
