package lanewise.nn.training;

import lanewise.nn.Shape;
import lanewise.nn.Tensor;

/** How often samples of each class were taken for each class, and what follows from that. */
public final class ConfusionMatrix {

    private final int classes;
    private final long[] counts;
    private int[] answers = new int[0];

    /**
     * An empty matrix.
     *
     * @param classes how many, at least 1
     */
    public ConfusionMatrix(int classes) {
        if (classes < 1) {
            throw new IllegalArgumentException("ConfusionMatrix: classes = " + classes + ", need classes >= 1");
        }
        this.classes = classes;
        counts = new long[Math.multiplyExact(classes, classes)];
    }

    /**
     * Counts a batch; the answer is the class with the largest output, the first of equal ones.
     *
     * @param output [batch, classes]
     * @param labels the class of each sample, in [0, classes); may be longer than the batch
     * @throws IllegalArgumentException if the output has another shape or a label is out of range; nothing is counted
     */
    public void add(Tensor output, int[] labels) {
        Shape shape = output.shape();
        if (shape.rank() != 2 || shape.size(1) != classes || labels.length < shape.size(0)) {
            throw new IllegalArgumentException("ConfusionMatrix: output is " + shape + " with " + labels.length
                    + " labels, need [batch, " + classes + "] and a label for each sample");
        }
        int batch = shape.size(0);
        for (int i = 0; i < batch; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "ConfusionMatrix: labels[" + i + "] = " + labels[i] + ", need 0 <= label < " + classes);
            }
        }
        if (answers.length < batch) {
            answers = new int[batch];
        }
        output.argMaxRows(answers, 0);
        for (int i = 0; i < batch; i++) {
            counts[labels[i] * classes + answers[i]]++;
        }
    }

    /**
     * How many samples of a class were taken for a class.
     *
     * @param label the class that is right
     * @param answer the class that was given
     * @return the number
     */
    public long count(int label, int answer) {
        return counts[index(label) * classes + index(answer)];
    }

    /**
     * The share of right answers.
     *
     * @return NaN if nothing was counted
     */
    public double accuracy() {
        long right = 0;
        long all = 0;
        for (int label = 0; label < classes; label++) {
            right += count(label, label);
            all += samples(label);
        }
        return (double) right / all;
    }

    /**
     * Of the answers that name a class, the share that is right.
     *
     * @param answer the class
     * @return NaN if no answer named it
     */
    public double precision(int answer) {
        long named = 0;
        for (int label = 0; label < classes; label++) {
            named += count(label, answer);
        }
        return (double) count(answer, answer) / named;
    }

    /**
     * Of the samples of a class, the share that was recognized.
     *
     * @param label the class
     * @return NaN if there was none of it
     */
    public double recall(int label) {
        return (double) count(label, label) / samples(label);
    }

    /**
     * The harmonic mean of {@link #precision} and {@link #recall}: 2 · right / (named + samples).
     *
     * @param label the class
     * @return NaN if there was no sample of it and no answer named it
     */
    public double f1(int label) {
        long named = 0;
        for (int other = 0; other < classes; other++) {
            named += count(other, label);
        }
        return 2.0 * count(label, label) / (named + samples(label));
    }

    /**
     * The mean of {@link #f1} over the classes that occur, as samples or as answers.
     *
     * @return NaN if nothing was counted
     */
    public double macroF1() {
        double sum = 0;
        int occurring = 0;
        for (int label = 0; label < classes; label++) {
            double f1 = f1(label);
            if (!Double.isNaN(f1)) {
                sum += f1;
                occurring++;
            }
        }
        return sum / occurring;
    }

    private long samples(int label) {
        long samples = 0;
        for (int answer = 0; answer < classes; answer++) {
            samples += count(label, answer);
        }
        return samples;
    }

    private int index(int number) {
        if (number < 0 || number >= classes) {
            throw new IllegalArgumentException(
                    "ConfusionMatrix: class = " + number + ", need 0 <= class < " + classes);
        }
        return number;
    }
}
