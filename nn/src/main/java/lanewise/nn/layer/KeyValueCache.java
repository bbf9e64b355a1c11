package lanewise.nn.layer;

import lanewise.nn.Tensor;

/**
 * Keys and values of tokens that an attention has met, so that a text that grows token by token is not computed again each time. One
 * for each layer of a model; it outlives the steps that fill it.
 */
public final class KeyValueCache {

    private final int batch;
    private final int capacity;
    private final int size;
    private final Tensor keys;
    private final Tensor values;
    private int length;

    /**
     * An empty cache.
     *
     * @param batch number of texts, at least 1
     * @param capacity the greatest number of tokens of each, at least 1
     * @param size elements of a token's keys, and of its values: those of all heads of keys
     */
    public KeyValueCache(int batch, int capacity, int size) {
        if (batch < 1 || capacity < 1 || size < 1) {
            throw new IllegalArgumentException("KeyValueCache: batch = " + batch + ", capacity = " + capacity
                    + ", size = " + size + ", need all >= 1");
        }
        this.batch = batch;
        this.capacity = capacity;
        this.size = size;
        int elements = Math.multiplyExact(Math.multiplyExact(batch, capacity), size);
        keys = Tensor.of(new float[elements], batch, capacity, size);
        values = Tensor.of(new float[elements], batch, capacity, size);
    }

    /**
     * How many tokens each text has so far.
     *
     * @return the number
     */
    public int length() {
        return length;
    }

    /** Forgets all tokens. */
    public void clear() {
        length = 0;
    }

    /** All places, the empty ones too: [batch, capacity, size]. */
    Tensor keys() {
        return keys;
    }

    /** All places, the empty ones too: [batch, capacity, size]. */
    Tensor values() {
        return values;
    }

    /** Refuses tokens that do not fit. */
    void requireRoom(Tensor x, int keySize) {
        if (x.shape().size(0) != batch || keySize != size || length + x.shape().size(1) > capacity) {
            throw new IllegalArgumentException("KeyValueCache: x is " + x.shape() + " with keys of " + keySize
                    + ", need a batch of " + batch + ", keys of " + size + " and at most " + (capacity - length)
                    + " more tokens of " + capacity);
        }
    }

    /** Takes the keys and values of some tokens more, [batch, tokens, size] each. */
    void append(Tensor moreKeys, Tensor moreValues) {
        int tokens = moreKeys.shape().size(1);
        for (int text = 0; text < batch; text++) {
            int from = text * tokens * size;
            int to = (text * capacity + length) * size;
            System.arraycopy(moreKeys.data(), moreKeys.offset() + from, keys.data(), to, tokens * size);
            System.arraycopy(moreValues.data(), moreValues.offset() + from, values.data(), to, tokens * size);
        }
        length += tokens;
    }
}
