package lanewise.examples.data;

import lanewise.nn.Shape;
import lanewise.nn.data.Dataset;

/**
 * Handwritten-looking digits, made and not collected: what is trained on where there is no data set. The same seed gives
 * the same bits on every machine, for only exactly defined arithmetic is used.
 *
 * <p>
 * Image {@code i} shows digit {@code i % 10} and depends on the seed and on {@code i} alone. Ink is 1 on paper that is 0,
 * in 28 rows of 28, scaled and centred as MNIST's digits are. As a task they are a little easier than MNIST: the network
 * that reaches 95 % there reaches about 96 % here, from a fifth of the images.
 */
public final class SyntheticDigits implements Dataset {

    /** Number of training images. */
    public static final int TRAIN = 10_000;

    /** Number of test images. */
    public static final int TEST = 2_000;

    private static final long SEED = 1998;
    private static final int CLASSES = 10;
    private static final Shape SHAPE = Shape.of(Handwriting.SIZE, Handwriting.SIZE);

    private final int first;
    private final int size;
    private final byte[] pixels;

    /**
     * The images {@code [first, first + size)} of a seed.
     *
     * @param seed decides about all images
     * @param first index of the first
     * @param size how many
     */
    public SyntheticDigits(long seed, int first, int size) {
        this.first = first;
        this.size = size;
        this.pixels = new byte[Math.multiplyExact(size, SHAPE.size())];
        Handwriting hand = new Handwriting();
        Draws draws = new Draws();
        for (int i = 0; i < size; i++) {
            draws.restart(seed, first + i);
            hand.write(label(i), draws, pixels, i * SHAPE.size());
        }
    }

    /**
     * The images to train on.
     *
     * @return {@value #TRAIN} images
     */
    public static SyntheticDigits train() {
        return new SyntheticDigits(SEED, 0, TRAIN);
    }

    /**
     * The images to test on.
     *
     * @return {@value #TEST} images, none of them among those of {@link #train}
     */
    public static SyntheticDigits test() {
        return new SyntheticDigits(SEED, TRAIN, TEST);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public int classes() {
        return CLASSES;
    }

    @Override
    public int label(int index) {
        return (first + index) % CLASSES;
    }

    @Override
    public void copyTo(int index, float[] target, int targetOffset) {
        int from = index * SHAPE.size();
        for (int i = 0; i < SHAPE.size(); i++) {
            target[targetOffset + i] = (pixels[from + i] & 0xFF) / 255f;
        }
    }
}
