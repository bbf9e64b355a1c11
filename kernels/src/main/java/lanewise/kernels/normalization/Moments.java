package lanewise.kernels.normalization;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;
import lanewise.kernels.internal.Lanes;
import lanewise.kernels.internal.SumJob;

/**
 * Mean and deviation of some elements, in one or more segments: first {@link #start}, then {@link #add} each segment until
 * {@link #settle} agrees, then {@link #finish}. Sums are taken by {@link Lanes#SUM_LANES}
 * running sums in blocks of {@link SumJob#BLOCK}, whose results are added in double precision.
 *
 * <p>
 * One pass serves almost always: differences are taken to the mean of the first elements, which costs no digits as long as that
 * is within a deviation of the mean. Elsewhere a second pass takes them to the mean that the first one found.
 */
class Moments extends Apart {

    /** Elements of the statistics that are kept for the backward pass. */
    static final int KEPT = 3;

    /** Scratch elements that sums need. */
    static final int SCRATCH = 2 * Lanes.SUM_LANES;

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final Class<FloatVector> VECTOR = Lanes.VECTOR;
    private static final int LANES = Lanes.LANES;
    private static final int SUM_LANES = Lanes.SUM_LANES;
    private static final boolean FMA = Lanes.FMA;

    private static final int SAMPLES = 8;

    /** What is subtracted from an element. */
    float shift;
    /** The factor of the difference. */
    float scale;
    /** What is added to the product: the normalized element is scale · (x − shift) + offset. */
    float offset;
    /** The exact mean. */
    double mean;
    /** The mean of the squared distances to the mean. */
    double variance;
    /** The first of two sums over pairs. */
    double sum;
    /** The second. */
    double product;

    private double first;
    private double second;
    private double rest;
    private int passes;

    /** Two lines of the caches after the fields as well. */
    @SuppressWarnings({"unused", "MultipleVariableDeclarations"})
    private static final class OfWorker extends Moments {
        private long b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14, b15;
    }

    /** One for each worker of a team: those that are there, if they are enough. */
    static Moments[] forTeam(Workers workers, Moments... present) {
        if (present.length >= workers.threads()) {
            return present;
        }
        Moments[] moments = new Moments[workers.threads()];
        Arrays.setAll(moments, i -> new OfWorker());
        return moments;
    }

    /** Begins, with a segment whose first elements decide where differences are taken to. */
    void start(int n, float[] x, int xo) {
        // The first ones: others would be read from memory before anything can begin.
        int few = Math.min(n, SAMPLES);
        float sum = 0;
        for (int i = 0; i < few; i++) {
            sum += x[xo + i];
        }
        shift = sum / few;
        first = 0;
        second = 0;
        passes = 0;
    }

    void add(int n, float[] x, int xo, float[] scratch) {
        for (int i = 0; i < n; i += SumJob.BLOCK) {
            squares(Math.min(SumJob.BLOCK, n - i), x, xo + i, shift, scratch);
            first += Lanes.sum(scratch, 0);
            second += Lanes.sum(scratch, SUM_LANES);
        }
    }

    /** Takes mean and variance of what was added. If differences were taken to a number too far from the mean, begins again, once. */
    boolean settle(long count) {
        passes++;
        rest = first / count;
        mean = shift + rest;
        variance = Math.max(0, second / count - rest * rest);
        if (passes == 2 || !(rest * rest > variance)) {
            return true;
        }
        shift = (float) mean;
        first = 0;
        second = 0;
        return false;
    }

    void finish(float epsilon) {
        shift = (float) mean;
        use(shift - mean, epsilon);
    }

    /** Normalizes with given statistics. */
    void use(float givenMean, float givenVariance, float epsilon) {
        shift = givenMean;
        variance = givenVariance;
        use(0, epsilon);
        sum = 0;
        product = 0;
    }

    private void use(double lost, float epsilon) {
        double inverse = 1 / Math.sqrt(variance + epsilon);
        scale = (float) inverse;
        offset = (float) (lost * inverse);
    }

    /** Keeps what normalizes an element. */
    void keep(float[] statistics, int so) {
        statistics[so] = shift;
        statistics[so + 1] = scale;
        statistics[so + 2] = offset;
    }

    /** Normalizes with what {@link #keep} kept, and clears the sums over pairs. */
    void recall(float[] statistics, int so) {
        shift = statistics[so];
        scale = statistics[so + 1];
        offset = statistics[so + 2];
        sum = 0;
        product = 0;
    }

    /** Normalizes by a factor alone, and clears the sums over pairs. */
    void useInverse(float inverse) {
        shift = 0;
        scale = inverse;
        offset = 0;
        sum = 0;
        product = 0;
    }

    /** Adds Σ dy and Σ dy · normalized x to the sums. */
    void addPairs(int n, float[] x, int xo, float[] dy, int dyo, float[] scratch) {
        for (int i = 0; i < n; i += SumJob.BLOCK) {
            pairs(Math.min(SumJob.BLOCK, n - i), x, xo + i, dy, dyo + i, scratch);
            sum += Lanes.sum(scratch, 0);
            product += Lanes.sum(scratch, SUM_LANES);
        }
    }

    /** Adds Σ g and Σ g · normalized x to the sums, where g is dy times a weight per element. */
    void addPairs(int n, float[] x, int xo, float[] dy, int dyo, float[] weight, int wo, float[] scratch) {
        for (int i = 0; i < n; i += SumJob.BLOCK) {
            pairs(Math.min(SumJob.BLOCK, n - i), x, xo + i, dy, dyo + i, weight, wo + i, scratch);
            sum += Lanes.sum(scratch, 0);
            product += Lanes.sum(scratch, SUM_LANES);
        }
    }

    private static void squares(int n, float[] x, int xo, float shift, float[] sums) {
        int main = n - n % SUM_LANES;
        for (int lane = 0; lane < SUM_LANES; lane += 2 * LANES) {
            squares(main, x, xo + lane, shift, sums, lane);
        }
        for (int i = main; i < n; i++) {
            float d = x[xo + i] - shift;
            sums[i - main] += d;
            sums[SUM_LANES + i - main] = Lanes.fma(d, d, sums[SUM_LANES + i - main]);
        }
    }

    private static void squares(int n, float[] x, int xo, float shift, float[] sums, int lane) {
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = FloatVector.zero(FLOATS);
        FloatVector square0 = FloatVector.zero(FLOATS);
        FloatVector square1 = FloatVector.zero(FLOATS);
        for (int i = 0; i < n; i += SUM_LANES) {
            FloatVector d0 = FloatVector.fromArray(FLOATS, x, xo + i).sub(shift);
            FloatVector d1 = FloatVector.fromArray(FLOATS, x, xo + i + LANES).sub(shift);
            sum0 = d0.add(sum0);
            sum1 = d1.add(sum1);
            square0 = FMA ? d0.fma(d0, square0) : d0.mul(d0).add(square0);
            square1 = FMA ? d1.fma(d1, square1) : d1.mul(d1).add(square1);
        }
        VECTOR.cast(sum0).intoArray(sums, lane);
        VECTOR.cast(sum1).intoArray(sums, lane + LANES);
        VECTOR.cast(square0).intoArray(sums, SUM_LANES + lane);
        VECTOR.cast(square1).intoArray(sums, SUM_LANES + lane + LANES);
    }

    private void pairs(int n, float[] x, int xo, float[] dy, int dyo, float[] sums) {
        int main = n - n % SUM_LANES;
        for (int lane = 0; lane < SUM_LANES; lane += 2 * LANES) {
            pairs(main, x, xo + lane, shift, scale, offset, dy, dyo + lane, sums, lane);
        }
        for (int i = main; i < n; i++) {
            addPair(dy[dyo + i], x[xo + i], sums, i - main);
        }
    }

    // The two kinds of pairs share no loop: C2 would inline both into every caller, beyond its budget.
    private void pairs(int n, float[] x, int xo, float[] dy, int dyo, float[] weight, int wo, float[] sums) {
        int main = n - n % SUM_LANES;
        for (int lane = 0; lane < SUM_LANES; lane += 2 * LANES) {
            pairs(main, x, xo + lane, shift, scale, offset, dy, dyo + lane, weight, wo + lane, sums, lane);
        }
        for (int i = main; i < n; i++) {
            addPair(dy[dyo + i] * weight[wo + i], x[xo + i], sums, i - main);
        }
    }

    private void addPair(float g, float x, float[] sums, int lane) {
        sums[lane] += g;
        sums[SUM_LANES + lane] = Lanes.fma(g, Lanes.fma(scale, x - shift, offset), sums[SUM_LANES + lane]);
    }

    private static void pairs(int n, float[] x, int xo, float shift, float scale, float offset, float[] dy, int dyo,
            float[] sums, int lane) {
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = FloatVector.zero(FLOATS);
        FloatVector product0 = FloatVector.zero(FLOATS);
        FloatVector product1 = FloatVector.zero(FLOATS);
        for (int i = 0; i < n; i += SUM_LANES) {
            FloatVector factor = FloatVector.broadcast(FLOATS, scale);
            FloatVector rest = FloatVector.broadcast(FLOATS, offset);
            FloatVector distance0 = FloatVector.fromArray(FLOATS, x, xo + i).sub(shift);
            FloatVector distance1 = FloatVector.fromArray(FLOATS, x, xo + i + LANES).sub(shift);
            FloatVector z0 = FMA ? factor.fma(distance0, rest) : factor.mul(distance0).add(rest);
            FloatVector z1 = FMA ? factor.fma(distance1, rest) : factor.mul(distance1).add(rest);
            FloatVector g0 = FloatVector.fromArray(FLOATS, dy, dyo + i);
            FloatVector g1 = FloatVector.fromArray(FLOATS, dy, dyo + i + LANES);
            sum0 = g0.add(sum0);
            sum1 = g1.add(sum1);
            product0 = FMA ? g0.fma(z0, product0) : g0.mul(z0).add(product0);
            product1 = FMA ? g1.fma(z1, product1) : g1.mul(z1).add(product1);
        }
        VECTOR.cast(sum0).intoArray(sums, lane);
        VECTOR.cast(sum1).intoArray(sums, lane + LANES);
        VECTOR.cast(product0).intoArray(sums, SUM_LANES + lane);
        VECTOR.cast(product1).intoArray(sums, SUM_LANES + lane + LANES);
    }

    private static void pairs(int n, float[] x, int xo, float shift, float scale, float offset, float[] dy, int dyo,
            float[] weight, int wo, float[] sums, int lane) {
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = FloatVector.zero(FLOATS);
        FloatVector product0 = FloatVector.zero(FLOATS);
        FloatVector product1 = FloatVector.zero(FLOATS);
        for (int i = 0; i < n; i += SUM_LANES) {
            FloatVector factor = FloatVector.broadcast(FLOATS, scale);
            FloatVector rest = FloatVector.broadcast(FLOATS, offset);
            FloatVector distance0 = FloatVector.fromArray(FLOATS, x, xo + i).sub(shift);
            FloatVector distance1 = FloatVector.fromArray(FLOATS, x, xo + i + LANES).sub(shift);
            FloatVector z0 = FMA ? factor.fma(distance0, rest) : factor.mul(distance0).add(rest);
            FloatVector z1 = FMA ? factor.fma(distance1, rest) : factor.mul(distance1).add(rest);
            FloatVector g0 = FloatVector.fromArray(FLOATS, dy, dyo + i)
                    .mul(FloatVector.fromArray(FLOATS, weight, wo + i));
            FloatVector g1 = FloatVector.fromArray(FLOATS, dy, dyo + i + LANES)
                    .mul(FloatVector.fromArray(FLOATS, weight, wo + i + LANES));
            sum0 = g0.add(sum0);
            sum1 = g1.add(sum1);
            product0 = FMA ? g0.fma(z0, product0) : g0.mul(z0).add(product0);
            product1 = FMA ? g1.fma(z1, product1) : g1.mul(z1).add(product1);
        }
        VECTOR.cast(sum0).intoArray(sums, lane);
        VECTOR.cast(sum1).intoArray(sums, lane + LANES);
        VECTOR.cast(product0).intoArray(sums, SUM_LANES + lane);
        VECTOR.cast(product1).intoArray(sums, SUM_LANES + lane + LANES);
    }
}
