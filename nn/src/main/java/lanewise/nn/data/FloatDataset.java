package lanewise.nn.data;

import lanewise.nn.Shape;

/** Samples in an array of floats. */
final class FloatDataset implements Dataset {

    private final float[] samples;
    private final int[] labels;
    private final Shape shape;
    private final int classes;

    FloatDataset(float[] samples, int[] labels, Shape shape, int classes) {
        if (samples.length != (long) labels.length * shape.size()) {
            throw new IllegalArgumentException("Dataset: samples.length = " + samples.length + ", need "
                    + (long) labels.length * shape.size() + " for " + labels.length + " labels and samples of "
                    + shape);
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "Dataset: labels[" + i + "] = " + labels[i] + ", need 0 <= label < " + classes);
            }
        }
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
        System.arraycopy(samples, index * shape.size(), target, targetOffset, shape.size());
    }

    @Override
    public int label(int index) {
        return labels[index];
    }
}
