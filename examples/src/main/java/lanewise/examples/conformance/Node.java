package lanewise.examples.conformance;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A node of a graph as its adapter sees it: attributes with their defaults. It knows which of them were asked for. */
final class Node {

    private final NodeProto proto;
    private final long opset;
    private final Set<String> asked = new HashSet<>();

    Node(NodeProto proto, long opset) {
        this.proto = proto;
        this.opset = opset;
    }

    /** The version of ONNX's operators that the model was made for. */
    long opset() {
        return opset;
    }

    /** An attribute with one integer. */
    int integer(String name, int otherwise) {
        return attribute(name).map(attribute -> Math.toIntExact(attribute.getI())).orElse(otherwise);
    }

    /** An attribute with one number. */
    float number(String name, float otherwise) {
        return attribute(name).map(AttributeProto::getF).orElse(otherwise);
    }

    /** An attribute with a text. */
    String text(String name, String otherwise) {
        return attribute(name).map(attribute -> attribute.getS().toStringUtf8()).orElse(otherwise);
    }

    /** An attribute with integers. */
    int[] integers(String name, int... otherwise) {
        return attribute(name)
                .map(attribute -> attribute.getIntsList().stream().mapToInt(Math::toIntExact).toArray())
                .orElse(otherwise);
    }

    /** An attribute that is a tensor. */
    OnnxTensor tensor(String name) {
        return attribute(name).map(attribute -> OnnxTensor.of(attribute.getT())).orElseThrow();
    }

    /** How many results are wanted. */
    int outputs() {
        return proto.getOutputCount();
    }

    /** Fails if the node has an attribute that its adapter did not look at. */
    void checkAllAttributesAsked() {
        Set<String> ignored = proto.getAttributeList().stream().map(AttributeProto::getName)
                .filter(name -> !asked.contains(name)).collect(Collectors.toSet());
        if (!ignored.isEmpty()) {
            throw new ConformanceException(
                    "the adapter of " + proto.getOpType() + " ignored the attributes " + ignored);
        }
    }

    private Optional<AttributeProto> attribute(String name) {
        asked.add(name);
        return proto.getAttributeList().stream().filter(attribute -> attribute.getName().equals(name)).findFirst();
    }
}
