package lanewise.nn.training;

import lanewise.nn.Tensor;
import lanewise.nn.data.Batch;

/** Counts labels that are among the largest outputs. */
record TopAccuracy(int k) implements Metric {

    @Override
    public double sum(Tensor output, Batch batch) {
        float[] data = output.data();
        int classes = output.shape().size(1);
        int correct = 0;
        for (int i = 0; i < batch.size(); i++) {
            int at = output.offset() + i * classes;
            int label = batch.labels()[i];
            int before = 0;
            for (int j = 0; j < classes; j++) {
                // Of equal outputs the first comes first. Nothing is greater than NaN.
                int order = Float.compare(data[at + j], data[at + label]);
                before += order > 0 || (order == 0 && j < label) ? 1 : 0;
            }
            correct += before < k ? 1 : 0;
        }
        return correct;
    }
}
