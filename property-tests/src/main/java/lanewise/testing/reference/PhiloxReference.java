package lanewise.testing.reference;

/**
 * Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2,
 * 3", SC 2011, section 3.
 */
public final class PhiloxReference {

    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int ROUNDS = 10;

    private PhiloxReference() {}

    /**
     * Four random words for a counter and a key.
     *
     * @param counter four words
     * @param key two words
     * @return four new words
     */
    public static int[] block(int[] counter, int[] key) {
        int[] c = counter.clone();
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = Integer.toUnsignedLong(c[0]) * MULTIPLIER_0;
            long product1 = Integer.toUnsignedLong(c[2]) * MULTIPLIER_1;
            int key0 = key[0] + round * WEYL_0;
            int key1 = key[1] + round * WEYL_1;
            c = new int[]{(int) (product1 >>> 32) ^ c[1] ^ key0, (int) product1, (int) (product0 >>> 32) ^ c[3] ^ key1,
                    (int) product0};
        }
        return c;
    }

    /**
     * The words of one stream: key is the seed, counter is the number of the block (low half) and the stream (high
     * half), low word first.
     *
     * @param seed the key
     * @param stream which stream
     * @param n how many words
     * @return the first n words of the stream
     */
    public static int[] bits(long seed, long stream, int n) {
        int[] words = new int[n];
        int[] key = {(int) seed, (int) (seed >>> 32)};
        for (int i = 0; i < n; i++) {
            long number = i / 4;
            int[] counter = {(int) number, (int) (number >>> 32), (int) stream, (int) (stream >>> 32)};
            words[i] = block(counter, key)[i % 4];
        }
        return words;
    }
}
