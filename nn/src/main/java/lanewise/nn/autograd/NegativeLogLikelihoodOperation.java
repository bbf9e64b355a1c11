package lanewise.nn.autograd;

import lanewise.kernels.Workers;
import lanewise.kernels.loss.NegativeLogLikelihood;
import lanewise.nn.Operation;
import lanewise.nn.Shape;
import lanewise.nn.Step;
import lanewise.nn.Tensor;

/** The loss of each sample, or of each place of it, from logarithms of probabilities and labels. */
public final class NegativeLogLikelihoodOperation extends Operation {

    private final Tensor logP;
    private final int[] labels;
    private final float[] weight;
    private final int ignored;
    private final float smoothing;

    private NegativeLogLikelihoodOperation(Tensor logP, int[] labels, float[] weight, int ignored, float smoothing) {
        this.logP = logP;
        this.labels = labels;
        this.weight = weight;
        this.ignored = ignored;
        this.smoothing = smoothing;
    }

    /**
     * The losses.
     *
     * @param logP [batch, classes, ...]
     * @param labels the class of each sample and place, or the ignored label; may be longer
     * @param weight factor of each class
     * @param ignored the label without loss
     * @param smoothing the part of a label that all classes share
     * @return [batch, ...]
     */
    public static Tensor apply(Tensor logP, int[] labels, float[] weight, int ignored, float smoothing) {
        Step step = Step.of("negativeLogLikelihood", logP);
        Tensor losses = step.result(step.remembered(new Places(logP.shape()), Places::shape));
        int batch = logP.shape().size(0);
        NegativeLogLikelihood.forward(step.workers(), batch, weight.length, spatial(losses, batch), logP.data(),
                logP.offset(), labels, 0, weight, 0, ignored, smoothing, losses.data(), losses.offset());
        return step.records(logP)
                ? step.record(losses, new NegativeLogLikelihoodOperation(logP, labels, weight, ignored, smoothing))
                : losses;
    }

    @Override
    protected void backward(Workers workers, Tensor losses) {
        boolean accumulate = accumulates(logP);
        int batch = logP.shape().size(0);
        Tensor dLosses = losses.grad();
        Tensor dLogP = logP.grad();
        NegativeLogLikelihood.backward(workers, batch, weight.length, spatial(losses, batch), labels, 0, weight, 0,
                ignored, smoothing, dLosses.data(), dLosses.offset(), dLogP.data(), dLogP.offset(), accumulate);
    }

    private static int spatial(Tensor losses, int batch) {
        return batch == 0 ? 0 : losses.size() / batch;
    }

    /** The shape without the classes. */
    private record Places(Shape logP) {

        Shape shape() {
            int[] sizes = logP.toArray();
            int[] places = new int[sizes.length - 1];
            places[0] = sizes[0];
            System.arraycopy(sizes, 2, places, 1, places.length - 1);
            return Shape.of(places);
        }
    }
}
