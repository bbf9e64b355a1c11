package lanewise.kernels.attention;

import lanewise.kernels.internal.Checks;

/**
 * The shapes of an attention, which keys a query sees, and the layout: q is [n, heads, queries, dim], k [n, keyHeads, keys,
 * dim], v [n, keyHeads, keys, valueDim], y [n, heads, queries, valueDim], as in PyTorch and ONNX; or, with
 * {@link #tokensFirst}, [n, tokens, heads, dim], as linear layers before it leave them, or one: {@link #packed}.
 *
 * <p>
 * Immutable: make it once and keep it. There are as many key heads as heads, values are as long as keys, every query sees
 * every key, and the scale is 1/√dim, unless said otherwise:
 *
 * <pre>
 * AttentionGeometry.of(8, 12, 1024, 1024, 64).causal().tokensFirst()
 * </pre>
 */
public final class AttentionGeometry {

    private static final String NAME = "AttentionGeometry";
    // What is kept of some hundred tokens must fit into an array.
    private static final int MAX_DIM = 1 << 16;

    private final int n;
    private final int heads;
    private final int keyHeads;
    private final int queries;
    private final int keys;
    private final int dim;
    private final int valueDim;
    private final float scale;
    private final boolean isCausal;
    private final int firstPosition;
    private final int window;
    private final boolean biasOfSequences;
    private final boolean biasOfHeads;
    private final boolean isTokensFirst;
    private final boolean isPacked;

    private AttentionGeometry(Builder b) {
        n = b.n;
        heads = b.heads;
        keyHeads = b.keyHeads;
        queries = b.queries;
        keys = b.keys;
        dim = b.dim;
        valueDim = b.valueDim;
        scale = b.scale;
        isCausal = b.isCausal;
        firstPosition = b.firstPosition;
        window = b.window;
        biasOfSequences = b.biasOfSequences;
        biasOfHeads = b.biasOfHeads;
        isTokensFirst = b.isTokensFirst;
        isPacked = b.isPacked;
        Checks.size(NAME, "n", n);
        require("heads", heads);
        require("keyHeads", keyHeads);
        Checks.size(NAME, "queries", queries);
        Checks.size(NAME, "keys", keys);
        require("dim", dim);
        require("valueDim", valueDim);
        require("window", window);
        if (Math.max(dim, valueDim) > MAX_DIM) {
            throw new IllegalArgumentException(NAME + ": dim = " + dim + ", valueDim = " + valueDim
                    + ", need at most " + MAX_DIM);
        }
        if (heads % keyHeads != 0) {
            throw new IllegalArgumentException(
                    NAME + ": keyHeads = " + keyHeads + ", need a divisor of heads = " + heads);
        }
        if (!Float.isFinite(scale)) {
            throw new IllegalArgumentException(NAME + ": scale = " + scale + ", need a finite number");
        }
        Checks.size(NAME, "firstPosition", firstPosition);
        limit("q", n, heads, queries, dim);
        limit("k", n, keyHeads, keys, dim);
        limit("v", n, keyHeads, keys, valueDim);
        limit("y", n, heads, queries, valueDim);
        if (isPacked) {
            if (queries != keys || valueDim != dim) {
                throw new IllegalArgumentException(NAME + ": packed with queries = " + queries + ", keys = " + keys
                        + ", dim = " + dim + ", valueDim = " + valueDim
                        + ", need as many queries as keys, and one dim");
            }
            limit("packed", n, heads + 2 * keyHeads, queries, dim);
        }
    }

    private static void require(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(NAME + ": " + name + " = " + value + ", need " + name + " >= 1");
        }
    }

    private static void limit(String operand, int n, int heads, int tokens, int dim) {
        if ((double) n * heads * tokens * dim > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(NAME + ": " + operand + " = " + n + " x " + heads + " x " + tokens
                    + " x " + dim + " elements, need at most " + Integer.MAX_VALUE);
        }
    }

    /**
     * An attention of some sequences.
     *
     * @param n sequences
     * @param heads heads of each
     * @param queries tokens that ask
     * @param keys tokens that are asked
     * @param dim elements of a query, a key and a value
     * @return the geometry
     * @throws IllegalArgumentException if a size is negative, heads or dim less than 1, or an operand too long for an array
     */
    public static AttentionGeometry of(int n, int heads, int queries, int keys, int dim) {
        Builder b = new Builder();
        b.n = n;
        b.heads = heads;
        b.keyHeads = heads;
        b.queries = queries;
        b.keys = keys;
        b.dim = dim;
        b.valueDim = dim;
        b.scale = (float) (1 / Math.sqrt(dim));
        b.window = Integer.MAX_VALUE;
        return new AttentionGeometry(b);
    }

    /**
     * With fewer heads of keys and values, each for the same number of successive heads of queries (grouped queries; one:
     * multi-query attention).
     *
     * @param keyHeads a divisor of the number of heads
     * @return a new geometry
     * @throws IllegalArgumentException if it is none
     */
    public AttentionGeometry keyHeads(int keyHeads) {
        Builder b = new Builder(this);
        b.keyHeads = keyHeads;
        return new AttentionGeometry(b);
    }

    /**
     * With values of another length than keys.
     *
     * @param valueDim elements of a value, at least 1
     * @return a new geometry
     * @throws IllegalArgumentException if it is less than 1
     */
    public AttentionGeometry valueDim(int valueDim) {
        Builder b = new Builder(this);
        b.valueDim = valueDim;
        return new AttentionGeometry(b);
    }

    /**
     * With another factor of the products than 1/√dim.
     *
     * @param scale the factor
     * @return a new geometry
     * @throws IllegalArgumentException if it is not finite
     */
    public AttentionGeometry scale(float scale) {
        Builder b = new Builder(this);
        b.scale = scale;
        return new AttentionGeometry(b);
    }

    /**
     * Query i sees keys 0 to i.
     *
     * @return a new geometry
     */
    public AttentionGeometry causal() {
        return causal(0);
    }

    /**
     * Query i sees keys 0 to firstPosition + i: the keys before the first query's are those of earlier calls.
     *
     * @param firstPosition the key that is the first query's own
     * @return a new geometry
     * @throws IllegalArgumentException if it is negative
     */
    public AttentionGeometry causal(int firstPosition) {
        Builder b = new Builder(this);
        b.isCausal = true;
        b.firstPosition = firstPosition;
        return new AttentionGeometry(b);
    }

    /**
     * Causal, and a query sees only so many keys: its own and those just before it.
     *
     * @param window how many keys, at least 1
     * @return a new geometry
     * @throws IllegalArgumentException if it is less than 1
     */
    public AttentionGeometry window(int window) {
        Builder b = new Builder(this);
        b.isCausal = true;
        b.window = window;
        return new AttentionGeometry(b);
    }

    /**
     * With a bias that has dimensions for sequences or heads: [n or 1, heads or 1, queries, keys]. Without this it is [queries,
     * keys], the same for all.
     *
     * @param ofSequences whether each sequence has its own
     * @param ofHeads whether each head has its own
     * @return a new geometry
     */
    public AttentionGeometry bias(boolean ofSequences, boolean ofHeads) {
        Builder b = new Builder(this);
        b.biasOfSequences = ofSequences;
        b.biasOfHeads = ofHeads;
        return new AttentionGeometry(b);
    }

    /**
     * With operands [n, tokens, heads, dim].
     *
     * @return a new geometry
     */
    public AttentionGeometry tokensFirst() {
        Builder b = new Builder(this);
        b.isTokensFirst = true;
        return new AttentionGeometry(b);
    }

    /**
     * With q, k and v in the rows of one array, [n, tokens, (heads + 2 keyHeads) · dim], as one linear layer leaves them: k begins
     * heads · dim elements after q, and v keyHeads · dim after k. Their gradients lie in the same way, the results as
     * {@link #tokensFirst} says.
     *
     * @return a new geometry
     * @throws IllegalArgumentException if there are not as many queries as keys, or dim and valueDim differ
     */
    public AttentionGeometry packed() {
        Builder b = new Builder(this);
        b.isTokensFirst = true;
        b.isPacked = true;
        return new AttentionGeometry(b);
    }

    /**
     * The number of sequences.
     *
     * @return the number
     */
    public int n() {
        return n;
    }

    /**
     * The number of heads.
     *
     * @return the number
     */
    public int heads() {
        return heads;
    }

    /**
     * The number of heads of keys and values.
     *
     * @return the number
     */
    public int keyHeads() {
        return keyHeads;
    }

    /**
     * The number of queries in a sequence.
     *
     * @return the number
     */
    public int queries() {
        return queries;
    }

    /**
     * The number of keys in a sequence.
     *
     * @return the number
     */
    public int keys() {
        return keys;
    }

    /**
     * Elements of a query and of a key.
     *
     * @return the number
     */
    public int dim() {
        return dim;
    }

    /**
     * Elements of a value.
     *
     * @return the number
     */
    public int valueDim() {
        return valueDim;
    }

    /**
     * The factor of the products.
     *
     * @return the factor
     */
    public float scale() {
        return scale;
    }

    /**
     * Elements of q; of packed operands, those from its first to its last.
     *
     * @return the number
     */
    public int queryLength() {
        return inputLength(heads, queries, dim);
    }

    /**
     * Elements of k; of packed operands, those from its first to its last.
     *
     * @return the number
     */
    public int keyLength() {
        return inputLength(keyHeads, keys, dim);
    }

    /**
     * Elements of v; of packed operands, those from its first to its last.
     *
     * @return the number
     */
    public int valueLength() {
        return inputLength(keyHeads, keys, valueDim);
    }

    /**
     * Elements of y.
     *
     * @return the number
     */
    public int outputLength() {
        return n * heads * queries * valueDim;
    }

    /**
     * Elements of the bias, which may be more than an array holds.
     *
     * @return the number
     */
    public long biasLength() {
        return (biasOfSequences ? n : 1L) * (biasOfHeads ? heads : 1) * queries * keys;
    }

    /**
     * Rows of weights: one for each query of each head.
     *
     * @return the number
     */
    public int rows() {
        return n * heads * queries;
    }

    /**
     * Whether a query sees a key.
     *
     * @param query from 0
     * @param key from 0
     * @return whether it does
     */
    public boolean sees(int query, int key) {
        return key >= firstKey(query) && key < endKey(query);
    }

    /**
     * Whether tokens come before heads.
     *
     * @return whether they do
     */
    public boolean isTokensFirst() {
        return isTokensFirst;
    }

    /**
     * Whether q, k and v lie in the rows of one array.
     *
     * @return whether they do
     */
    public boolean isPacked() {
        return isPacked;
    }

    /**
     * Whether each sequence has its own bias.
     *
     * @return whether it has
     */
    public boolean isBiasOfSequences() {
        return biasOfSequences;
    }

    /**
     * Whether each head has its own bias.
     *
     * @return whether it has
     */
    public boolean isBiasOfHeads() {
        return biasOfHeads;
    }

    /** Whether a query sees no later key. */
    boolean isCausal() {
        return isCausal;
    }

    /** The first key that a query sees. */
    int firstKey(int query) {
        return isCausal ? (int) Math.max(0, Math.min(keys, (long) firstPosition + query + 1 - window)) : 0;
    }

    /** One past the last key that a query sees. */
    int endKey(int query) {
        return isCausal ? (int) Math.min(keys, (long) firstPosition + query + 1) : keys;
    }

    /** The first query that sees a key. */
    int firstQuery(int key) {
        return isCausal ? Math.max(0, Math.min(queries, key - firstPosition)) : 0;
    }

    /** One past the last query that sees a key. */
    int endQuery(int key) {
        return isCausal ? (int) Math.max(0, Math.min(queries, (long) key - firstPosition + window)) : queries;
    }

    /** From the first to the last element of q, k or v. */
    private int inputLength(int ofHeads, int tokens, int elements) {
        int rows = n * tokens;
        return rows == 0 ? 0 : isPacked ? (rows - 1) * rowOfPacked() + ofHeads * elements : rows * ofHeads * elements;
    }

    private int rowOfPacked() {
        return (heads + 2 * keyHeads) * dim;
    }

    /** As {@link #start}, of q, k, v and their gradients. */
    int inputStart(int sequence, int head, int ofHeads, int tokens, int elements) {
        return isPacked
                ? sequence * tokens * rowOfPacked() + head * elements
                : start(sequence, head, ofHeads, tokens, elements);
    }

    /** As {@link #distance}, of q, k, v and their gradients. */
    int inputDistance(int ofHeads, int elements) {
        return isPacked ? rowOfPacked() : distance(ofHeads, elements);
    }

    /** Where the rows of a head begin in an operand with so many heads, tokens and elements of each. */
    int start(int sequence, int head, int ofHeads, int tokens, int elements) {
        return isTokensFirst
                ? (sequence * tokens * ofHeads + head) * elements
                : (sequence * ofHeads + head) * tokens * elements;
    }

    /** From one token to the next in an operand with so many heads and elements of each. */
    int distance(int ofHeads, int elements) {
        return isTokensFirst ? ofHeads * elements : elements;
    }

    /** The place of a weight in the matrix that is never stored. */
    long weight(int sequence, int head, int query, int key) {
        return (((long) sequence * heads + head) * queries + query) * keys + key;
    }

    /** Where the bias of a head begins. */
    int biasStart(int sequence, int head) {
        int row = biasOfSequences ? sequence : 0;
        return (biasOfHeads ? row * heads + head : row) * queries * keys;
    }

    @Override
    public String toString() {
        return n + " x " + heads + " heads (" + keyHeads + " of keys), " + queries + " queries, " + keys + " keys, dim "
                + dim + ", values " + valueDim + ", scale " + scale
                + (isCausal ? ", causal from " + firstPosition : "")
                + (window < Integer.MAX_VALUE ? ", window " + window : "")
                + (isPacked ? ", packed" : isTokensFirst ? ", tokens first" : "");
    }

    /** Its fields, while one of them changes. */
    private static final class Builder {

        private int n;
        private int heads;
        private int keyHeads;
        private int queries;
        private int keys;
        private int dim;
        private int valueDim;
        private float scale;
        private boolean isCausal;
        private int firstPosition;
        private int window;
        private boolean biasOfSequences;
        private boolean biasOfHeads;
        private boolean isTokensFirst;
        private boolean isPacked;

        Builder() {}

        Builder(AttentionGeometry g) {
            n = g.n;
            heads = g.heads;
            keyHeads = g.keyHeads;
            queries = g.queries;
            keys = g.keys;
            dim = g.dim;
            valueDim = g.valueDim;
            scale = g.scale;
            isCausal = g.isCausal;
            firstPosition = g.firstPosition;
            window = g.window;
            biasOfSequences = g.biasOfSequences;
            biasOfHeads = g.biasOfHeads;
            isTokensFirst = g.isTokensFirst;
            isPacked = g.isPacked;
        }
    }
}
