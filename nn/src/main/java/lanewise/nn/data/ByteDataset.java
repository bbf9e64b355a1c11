package lanewise.nn.data;

import lanewise.nn.Shape;

/**
 * Samples as unsigned bytes, read as numbers from 0 to 1. They stay bytes in memory: a shuffled epoch reads samples all
 * over it, and a quarter of the memory is a quarter of the cache misses.
 */
final class ByteDataset implements Dataset {

    private final byte[] samples;
    private final byte[] labels;
    private final Shape shape;
    private final int classes;

    /** Both arrays come from files that were checked against each other and against the number of classes. */
    ByteDataset(byte[] samples, byte[] labels, Shape shape, int classes) {
        this.samples = samples;
        this.labels = labels;
        this.shape = shape;
        this.classes = classes;
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public void copyTo(int index, float[] target, int targetOffset) {
        int size = shape.size();
        int from = index * size;
        for (int i = 0; i < size; i++) {
            target[targetOffset + i] = (samples[from + i] & 0xFF) / 255f;
        }
    }

    @Override
    public int label(int index) {
        return labels[index] & 0xFF;
    }
}
