package lanewise.nn.data;

import java.util.Objects;
import lanewise.nn.Shape;

/** Labelled samples, known by index. All have the same shape. */
public interface Dataset {

    /**
     * The number of samples.
     *
     * @return the number
     */
    int size();

    /**
     * The shape of one sample.
     *
     * @return the shape
     */
    Shape shape();

    /**
     * The number of classes.
     *
     * @return the number; labels are less
     */
    int classes();

    /**
     * Copies a sample.
     *
     * @param index which one, in [0, size)
     * @param target receives {@code shape().size()} elements
     * @param targetOffset index of the first there
     */
    void copyTo(int index, float[] target, int targetOffset);

    /**
     * The label of a sample.
     *
     * @param index which one, in [0, size)
     * @return its class
     */
    int label(int index);

    /**
     * Told by a loader before each epoch; of interest to samples that differ from epoch to epoch.
     *
     * @param epoch the epoch, from 0
     */
    default void beginEpoch(int epoch) {}

    /**
     * These images, changed at random: seed, epoch and index of an image decide how, so that a run can be repeated. Serves one
     * loader at a time.
     *
     * @param seed any number
     * @param transforms applied one after the other
     * @return the images
     */
    default Dataset augment(long seed, Transform... transforms) {
        return new Augmented(this, seed, transforms);
    }

    /**
     * A part of this dataset, not copied.
     *
     * @param from index of the first sample
     * @param to index after the last sample
     * @return the samples [from, to)
     */
    default Dataset slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        return new Slice(this, from, to - from);
    }

    /**
     * These samples in another shape, not copied.
     *
     * @param sample the shape, of as many elements
     * @return the samples
     */
    default Dataset reshape(Shape sample) {
        return new Reshaped(this, sample);
    }

    /**
     * Samples in arrays, which are not copied.
     *
     * @param samples [size, ...], row-major
     * @param labels [size]
     * @param shape the shape of one sample
     * @param classes number of classes
     * @return the dataset
     */
    static Dataset of(float[] samples, int[] labels, Shape shape, int classes) {
        return new FloatDataset(samples, labels, shape, classes);
    }
}
