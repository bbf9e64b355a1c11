package lanewise.bench.pointwise;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import lanewise.bench.contest.Operands;
import lanewise.bench.contest.Problem;

/** A tensor, the gradient of the output (or a second operand), scales and shifts, labels, and the result. */
public final class PointwiseOperands implements Problem {

    /** Added to variances, and to Adam's root. */
    public static final float EPSILON = 1e-5f;
    /** Adam's step length. */
    public static final float LEARNING_RATE = 1e-3f;
    /** Adam's share of the old mean of gradients. */
    public static final float BETA1 = 0.9f;
    /** Adam's share of the old mean of their squares. */
    public static final float BETA2 = 0.999f;

    // Sums over 4096 rows or 100,000 elements of a channel, relative to the greatest element.
    private static final double TOLERANCE = 2e-5;
    private static final int SAMPLES = 64;
    // The range in which activations are neither linear nor constant.
    private static final float RANGE = 8;

    private final PointwiseShape shape;
    private final float[] x;
    private final float[] dy;
    private final float[] gamma;
    private final float[] beta;
    private final int[] labels;
    private final float[] result;

    private PointwiseOperands(PointwiseShape shape) {
        this.shape = shape;
        SplittableRandom random = Operands.random();
        x = Operands.uniform(random, shape.length());
        for (int i = 0; i < x.length; i++) {
            x[i] *= RANGE;
        }
        dy = Operands.uniform(random, shape.length());
        gamma = Operands.uniform(random, shape.features());
        beta = Operands.uniform(random, shape.features());
        labels = random.ints(shape.rows(), 0, shape.features()).toArray();
        boolean isLoss = shape.kind() == PointwiseShape.Kind.CROSS_ENTROPY && shape.isForward();
        result = new float[isLoss ? 1 : shape.length()];
    }

    /**
     * Makes the operands of a workload.
     *
     * @param workload a name that {@link PointwiseShape#parse} reads
     * @return the operands
     */
    public static PointwiseOperands of(String workload) {
        return new PointwiseOperands(PointwiseShape.parse(workload));
    }

    /**
     * What is computed.
     *
     * @return the shape
     */
    public PointwiseShape shape() {
        return shape;
    }

    /**
     * The tensor; of a product or a sum the first operand, of an update the weights.
     *
     * @return row-major
     */
    public float[] x() {
        return x;
    }

    /**
     * The gradient of the output; of a product or a sum the second operand, of an update the gradient of the weights. The
     * gradient of a product takes x for the gradient of its output too.
     *
     * @return row-major
     */
    public float[] dy() {
        return dy;
    }

    /**
     * The scales of a normalization.
     *
     * @return one for each feature
     */
    public float[] gamma() {
        return gamma;
    }

    /**
     * The shifts of a normalization.
     *
     * @return one for each feature
     */
    public float[] beta() {
        return beta;
    }

    /**
     * The classes.
     *
     * @return one for each row
     */
    public int[] labels() {
        return labels;
    }

    /**
     * The tensor that is computed; the loss is one element.
     *
     * @return the result
     */
    public float[] result() {
        return result;
    }

    /** Compares some elements, the first and the last among them, with their formulas in double precision. */
    @Override
    public void verify(float[] computed) {
        int[] elements = IntStream.concat(IntStream.of(0, result.length - 1),
                new SplittableRandom(1).ints(Math.min(SAMPLES, result.length), 0, result.length)).toArray();
        Operands.requireAgreement(shape.name(), computed, result.length, elements, exact(), TOLERANCE);
    }

    private IntToDoubleFunction exact() {
        return switch (shape.kind()) {
            case ADD -> i -> (double) x[i] + dy[i];
            case MUL -> i -> (double) x[i] * dy[i];
            case SOFTMAX, LOG_SOFTMAX, CROSS_ENTROPY -> i -> ofSoftmax(i / shape.features(), i % shape.features());
            case LAYER_NORM -> i -> normalized(i, i - i % shape.features(), 1, shape.features());
            case BATCH_NORM -> i -> normalized(i, i / shape.spatial() % shape.features() * shape.spatial(),
                    shape.rows(), shape.spatial());
            case ADAM -> i -> x[i] - LEARNING_RATE * dy[i] / (Math.abs((double) dy[i]) + EPSILON);
            default -> i -> shape.isForward() ? activation(x[i]) : dy[i] * slope(x[i]);
        };
    }

    private double activation(double v) {
        return switch (shape.kind()) {
            case RELU -> Math.max(v, 0);
            case SIGMOID -> sigmoid(v);
            case TANH -> Math.tanh(v);
            case EXP -> Math.exp(v);
            case SILU -> v * sigmoid(v);
            default -> v * normalDistribution(v);
        };
    }

    private double slope(double v) {
        double s = sigmoid(v);
        return switch (shape.kind()) {
            case RELU -> v > 0 ? 1 : 0;
            case SIGMOID -> s * (1 - s);
            case TANH -> 1 - Math.tanh(v) * Math.tanh(v);
            case SILU -> s * (1 + v * (1 - s));
            default -> normalDistribution(v) + v * Math.exp(-v * v / 2) / Math.sqrt(2 * Math.PI);
        };
    }

    private static double sigmoid(double v) {
        return 1 / (1 + Math.exp(-v));
    }

    /** The series of Φ about 0: digits enough for |v| ≤ RANGE / 2. */
    static double normalDistribution(double v) {
        double term = v / Math.sqrt(2 * Math.PI);
        double sum = 0.5;
        for (int k = 0; k < 100; k++) {
            sum += term / (2 * k + 1);
            term *= -v * v / (2 * (k + 1));
        }
        return sum;
    }

    private double ofSoftmax(int row, int column) {
        double[] p = IntStream.range(0, shape.features()).mapToDouble(j -> Math.exp(x[row * shape.features() + j]))
                .toArray();
        double sum = Arrays.stream(p).sum();
        double own = p[column] / sum;
        boolean isLoss = shape.kind() == PointwiseShape.Kind.CROSS_ENTROPY;
        if (isLoss) {
            return shape.isForward() ? loss() : (own - (labels[row] == column ? 1 : 0)) / shape.rows();
        }
        boolean isLog = shape.kind() == PointwiseShape.Kind.LOG_SOFTMAX;
        if (shape.isForward()) {
            return isLog ? Math.log(own) : own;
        }
        double total = IntStream.range(0, shape.features())
                .mapToDouble(j -> dy[row * shape.features() + j] * (isLog ? 1 : p[j] / sum)).sum();
        double mine = dy[row * shape.features() + column];
        return isLog ? mine - own * total : own * (mine - total);
    }

    private double loss() {
        int columns = shape.features();
        return IntStream.range(0, shape.rows())
                .mapToDouble(row -> Math.log(
                        IntStream.range(0, columns).mapToDouble(j -> Math.exp(x[row * columns + j])).sum())
                        - x[row * columns + labels[row]])
                .sum() / shape.rows();
    }

    /** An element of a normalization over pieces that follow each other at the distance of an image. */
    private double normalized(int element, int first, int pieces, int length) {
        int distance = shape.features() * shape.spatial();
        double n = (double) pieces * length;
        int[] members = IntStream.range(0, pieces)
                .flatMap(piece -> IntStream.range(0, length).map(j -> first + piece * distance + j)).toArray();
        double mean = Arrays.stream(members).mapToDouble(i -> x[i]).sum() / n;
        double variance = Arrays.stream(members).mapToDouble(i -> (x[i] - mean) * (x[i] - mean)).sum() / n;
        double scale = 1 / Math.sqrt(variance + EPSILON);
        double own = (x[element] - mean) * scale;
        if (shape.isForward()) {
            return own * gamma[feature(element)] + beta[feature(element)];
        }
        double total = Arrays.stream(members).mapToDouble(i -> dy[i] * gamma[feature(i)]).sum() / n;
        double along = Arrays.stream(members).mapToDouble(i -> dy[i] * gamma[feature(i)] * (x[i] - mean) * scale).sum()
                / n;
        return scale * (dy[element] * gamma[feature(element)] - total - own * along);
    }

    private int feature(int element) {
        return element / shape.spatial() % shape.features();
    }
}
