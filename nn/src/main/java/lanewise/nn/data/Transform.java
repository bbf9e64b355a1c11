package lanewise.nn.data;

/**
 * Changes an image at random, for more variety in training. Transforms are applied to a dataset by {@link Dataset#augment}, and
 * those that serve images are made by {@link Transforms}. One has memory of its own: it serves one dataset.
 */
@FunctionalInterface
public interface Transform {

    /**
     * Changes an image where it is.
     *
     * @param image the image, [channels, height, width], and what lies around it
     * @param offset index of its first element
     * @param channels number of channels
     * @param height number of rows
     * @param width number of columns
     * @param draws random numbers of this sample in this epoch
     */
    void apply(float[] image, int offset, int channels, int height, int width, Draws draws);
}
