package lanewise.nn.data;

import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;
import lanewise.nn.loss.Losses;

/**
 * Some samples, side by side. A loader fills the same batch again and again: use it before asking for the next. Its arrays
 * have the length of a full batch; the last batch of an epoch may use only their beginning.
 */
public final class Batch {

    private final float[] images;
    private final float[] targets;
    private final int[] labels;
    private final int classes;
    private final Shape sample;
    private Shape shape;
    private int size;

    Batch(int capacity, Shape sample, int classes) {
        this.sample = sample;
        images = new float[Math.multiplyExact(capacity, sample.size())];
        targets = new float[Math.multiplyExact(capacity, classes)];
        labels = new int[capacity];
        this.classes = classes;
    }

    /**
     * The number of samples.
     *
     * @return the number
     */
    public int size() {
        return size;
    }

    /**
     * The samples.
     *
     * @return [size, ...], row-major; not a copy
     */
    public float[] images() {
        return images;
    }

    /**
     * The samples as a tensor of a step.
     *
     * @param step the step
     * @return [size, sample shape...], over the array that the next batch will fill
     */
    public Tensor inputs(Step step) {
        if (shape == null || shape.size(0) != size) {
            int[] sizes = new int[1 + sample.rank()];
            sizes[0] = size;
            System.arraycopy(sample.toArray(), 0, sizes, 1, sample.rank());
            shape = Shape.of(sizes);
        }
        return step.tensor(images, shape);
    }

    /**
     * The labels.
     *
     * @return [size]; not a copy
     */
    public int[] labels() {
        return labels;
    }

    /**
     * The labels as rows of zeros with a one at the label.
     *
     * @return [size, classes]; not a copy
     */
    public float[] targets() {
        return targets;
    }

    void fill(Dataset dataset, int[] order, int from, int count) {
        int features = images.length / labels.length;
        size = count;
        for (int i = 0; i < count; i++) {
            dataset.copyTo(order[from + i], images, i * features);
            labels[i] = dataset.label(order[from + i]);
        }
        Losses.oneHot(labels, count, classes, targets);
    }
}
