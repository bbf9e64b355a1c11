package lanewise.nn.data;

import java.util.Arrays;
import lanewise.kernels.random.Philox;

/** Random numbers of one sample: seed, epoch and index of the sample decide them, and nothing else. */
public final class Draws {

    // Keeps these streams apart from those of shuffling and of a Generator with the same seed.
    private static final long SAMPLE_STREAMS = 1L << 61;
    private static final int FIRST = 64;

    private float[] numbers = new float[FIRST];
    private long seed;
    private long stream;
    private int made;
    private int used;

    Draws() {}

    /** Begins the numbers of another sample. */
    void begin(long newSeed, int epoch, int index) {
        seed = newSeed;
        stream = SAMPLE_STREAMS + ((long) epoch << 31) + index;
        made = 0;
        used = 0;
    }

    /**
     * The next number.
     *
     * @param low least
     * @param high above the largest
     * @return uniform in [low, high)
     */
    public float uniform(float low, float high) {
        if (used == made) {
            // A stream begins at its beginning: what was drawn before is drawn again, and twice as much.
            made = made == 0 ? FIRST : 2 * made;
            if (numbers.length < made) {
                numbers = Arrays.copyOf(numbers, made);
            }
            Philox.uniform(seed, stream, made, 0, 1, numbers, 0);
        }
        return low + (high - low) * numbers[used++];
    }

    /**
     * The next normally distributed number.
     *
     * @param deviation its standard deviation
     * @return of mean 0, by the method of Box and Muller
     */
    public float normal(float deviation) {
        double radius = Math.sqrt(-2 * StrictMath.log(1 - uniform(0, 1)));
        return (float) (deviation * radius * StrictMath.cos(2 * Math.PI * uniform(0, 1)));
    }
}
