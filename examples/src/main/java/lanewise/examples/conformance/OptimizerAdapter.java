package lanewise.examples.conformance;

import java.util.ArrayList;
import java.util.List;
import lanewise.kernels.Workers;
import lanewise.kernels.optimizer.AdaGrad;
import lanewise.kernels.optimizer.Adam;
import lanewise.kernels.optimizer.Momentum;

/**
 * Optimizers of {@code ai.onnx.preview.training}: inputs are the learning rate, how many updates went before, then all weights, all
 * gradients and all that is remembered.
 */
final class OptimizerAdapter implements OperatorAdapter {

    /** One update of one tensor; the states are the weights and what is remembered, and are overwritten. */
    @FunctionalInterface
    private interface Update {
        void run(Workers workers, Node node, float rate, int updates, float[] dw, float[][] states);
    }

    private final int memories;
    private final Update update;

    private OptimizerAdapter(int memories, Update update) {
        this.memories = memories;
        this.update = update;
    }

    static OptimizerAdapter adagrad() {
        return new OptimizerAdapter(1, (workers, node, rate, updates, dw, states) -> AdaGrad.update(workers, dw.length,
                rate / (1 + updates * node.number("decay_factor", 0)), node.number("epsilon", 1e-6f),
                node.number("norm_coefficient", 0), dw, 0, states[0], 0, states[1], 0));
    }

    static OptimizerAdapter momentum() {
        return new OptimizerAdapter(1, (workers, node, rate, updates, dw, states) -> {
            float beta = node.number("beta", 1);
            Momentum.update(workers, dw.length, rate, node.number("alpha", 0), updates > 0 ? 1 - beta : 0,
                    node.text("mode", "standard").equals("nesterov"), node.number("norm_coefficient", 0), dw, 0,
                    states[0], 0, states[1], 0);
        });
    }

    /** ONNX adds epsilon to the root before the correction, and corrects nothing at first. */
    static OptimizerAdapter adam() {
        return new OptimizerAdapter(2, (workers, node, rate, updates, dw, states) -> {
            float alpha = node.number("alpha", 0.9f);
            float beta = node.number("beta", 0.999f);
            if (node.number("norm_coefficient_post", 0) != 0) {
                throw new ConformanceException("norm_coefficient_post is not supported");
            }
            int step = Math.max(1, updates);
            double rootFactor = 1 / Math.sqrt(1 - Math.pow(beta, step));
            double adjusted = updates > 0
                    ? rate * Math.sqrt(1 - Math.pow(beta, updates)) / (1 - Math.pow(alpha, updates))
                    : rate;
            Adam.update(workers, dw.length, (float) (adjusted * (1 - Math.pow(alpha, step)) * rootFactor), alpha, beta,
                    (float) (node.number("epsilon", 1e-6f) * rootFactor), node.number("norm_coefficient", 0), false,
                    step, dw, 0, states[0], 0, states[1], 0, states[2], 0);
        });
    }

    @Override
    public List<OnnxTensor> run(Workers workers, Node node, List<OnnxTensor> inputs) {
        float rate = inputs.get(0).floats()[0];
        int updates = Math.toIntExact(inputs.get(1).integers()[0]);
        int tensors = (inputs.size() - 2) / (2 + memories);
        List<List<OnnxTensor>> results = new ArrayList<>();
        for (int i = 0; i < tensors; i++) {
            float[] dw = inputs.get(2 + tensors + i).floats();
            float[][] states = new float[1 + memories][];
            states[0] = inputs.get(2 + i).floats().clone();
            for (int memory = 1; memory <= memories; memory++) {
                states[memory] = inputs.get(2 + (1 + memory) * tensors + i).floats().clone();
            }
            update.run(workers, node, rate, updates, dw, states);
            List<OnnxTensor> after = new ArrayList<>();
            for (float[] state : states) {
                after.add(OnnxTensor.of(inputs.get(2 + i).shape(), state));
            }
            results.add(after);
        }
        List<OnnxTensor> inOrder = new ArrayList<>();
        for (int state = 0; state <= memories; state++) {
            for (List<OnnxTensor> tensor : results) {
                inOrder.add(tensor.get(state));
            }
        }
        return inOrder;
    }
}
