package lanewise.nn.data;

import java.util.Objects;
import lanewise.nn.Shape;

/** Consecutive samples of another dataset. */
record Slice(Dataset whole, int from, int size) implements Dataset {

    @Override
    public Shape shape() {
        return whole.shape();
    }

    @Override
    public int classes() {
        return whole.classes();
    }

    @Override
    public void copyTo(int index, float[] target, int targetOffset) {
        whole.copyTo(from + Objects.checkIndex(index, size), target, targetOffset);
    }

    @Override
    public int label(int index) {
        return whole.label(from + Objects.checkIndex(index, size));
    }

    @Override
    public void beginEpoch(int epoch) {
        whole.beginEpoch(epoch);
    }
}
