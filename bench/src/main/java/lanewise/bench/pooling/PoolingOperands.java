package lanewise.bench.pooling;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import lanewise.bench.contest.Operands;
import lanewise.bench.contest.Problem;

/** Images, the gradient of the output, and the tensor that is computed, which starts with zeros. */
public final class PoolingOperands implements Problem {

    // A few roundings; overlapping windows add up to four terms.
    private static final double TOLERANCE = 1e-6;

    private final PoolingShape shape;
    private final float[] x;
    private final float[] dy;
    private final float[] result;

    private PoolingOperands(PoolingShape shape) {
        this.shape = shape;
        SplittableRandom random = Operands.random();
        x = planes(random, shape.n() * shape.c(), shape.h() * shape.w());
        dy = Operands.uniform(random, shape.outputLength());
        result = new float[shape.forward() ? shape.outputLength() : shape.imageLength()];
    }

    /** In each plane the same values in random order: no two are equal, as implementations treat ties in their own ways. */
    private static float[] planes(SplittableRandom random, int count, int length) {
        float[] values = new float[Math.multiplyExact(count, length)];
        for (int plane = 0; plane < count; plane++) {
            int offset = plane * length;
            for (int i = 0; i < length; i++) {
                int j = random.nextInt(i + 1);
                values[offset + i] = values[offset + j];
                values[offset + j] = (i + 0.5f) / length - 0.5f;
            }
        }
        return values;
    }

    /**
     * Makes the operands of a workload.
     *
     * @param workload a name that {@link PoolingShape#parse} reads
     * @return the operands
     */
    public static PoolingOperands of(String workload) {
        return new PoolingOperands(PoolingShape.parse(workload));
    }

    /**
     * The shape of the pooling.
     *
     * @return the shape
     */
    public PoolingShape shape() {
        return shape;
    }

    /**
     * The images.
     *
     * @return NCHW
     */
    public float[] x() {
        return x;
    }

    /**
     * The gradient of the output.
     *
     * @return NCHW
     */
    public float[] dy() {
        return dy;
    }

    /**
     * The tensor that is computed.
     *
     * @return the output, or the gradient of the images
     */
    public float[] result() {
        return result;
    }

    /** Compares all elements with their formulas in double precision. */
    @Override
    public void verify(float[] computed) {
        int[] all = IntStream.range(0, result.length).toArray();
        Operands.requireAgreement(shape.name(), computed, result.length, all,
                shape.forward() ? this::output : this::gradient, TOLERANCE);
    }

    private double output(int element) {
        int q = element % shape.outW();
        int p = element / shape.outW() % shape.outH();
        return output(element / (shape.outW() * shape.outH()), p, q);
    }

    private double output(int plane, int p, int q) {
        double value = shape.kind() == PoolingShape.Kind.MAX ? Double.NEGATIVE_INFINITY : 0;
        for (int h = top(p); h < bottom(p); h++) {
            for (int w = left(q); w < right(q); w++) {
                double element = x[(plane * shape.h() + h) * shape.w() + w];
                value = switch (shape.kind()) {
                    case MAX -> Math.max(value, element);
                    case AVERAGE -> value + element / count(p, q);
                    case L2 -> value + element * element;
                };
            }
        }
        return shape.kind() == PoolingShape.Kind.L2 ? Math.sqrt(value) : value;
    }

    private double gradient(int element) {
        int w = element % shape.w();
        int h = element / shape.w() % shape.h();
        int plane = element / (shape.w() * shape.h());
        double sum = 0;
        for (int p = Math.max(0, Math.ceilDiv(h + shape.pad() - shape.kernel() + 1, shape.stride())); p < shape.outH()
                && top(p) <= h; p++) {
            for (int q = Math.max(0, Math.ceilDiv(w + shape.pad() - shape.kernel() + 1, shape.stride())); q < shape
                    .outW() && left(q) <= w; q++) {
                sum += dy[(plane * shape.outH() + p) * shape.outW() + q] * switch (shape.kind()) {
                    case MAX -> x[element] == output(plane, p, q) ? 1 : 0;
                    case AVERAGE -> 1.0 / count(p, q);
                    case L2 -> x[element] / output(plane, p, q);
                };
            }
        }
        return sum;
    }

    int count(int p, int q) {
        return (bottom(p) - top(p)) * (right(q) - left(q));
    }

    int top(int p) {
        return Math.max(0, p * shape.stride() - shape.pad());
    }

    int bottom(int p) {
        return Math.min(shape.h(), p * shape.stride() - shape.pad() + shape.kernel());
    }

    int left(int q) {
        return Math.max(0, q * shape.stride() - shape.pad());
    }

    int right(int q) {
        return Math.min(shape.w(), q * shape.stride() - shape.pad() + shape.kernel());
    }
}
