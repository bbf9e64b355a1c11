package lanewise.examples.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import lanewise.kernels.Workers;
import lanewise.kernels.normalization.BatchNorm;
import lanewise.kernels.normalization.LayerNorm;
import lanewise.kernels.normalization.LocalResponseNorm;
import lanewise.kernels.normalization.LpNorm;
import lanewise.kernels.normalization.RmsNorm;

/** Batch and layer normalization. */
final class NormalizationAdapter {

    private NormalizationAdapter() {}

    static List<OnnxTensor> batch(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        int c = x.size(1);
        int spatial = Shapes.product(x.shape().subList(2, x.shape().size()));
        float epsilon = node.number("epsilon", 1e-5f);
        float old = node.number("momentum", 0.9f);
        float[] mean = inputs.get(3).floats().clone();
        float[] variance = inputs.get(4).floats().clone();
        float[] y = new float[x.floats().length];
        // Until version 13 of the operator this said whether it was training.
        if (node.integer("training_mode", 0) == 0 && node.integer("is_test", 1) == 1) {
            BatchNorm.inference(workers, x.size(0), c, spatial, epsilon, x.floats(), 0, inputs.get(1).floats(), 0,
                    inputs.get(2).floats(), 0, mean, 0, variance, 0, y, 0);
            return List.of(OnnxTensor.of(x.shape(), y));
        }
        float[] batchMean = new float[c];
        float[] batchVariance = new float[c];
        BatchNorm.forward(workers, x.size(0), c, spatial, epsilon, 1, x.floats(), 0, inputs.get(1).floats(), 0,
                inputs.get(2).floats(), 0, batchMean, 0, batchVariance, 0, y, 0, new float[3 * c], 0);
        // ONNX does not correct the variance of the batch.
        int m = x.size(0) * spatial;
        for (int i = 0; i < c; i++) {
            mean[i] = mean[i] * old + batchMean[i] * (1 - old);
            variance[i] = variance[i] * old + batchVariance[i] * (m - 1) / m * (1 - old);
        }
        return List.of(OnnxTensor.of(x.shape(), y), OnnxTensor.of(List.of(c), mean),
                OnnxTensor.of(List.of(c), variance));
    }

    static List<OnnxTensor> rms(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        int rank = x.shape().size();
        int axis = Math.floorMod(node.integer("axis", -1), rank);
        node.integer("stash_type", 1);
        int rows = Shapes.product(x.shape().subList(0, axis));
        int n = Shapes.product(x.shape().subList(axis, rank));
        float[] y = new float[x.floats().length];
        RmsNorm.forward(workers, rows, n, node.number("epsilon", 1e-5f), x.floats(), 0, inputs.get(1).floats(), 0, y, 0,
                new float[rows], 0);
        return List.of(OnnxTensor.of(x.shape(), y));
    }

    static List<OnnxTensor> localResponse(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        float[] y = new float[x.floats().length];
        int spatial = y.length / (x.size(0) * x.size(1));
        LocalResponseNorm.forward(workers, x.size(0), x.size(1), spatial, node.integer("size", 0),
                node.number("alpha", 1e-4f), node.number("beta", 0.75f), node.number("bias", 1), x.floats(), 0, y, 0,
                new float[y.length], 0);
        return List.of(OnnxTensor.of(x.shape(), y));
    }

    static List<OnnxTensor> lp(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        int axis = Math.floorMod(node.integer("axis", -1), x.shape().size());
        int outer = Shapes.product(x.shape().subList(0, axis));
        int inner = Shapes.product(x.shape().subList(axis + 1, x.shape().size()));
        float[] y = new float[x.floats().length];
        LpNorm.forward(workers, node.integer("p", 2), outer, x.size(axis), inner, Float.MIN_NORMAL, x.floats(), 0, y, 0,
                new float[outer * inner], 0);
        return List.of(OnnxTensor.of(x.shape(), y));
    }

    /** Channel by channel over the batch, without scale and shift. */
    static List<OnnxTensor> meanVariance(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        if (!Arrays.equals(node.integers("axes", 0, 2, 3), new int[]{0, 2, 3})) {
            throw new IllegalArgumentException("MeanVarianceNormalization: axes other than those of a channel");
        }
        int c = x.size(1);
        float[] ones = new float[c];
        Arrays.fill(ones, 1);
        float[] y = new float[x.floats().length];
        BatchNorm.forward(workers, x.size(0), c, y.length / (x.size(0) * c), 1e-9f, 1, x.floats(), 0, ones, 0,
                new float[c], 0, new float[c], 0, new float[c], 0, y, 0, new float[3 * c], 0);
        return List.of(OnnxTensor.of(x.shape(), y));
    }

    /** Images and groups of channels as rows, scaled and shifted channel by channel. */
    static List<OnnxTensor> group(Workers workers, Node node, List<OnnxTensor> inputs) {
        node.integer("stash_type", 1);
        return group(workers, node, node.integer("num_groups", 0), inputs);
    }

    /** Each channel of each image by itself. */
    static List<OnnxTensor> instance(Workers workers, Node node, List<OnnxTensor> inputs) {
        return group(workers, node, inputs.get(0).size(1), inputs);
    }

    private static List<OnnxTensor> group(Workers workers, Node node, int groups, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        float[] y = new float[x.floats().length];
        int rows = x.size(0) * groups;
        int n = y.length / rows;
        float[] ones = new float[n];
        Arrays.fill(ones, 1);
        LayerNorm.forward(workers, rows, n, node.number("epsilon", 1e-5f), x.floats(), 0, ones, 0, new float[n], 0, y,
                0, new float[3 * rows], 0);
        int spatial = y.length / (x.size(0) * x.size(1));
        for (int i = 0; i < y.length; i++) {
            int channel = i / spatial % x.size(1);
            y[i] = y[i] * inputs.get(1).floats()[channel] + inputs.get(2).floats()[channel];
        }
        return List.of(OnnxTensor.of(x.shape(), y));
    }

    /** Mean and inverse deviation, which some cases ask for, are among the statistics that the kernel keeps. */
    static List<OnnxTensor> layer(Workers workers, Node node, List<OnnxTensor> inputs) {
        OnnxTensor x = inputs.get(0);
        int rank = x.shape().size();
        int axis = Math.floorMod(node.integer("axis", -1), rank);
        node.integer("stash_type", 1);
        float epsilon = node.number("epsilon", 1e-5f);
        int rows = Shapes.product(x.shape().subList(0, axis));
        int n = Shapes.product(x.shape().subList(axis, rank));
        float[] beta = inputs.size() > 2 ? inputs.get(2).floats() : new float[n];
        float[] y = new float[x.floats().length];
        float[] statistics = new float[3 * rows];
        LayerNorm.forward(workers, rows, n, epsilon, x.floats(), 0, inputs.get(1).floats(), 0, beta, 0, y, 0,
                statistics,
                0);
        float[] mean = new float[rows];
        float[] inverse = new float[rows];
        for (int i = 0; i < rows; i++) {
            mean[i] = statistics[3 * i];
            inverse[i] = statistics[3 * i + 1];
        }
        List<Integer> reduced = new ArrayList<>(x.shape().subList(0, axis));
        reduced.addAll(Collections.nCopies(rank - axis, 1));
        return List.of(OnnxTensor.of(x.shape(), y), OnnxTensor.of(reduced, mean), OnnxTensor.of(reduced, inverse));
    }
}
