package lanewise.kernels.internal;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import lanewise.kernels.Workers;

/**
 * One call of a kernel that adds up one term per element, as a job for {@link Workers}.
 *
 * <p>
 * The elements are cut into blocks of a fixed size. A block is summed in float32 by {@link Lanes#SUM_LANES} running sums
 * (element i goes to sum i mod 32) and one fixed tree; the sums of the blocks are added in their order in double
 * precision. So the result depends on neither width nor threads, and its error does not grow with the number of blocks:
 * at most γ({@value #ROUNDINGS}) · Σ|term| before the final rounding, since no term goes through more than 128 additions
 * of its running sum and 5 of the tree.
 */
public abstract class SumJob implements Workers.Job {

    /** Elements of a block: its terms fit in half of the first-level cache. */
    public static final int BLOCK = 4096;

    /** The most roundings that a term of a block goes through. */
    public static final int ROUNDINGS = BLOCK / Lanes.SUM_LANES + 5;

    // Below this, a second thread costs more than it brings.
    private static final int SMALL_BLOCKS = 4;

    private static final VectorSpecies<Float> FLOATS = Lanes.FLOATS;
    private static final Class<FloatVector> VECTOR = Lanes.VECTOR;
    private static final int LANES = Lanes.LANES;
    private static final int SUM_LANES = Lanes.SUM_LANES;

    /** First operand. */
    protected float[] a;
    /** Index of the first operand's first element. */
    protected int aOffset;
    /** Second operand. */
    protected float[] b;
    /** Index of the second operand's first element. */
    protected int bOffset;

    private int n;
    private Workers workers;
    private float[] partials;

    /** For subclasses. */
    protected SumJob() {}

    /**
     * Sums the terms of one block.
     *
     * @param from the first element
     * @param length how many, at most {@link #BLOCK}
     * @param scratch {@code SUM_LANES} elements for {@link #sum}, then {@code BLOCK} elements for terms
     * @return the sum
     */
    protected abstract float block(int from, int length, float[] scratch);

    /**
     * The sum of all terms.
     *
     * @param workers the team
     * @param n number of elements
     * @param a first operand
     * @param aOffset index of its first element
     * @param b second operand, or null
     * @param bOffset index of its first element
     * @return the sum
     */
    public final double total(Workers workers, int n, float[] a, int aOffset, float[] b, int bOffset) {
        this.workers = workers;
        this.n = n;
        this.a = a;
        this.aOffset = aOffset;
        this.b = b;
        this.bOffset = bOffset;
        try {
            int blocks = n / BLOCK + (n % BLOCK == 0 ? 0 : 1);
            return blocks <= SMALL_BLOCKS ? inOrder(blocks) : together(blocks);
        } finally {
            this.a = null;
            this.b = null;
            this.workers = null;
            partials = null;
        }
    }

    @Override
    public final void run(int task, int worker) {
        partials[task] = block(task, worker);
    }

    private double inOrder(int blocks) {
        double total = 0;
        for (int i = 0; i < blocks; i++) {
            total += block(i, 0);
        }
        return total;
    }

    private double together(int blocks) {
        partials = workers.sharedScratch(blocks);
        workers.run(this, blocks);
        double total = 0;
        for (int i = 0; i < blocks; i++) {
            total += partials[i];
        }
        return total;
    }

    private float block(int index, int worker) {
        int from = index * BLOCK;
        return block(from, Math.min(BLOCK, n - from), workers.scratch(worker, SUM_LANES + BLOCK));
    }

    /**
     * The sum of some elements, by {@link Lanes#SUM_LANES} running sums and the fixed tree.
     *
     * @param n number of elements
     * @param x array that holds them
     * @param xOffset index of the first
     * @param sums scratch memory: {@code SUM_LANES} elements from 0
     * @return the sum
     */
    public static float sum(int n, float[] x, int xOffset, float[] sums) {
        int main = n - n % SUM_LANES;
        if (LANES == SUM_LANES / 2) {
            sumByTwo(main, x, xOffset, sums);
        } else {
            for (int lane = 0; lane < SUM_LANES; lane += 4 * LANES) {
                sumByFour(main, x, xOffset + lane, sums, lane);
            }
        }
        for (int i = main; i < n; i++) {
            sums[i - main] += x[xOffset + i];
        }
        return Lanes.sum(sums, 0);
    }

    private static void sumByTwo(int n, float[] x, int xOffset, float[] sums) {
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = FloatVector.zero(FLOATS);
        for (int i = 0; i < n; i += SUM_LANES) {
            sum0 = FloatVector.fromArray(FLOATS, x, xOffset + i).add(sum0);
            sum1 = FloatVector.fromArray(FLOATS, x, xOffset + i + LANES).add(sum1);
        }
        VECTOR.cast(sum0).intoArray(sums, 0);
        VECTOR.cast(sum1).intoArray(sums, LANES);
    }

    private static void sumByFour(int n, float[] x, int xOffset, float[] sums, int lane) {
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = FloatVector.zero(FLOATS);
        FloatVector sum2 = FloatVector.zero(FLOATS);
        FloatVector sum3 = FloatVector.zero(FLOATS);
        for (int i = 0; i < n; i += SUM_LANES) {
            sum0 = FloatVector.fromArray(FLOATS, x, xOffset + i).add(sum0);
            sum1 = FloatVector.fromArray(FLOATS, x, xOffset + i + LANES).add(sum1);
            sum2 = FloatVector.fromArray(FLOATS, x, xOffset + i + 2 * LANES).add(sum2);
            sum3 = FloatVector.fromArray(FLOATS, x, xOffset + i + 3 * LANES).add(sum3);
        }
        VECTOR.cast(sum0).intoArray(sums, lane);
        VECTOR.cast(sum1).intoArray(sums, lane + LANES);
        VECTOR.cast(sum2).intoArray(sums, lane + 2 * LANES);
        VECTOR.cast(sum3).intoArray(sums, lane + 3 * LANES);
    }

    /**
     * The sum of products of some elements, by {@link Lanes#SUM_LANES} running sums and the fixed tree. Products are rounded.
     *
     * @param n number of elements
     * @param a array that holds factors
     * @param aOffset index of the first
     * @param b array that holds the other factors
     * @param bOffset index of the first
     * @param sums scratch memory: {@code SUM_LANES} elements from 0
     * @return the sum
     */
    public static float dot(int n, float[] a, int aOffset, float[] b, int bOffset, float[] sums) {
        int main = n - n % SUM_LANES;
        for (int lane = 0; lane < SUM_LANES; lane += 2 * LANES) {
            dotByTwo(main, a, aOffset + lane, b, bOffset + lane, sums, lane);
        }
        for (int i = main; i < n; i++) {
            sums[i - main] += a[aOffset + i] * b[bOffset + i];
        }
        return Lanes.sum(sums, 0);
    }

    /**
     * The sum of squares of any number of elements, as by {@link #products}.
     *
     * @param n number of elements
     * @param x array that holds them
     * @param xOffset index of the first
     * @param sums scratch memory: {@code SUM_LANES} elements from 0
     * @return the sum
     */
    public static double squares(int n, float[] x, int xOffset, float[] sums) {
        return products(n, x, xOffset, x, xOffset, sums);
    }

    /**
     * The sum of products of any number of elements: blocks by {@link #dot}, added in double precision.
     *
     * @param n number of elements
     * @param a array that holds factors
     * @param aOffset index of the first
     * @param b array that holds the other factors
     * @param bOffset index of the first
     * @param sums scratch memory: {@code SUM_LANES} elements from 0
     * @return the sum
     */
    public static double products(int n, float[] a, int aOffset, float[] b, int bOffset, float[] sums) {
        double total = 0;
        for (int i = 0; i < n; i += BLOCK) {
            total += dot(Math.min(BLOCK, n - i), a, aOffset + i, b, bOffset + i, sums);
        }
        return total;
    }

    /**
     * The sum of magnitudes of any number of elements: blocks by {@link #sum}, added in double precision.
     *
     * @param n number of elements
     * @param x array that holds them
     * @param xOffset index of the first
     * @param scratch scratch memory: {@code SUM_LANES} elements from 0, then {@link #BLOCK} for the magnitudes
     * @return the sum
     */
    public static double magnitudes(int n, float[] x, int xOffset, float[] scratch) {
        double total = 0;
        for (int i = 0; i < n; i += BLOCK) {
            int length = Math.min(BLOCK, n - i);
            magnitudesOf(length, x, xOffset + i, scratch);
            total += sum(length, scratch, SUM_LANES, scratch);
        }
        return total;
    }

    private static void magnitudesOf(int n, float[] x, int xOffset, float[] scratch) {
        int main = FLOATS.loopBound(n);
        for (int i = 0; i < main; i += LANES) {
            FloatVector.fromArray(FLOATS, x, xOffset + i).abs().intoArray(scratch, SUM_LANES + i);
        }
        for (int i = main; i < n; i++) {
            scratch[SUM_LANES + i] = Math.abs(x[xOffset + i]);
        }
    }

    private static void dotByTwo(int n, float[] a, int aOffset, float[] b, int bOffset, float[] sums, int lane) {
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = FloatVector.zero(FLOATS);
        for (int i = 0; i < n; i += SUM_LANES) {
            sum0 = FloatVector.fromArray(FLOATS, a, aOffset + i).mul(FloatVector.fromArray(FLOATS, b, bOffset + i))
                    .add(sum0);
            sum1 = FloatVector.fromArray(FLOATS, a, aOffset + i + LANES)
                    .mul(FloatVector.fromArray(FLOATS, b, bOffset + i + LANES)).add(sum1);
        }
        VECTOR.cast(sum0).intoArray(sums, lane);
        VECTOR.cast(sum1).intoArray(sums, lane + LANES);
    }
}
