package lanewise.nn.layer;

import java.util.Arrays;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import lanewise.nn.autograd.NormalizationOperation;

/**
 * Normalizes each group of successive channels of each image by its own mean and variance, without weights: a layer normalization
 * of rows that are these groups.
 */
final class GroupStatistics {

    private final int groups;
    private final float epsilon;
    private final PerShape<Rows> rows = new PerShape<>(this::rows);

    /** Groups in a row each, with factors of 1 and nothing added. */
    private record Rows(Shape shape, Tensor ones, Tensor zeros) {}

    GroupStatistics(int groups, float epsilon) {
        this.groups = groups;
        this.epsilon = epsilon;
    }

    Tensor normalize(Tensor x) {
        Rows known = rows.of(x.shape());
        return NormalizationOperation.layer(x.reshape(known.shape), known.ones, known.zeros, epsilon)
                .reshape(x.shape());
    }

    private Rows rows(Shape x) {
        int count = x.size(0) * groups;
        int length = count == 0 ? 0 : x.size() / count;
        float[] ones = new float[length];
        Arrays.fill(ones, 1);
        return new Rows(Shape.of(count, length), Tensor.of(ones, length), Tensor.of(new float[length], length));
    }
}
