package lanewise.nn.training;

import lanewise.nn.Tensor;
import lanewise.nn.data.Batch;

/** Counts right answers. */
final class Accuracy implements Metric {

    private int[] answers = new int[0];

    @Override
    public double sum(Tensor output, Batch batch) {
        if (answers.length < batch.size()) {
            answers = new int[batch.size()];
        }
        output.argMaxRows(answers, 0);
        int correct = 0;
        for (int i = 0; i < batch.size(); i++) {
            correct += answers[i] == batch.labels()[i] ? 1 : 0;
        }
        return correct;
    }
}
