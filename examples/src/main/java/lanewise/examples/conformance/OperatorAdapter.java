package lanewise.examples.conformance;

import java.util.List;
import lanewise.kernels.Workers;

/** An ONNX operator in terms of kernels. A new operator is one more of these, and an entry in {@link Operators}. */
@FunctionalInterface
interface OperatorAdapter {

    /**
     * Runs the kernel.
     *
     * @param workers to run it on
     * @param node attributes
     * @param inputs in the operator's order; null where an optional one is left out, none at the end
     * @return the results, in the operator's order; at least as many as the node wants
     */
    List<OnnxTensor> run(Workers workers, Node node, List<OnnxTensor> inputs);
}
