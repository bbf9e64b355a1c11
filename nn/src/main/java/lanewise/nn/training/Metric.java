package lanewise.nn.training;

import lanewise.nn.Tensor;
import lanewise.nn.data.Batch;

/** What a test measures: a mean over samples. */
@FunctionalInterface
public interface Metric {

    /**
     * The sum over the samples of a batch.
     *
     * @param output what the network makes of the batch
     * @param batch the samples, and their labels
     * @return the sum
     */
    double sum(Tensor output, Batch batch);

    /**
     * The share of samples whose label has the largest output, the first of equal ones.
     *
     * @return for outputs [batch, classes]
     */
    static Metric accuracy() {
        return new Accuracy();
    }

    /**
     * The share of samples whose label is among the k largest outputs; of equal ones the first come first.
     *
     * @param k how many, at least 1
     * @return for outputs [batch, classes]
     */
    static Metric topAccuracy(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("topAccuracy: k = " + k + ", need k >= 1");
        }
        return new TopAccuracy(k);
    }
}
