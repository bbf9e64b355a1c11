package lanewise.examples.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lanewise.kernels.Workers;
import lanewise.kernels.loss.NegativeLogLikelihood;
import lanewise.kernels.softmax.LogSoftmax;

/** The negative log-likelihood of labels, of logarithms of probabilities or of logits. */
final class LikelihoodAdapter {

    private LikelihoodAdapter() {}

    static List<OnnxTensor> ofLogits(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor z = inputs.get(0);
        float[] logP = new float[z.floats().length];
        int n = z.size(0);
        LogSoftmax.forward(workers, n, z.size(1), n == 0 ? 0 : logP.length / (n * z.size(1)), z.floats(), 0, logP, 0);
        List<OnnxTensor> of = new ArrayList<>(inputs);
        of.set(0, OnnxTensor.of(z.shape(), logP));
        List<OnnxTensor> results = new ArrayList<>(ofLogP(workers, node, of));
        if (node.outputs() > 1) {
            results.add(of.get(0));
        }
        return results;
    }

    static List<OnnxTensor> ofLogP(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor logP = inputs.get(0);
        int[] labels = inputs.get(1).sizes();
        int classes = logP.size(1);
        float[] weight = new float[classes];
        Arrays.fill(weight, 1);
        if (inputs.size() > 2 && inputs.get(2) != null) {
            weight = inputs.get(2).floats();
        }
        int ignored = node.integer("ignore_index", Integer.MIN_VALUE);
        int spatial = labels.length / logP.size(0);
        float[] losses = new float[labels.length];
        NegativeLogLikelihood.forward(workers, logP.size(0), classes, spatial, logP.floats(), 0, labels, 0, weight, 0,
                ignored, 0, losses, 0);
        String reduction = node.text("reduction", "mean");
        if (reduction.equals("none")) {
            return List.of(OnnxTensor.of(inputs.get(1).shape(), losses));
        }
        double sum = 0;
        for (float loss : losses) {
            sum += loss;
        }
        double divisor = reduction.equals("sum")
                ? 1
                : NegativeLogLikelihood.weightOfLabels(labels.length, classes, labels, 0, weight, 0, ignored);
        return List.of(OnnxTensor.of(List.of(), (float) (sum / divisor)));
    }
}
