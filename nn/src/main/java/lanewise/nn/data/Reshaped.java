package lanewise.nn.data;

import lanewise.nn.Shape;

/** The samples of another dataset in another shape. */
record Reshaped(Dataset of, Shape shape) implements Dataset {

    Reshaped {
        if (shape.size() != of.shape().size()) {
            throw new IllegalArgumentException("Dataset.reshape: samples are " + of.shape() + ", " + shape + " has "
                    + shape.size() + " elements: need as many");
        }
    }

    @Override
    public int size() {
        return of.size();
    }

    @Override
    public int classes() {
        return of.classes();
    }

    @Override
    public void copyTo(int index, float[] target, int targetOffset) {
        of.copyTo(index, target, targetOffset);
    }

    @Override
    public int label(int index) {
        return of.label(index);
    }

    @Override
    public void beginEpoch(int epoch) {
        of.beginEpoch(epoch);
    }
}
