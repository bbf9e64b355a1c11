package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.attention.RotaryEmbedding;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** y = x with the elements of each head turned by angles that grow with the token's position. */
public final class RotaryOperation extends Operation {

    /** The cosines and sines of the angles: position p of pair i has the angle p / base^(2i / dim). */
    public static final class Angles {

        private final int tokens;
        private final int pairs;
        private final float[] cos;
        private final float[] sin;

        private Angles(int tokens, int pairs) {
            this.tokens = tokens;
            this.pairs = pairs;
            cos = new float[Math.multiplyExact(tokens, pairs)];
            sin = new float[cos.length];
        }

        /**
         * Those of Su et al. 2021.
         *
         * @param tokens the greatest number of positions, at least 1
         * @param dim elements of a head, an even number
         * @param base of the wavelengths, greater than 1; 10000 is the custom
         * @return the angles
         */
        public static Angles of(int tokens, int dim, double base) {
            if (tokens < 1 || dim < 2 || dim % 2 != 0 || !(base > 1)) {
                throw new IllegalArgumentException("rotary: tokens = " + tokens + ", dim = " + dim + ", base = " + base
                        + ", need tokens >= 1, an even dim >= 2 and base > 1");
            }
            Angles angles = new Angles(tokens, dim / 2);
            for (int t = 0; t < tokens; t++) {
                for (int i = 0; i < angles.pairs; i++) {
                    // StrictMath: the same bits everywhere.
                    double angle = t / StrictMath.pow(base, 2.0 * i / dim);
                    angles.cos[t * angles.pairs + i] = (float) StrictMath.cos(angle);
                    angles.sin[t * angles.pairs + i] = (float) StrictMath.sin(angle);
                }
            }
            return angles;
        }
    }

    private final Tensor x;
    private final int heads;
    private final Angles angles;
    private final int firstPosition;

    private RotaryOperation(Tensor x, int heads, Angles angles, int firstPosition) {
        this.x = x;
        this.heads = heads;
        this.angles = angles;
        this.firstPosition = firstPosition;
    }

    /**
     * Turned heads; the elements of a pair are one of each half of the head, as ONNX has them without interleaving.
     *
     * @param x [n, tokens, heads * dim]
     * @param heads of each token
     * @param angles of dim / 2 pairs
     * @param firstPosition of the first token, from 0 on
     * @return the same shape
     */
    public static Tensor apply(Tensor x, int heads, Angles angles, int firstPosition) {
        Shape shape = x.shape();
        int size = 2 * angles.pairs * heads;
        if (shape.rank() != 3 || shape.size(2) != size || firstPosition < 0
                || shape.size(1) > angles.tokens - firstPosition) {
            throw new IllegalArgumentException("rotary: x is " + shape + " from position " + firstPosition
                    + ", need [n, tokens, " + size + "] and positions below " + angles.tokens);
        }
        Step step = Step.of("rotary", x);
        Tensor y = step.result(shape);
        int at = firstPosition * angles.pairs;
        RotaryEmbedding.forward(step.workers(), shape.size(0), shape.size(1), heads, 2 * angles.pairs,
                2 * angles.pairs, false, x.data(), x.offset(), angles.cos, at, angles.sin, at, y.data(), y.offset());
        return step.records(x) ? step.record(y, new RotaryOperation(x, heads, angles, firstPosition)) : y;
    }

    @Override
    protected void backward(Workers workers, Tensor y) {
        boolean accumulate = accumulates(x);
        Tensor dy = y.grad();
        Tensor dx = x.grad();
        int at = firstPosition * angles.pairs;
        RotaryEmbedding.backward(workers, x.shape().size(0), x.shape().size(1), heads, 2 * angles.pairs,
                2 * angles.pairs, false, dy.data(), dy.offset(), angles.cos, at, angles.sin, at, dx.data(),
                dx.offset(), accumulate);
    }
}
