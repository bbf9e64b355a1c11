package lanewise.kernels.internal;

import lanewise.kernels.Workers;

/**
 * One call of an element-wise kernel as a job for {@link Workers}: its operands, and a body that computes a range of
 * elements. A kernel keeps one object per team ({@link Workers#reusable}), so that a call allocates nothing.
 *
 * <p>
 * Each element depends on no other, so where the work is cut cannot change a result.
 */
public abstract class ElementwiseJob implements Workers.Job {

    // 32 KiB of each operand: about a microsecond of work, twice what it costs to hand it to a thread that spins.
    private static final int CHUNK = 8192;

    /** Elements of a task of exp and its kin: about as long. */
    protected static final int ELEMENTARY_CHUNK = 2048;

    /** First operand. */
    protected float[] a;
    /** Index of the first operand's first element. */
    protected int aOffset;
    /** Second operand. */
    protected float[] b;
    /** Index of the second operand's first element. */
    protected int bOffset;
    /** Third operand. */
    protected float[] c;
    /** Index of the third operand's first element. */
    protected int cOffset;
    /** Fourth operand. */
    protected float[] d;
    /** Index of the fourth operand's first element. */
    protected int dOffset;
    /** First scalar. */
    protected float alpha;
    /** Second scalar. */
    protected float beta;
    /** Whether the output is added to. */
    protected boolean accumulate;

    private final int chunk;
    private int n;
    private Workers workers;

    /** A job that takes a few operations for each element, and is bound by memory. */
    protected ElementwiseJob() {
        this(CHUNK);
    }

    /**
     * A job whose tasks have so many elements.
     *
     * @param chunk how many take about a microsecond
     */
    protected ElementwiseJob(int chunk) {
        this.chunk = chunk;
    }

    /**
     * Whether a kernel of this size that is bound by memory is faster without other threads: it then calls its body at once.
     *
     * @param n number of elements
     * @return whether to stay on the caller's thread
     */
    public static boolean isSmall(int n) {
        return n <= 4 * CHUNK;
    }

    /**
     * Computes some elements.
     *
     * @param from the first
     * @param length how many
     * @param scratch memory of the worker, {@link VectorMath#BLOCK} elements
     */
    protected abstract void range(int from, int length, float[] scratch);

    /**
     * Sets the operands; those that a kernel does not have are null.
     *
     * @param a first operand
     * @param aOffset index of its first element
     * @param b second operand
     * @param bOffset index of its first element
     * @param c third operand
     * @param cOffset index of its first element
     * @return this
     */
    public final ElementwiseJob operands(float[] a, int aOffset, float[] b, int bOffset, float[] c, int cOffset) {
        this.a = a;
        this.aOffset = aOffset;
        this.b = b;
        this.bOffset = bOffset;
        this.c = c;
        this.cOffset = cOffset;
        return this;
    }

    /**
     * Sets a fourth operand.
     *
     * @param d fourth operand
     * @param dOffset index of its first element
     * @return this
     */
    public final ElementwiseJob fourth(float[] d, int dOffset) {
        this.d = d;
        this.dOffset = dOffset;
        return this;
    }

    /**
     * Sets the scalars.
     *
     * @param alpha first scalar
     * @param beta second scalar
     * @param accumulate whether the output is added to
     * @return this
     */
    public final ElementwiseJob scalars(float alpha, float beta, boolean accumulate) {
        this.alpha = alpha;
        this.beta = beta;
        this.accumulate = accumulate;
        return this;
    }

    /**
     * Computes all elements, on a team where that is faster, and forgets the operands.
     *
     * @param workers the team
     * @param n number of elements
     */
    public final void run(Workers workers, int n) {
        this.n = n;
        this.workers = workers;
        try {
            if (n <= 2 * chunk) {
                range(0, n, workers.scratch(0, VectorMath.BLOCK));
            } else {
                workers.run(this, (n - 1) / chunk + 1);
            }
        } finally {
            this.workers = null;
            operands(null, 0, null, 0, null, 0).fourth(null, 0);
        }
    }

    @Override
    public final void run(int task, int worker) {
        int from = task * chunk;
        range(from, Math.min(chunk, n - from), workers.scratch(worker, VectorMath.BLOCK));
    }
}
