package lanewise.kernels.internal;

/** The random words of {@link lanewise.kernels.random.Philox}, by their places in a stream. */
public final class PhiloxWords {

    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final long LOW = 0xFFFF_FFFFL;

    private PhiloxWords() {}

    /**
     * Words 2·index and 2·index + 1 of a stream, the first in the low half. A block of four words is computed for each of its
     * two pairs: twice the arithmetic, but no array to return it in.
     */
    public static long pair(long seed, long stream, long index) {
        return half(seed, index >>> 1, stream, (index & 1) != 0);
    }

    /** Half of the block of four words that a key and a counter give. */
    public static long half(long key, long counterLow, long counterHigh, boolean upper) {
        int key0 = (int) key;
        int key1 = (int) (key >>> 32);
        long left = counterLow;
        long right = counterHigh;
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (left & LOW);
            long product1 = MULTIPLIER_1 * (right & LOW);
            left = Long.rotateLeft(product1, 32) ^ (left >>> 32) ^ (key0 & LOW);
            right = Long.rotateLeft(product0, 32) ^ (right >>> 32) ^ (key1 & LOW);
            key0 += WEYL_0;
            key1 += WEYL_1;
        }
        return upper ? right : left;
    }
}
