package lanewise.nn.training;

import lanewise.nn.Step;
import lanewise.nn.Tensor;
import lanewise.nn.data.Batch;

/** What a training makes small. */
@FunctionalInterface
public interface BatchLoss {

    /**
     * The loss of a batch.
     *
     * @param step the step that computes it
     * @param output what the network makes of the batch
     * @param batch the samples, and their labels
     * @return a scalar, a mean over the samples
     */
    Tensor of(Step step, Tensor output, Batch batch);
}
