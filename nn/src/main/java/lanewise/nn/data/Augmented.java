package lanewise.nn.data;

import lanewise.nn.Shape;

/** The samples of another dataset, transformed anew in each epoch. */
final class Augmented implements Dataset {

    private final Dataset of;
    private final long seed;
    private final Transform[] transforms;
    private final Draws draws = new Draws();
    private int epoch;

    Augmented(Dataset of, long seed, Transform... transforms) {
        if (of.shape().rank() != 3 && of.shape().rank() != 2) {
            throw new IllegalArgumentException("Dataset.augment: samples are " + of.shape()
                    + ", need [channels, height, width] or [height, width]");
        }
        this.of = of;
        this.seed = seed;
        this.transforms = transforms.clone();
    }

    @Override
    public int size() {
        return of.size();
    }

    @Override
    public Shape shape() {
        return of.shape();
    }

    @Override
    public int classes() {
        return of.classes();
    }

    @Override
    public int label(int index) {
        return of.label(index);
    }

    @Override
    public void beginEpoch(int number) {
        epoch = number;
        of.beginEpoch(number);
    }

    @Override
    public void copyTo(int index, float[] target, int targetOffset) {
        of.copyTo(index, target, targetOffset);
        draws.begin(seed, epoch, index);
        int channels = shape().rank() == 3 ? shape().size(0) : 1;
        for (Transform transform : transforms) {
            transform.apply(target, targetOffset, channels, shape().size(-2), shape().size(-1), draws);
        }
    }
}
