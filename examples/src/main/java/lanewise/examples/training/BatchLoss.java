package lanewise.examples.training;

import lanewise.nn.Step;
import lanewise.nn.Tensor;
import lanewise.nn.data.Batch;

/** What the training of a classifier makes small. */
@FunctionalInterface
public interface BatchLoss {

    /**
     * The loss of a batch.
     *
     * @param step the step that computes it
     * @param output the network's output, [images, classes]
     * @param batch what the images were, and their labels
     * @return a mean over the images
     */
    Tensor of(Step step, Tensor output, Batch batch);
}
