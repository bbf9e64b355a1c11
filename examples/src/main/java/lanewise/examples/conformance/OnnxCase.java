package lanewise.examples.conformance;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lanewise.kernels.Workers;

/**
 * A model, and inputs with the outputs that they must give: a folder of the model and data sets, or a whole network in a file.
 *
 * @param name the last two parts of its path
 * @param folder where the model is
 * @param network whether the inputs of the network are numbers that rise from 0 to 1, as for ONNX's runner; else there are data sets
 * @param model the model
 */
record OnnxCase(String name, Path folder, boolean network, ModelProto model) {

    // What the ONNX project's own runner allows, for backends of any precision.
    private static final double RELATIVE = 1e-3;
    private static final double ABSOLUTE = 1e-7;

    /** The case in a folder; its name is that of the folder and the one around it. */
    static OnnxCase read(Path folder) {
        return new OnnxCase(folder.getParent().getFileName() + "/" + folder.getFileName(), folder, false,
                parse(folder.resolve("model.onnx"), ModelProto::parseFrom));
    }

    /** A whole network in a file, with constant weights; its output is in the file beside it. */
    static OnnxCase readNetwork(Path file) {
        String name = file.getFileName().toString().replace(".onnx", "");
        return new OnnxCase(file.getParent().getFileName() + "/" + name, file.getParent(), true,
                parse(file, ModelProto::parseFrom));
    }

    /** The names of its operators; with their domain where it is not ONNX's own. */
    Set<String> operators() {
        return model.getGraph().getNodeList().stream().map(OnnxCase::operator)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether all its inputs and outputs have elements of types that {@link OnnxTensor} knows: all kernels are of float32. */
    boolean hasKnownTypes() {
        GraphProto graph = model.getGraph();
        return Stream.concat(graph.getInputList().stream(), graph.getOutputList().stream())
                .allMatch(value -> OnnxTensor.KNOWN_TYPES.contains(value.getType().getTensorType().getElemType()));
    }

    /**
     * Runs all data sets.
     *
     * @throws ConformanceException if an output is not as expected
     */
    void run(Workers workers, Map<String, OperatorAdapter> adapters) throws IOException {
        if (network) {
            runNetwork(workers, adapters);
            return;
        }
        try (Stream<Path> sets = Files.list(folder).filter(Files::isDirectory).sorted()) {
            List<Path> all = sets.toList();
            if (all.isEmpty()) {
                throw new ConformanceException(name + " has no data");
            }
            for (Path set : all) {
                run(workers, adapters, set);
            }
        }
    }

    private void run(Workers workers, Map<String, OperatorAdapter> adapters, Path set) {
        run(workers, adapters, (i, input) -> tensor(set.resolve("input_" + i + ".pb")), set + "/output_");
    }

    private void runNetwork(Workers workers, Map<String, OperatorAdapter> adapters) {
        String file = name.substring(name.indexOf('/') + 1);
        run(workers, adapters, (i, input) -> ramp(input), folder.resolve(file + "_output_").toString());
    }

    private void run(Workers workers, Map<String, OperatorAdapter> adapters,
            BiFunction<Integer, ValueInfoProto, OnnxTensor> input, String outputs) {
        GraphProto graph = model.getGraph();
        Map<String, OnnxTensor> values = new HashMap<>();
        graph.getInitializerList().forEach(tensor -> values.put(tensor.getName(), OnnxTensor.of(tensor)));
        List<ValueInfoProto> inputs = graph.getInputList().stream()
                .filter(info -> !values.containsKey(info.getName())).toList();
        for (int i = 0; i < inputs.size(); i++) {
            values.put(inputs.get(i).getName(), input.apply(i, inputs.get(i)));
        }
        for (NodeProto node : graph.getNodeList()) {
            run(workers, adapters.get(operator(node)), new Node(node, opset()), node, values);
        }
        for (int i = 0; i < graph.getOutputCount(); i++) {
            String output = graph.getOutput(i).getName();
            check(name + ", output " + output, tensor(Path.of(outputs + i + ".pb")), values.get(output));
        }
    }

    private static OnnxTensor ramp(ValueInfoProto input) {
        List<Integer> shape = input.getType().getTensorType().getShape().getDimList().stream()
                .map(dimension -> Math.toIntExact(dimension.getDimValue())).toList();
        float[] values = new float[Shapes.product(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((double) i / values.length);
        }
        return OnnxTensor.of(shape, values);
    }

    /** The version of ONNX's own operators. */
    private long opset() {
        return model.getOpsetImportList().stream().filter(set -> set.getDomain().isEmpty())
                .mapToLong(OperatorSetIdProto::getVersion).findFirst().orElse(1);
    }

    private static void run(Workers workers, OperatorAdapter adapter, Node node, NodeProto proto,
            Map<String, OnnxTensor> values) {
        List<OnnxTensor> inputs = new ArrayList<>();
        proto.getInputList().forEach(input -> inputs.add(values.get(input)));
        List<OnnxTensor> results = adapter.run(workers, node, inputs);
        node.checkAllAttributesAsked();
        for (int i = 0; i < proto.getOutputCount(); i++) {
            values.put(proto.getOutput(i), results.get(i));
        }
    }

    private static void check(String what, OnnxTensor expected, OnnxTensor actual) {
        if (!expected.shape().equals(actual.shape())) {
            throw new ConformanceException(what + " has shape " + actual.shape() + ", expected " + expected.shape());
        }
        if (expected.floats() == null) {
            if (!Arrays.equals(expected.integers(), actual.integers())) {
                throw new ConformanceException(what + " is " + Arrays.toString(actual.integers()) + ", expected "
                        + Arrays.toString(expected.integers()));
            }
            return;
        }
        for (int i = 0; i < expected.floats().length; i++) {
            float is = actual.floats()[i];
            float must = expected.floats()[i];
            if (!(Float.compare(is, must) == 0 || Math.abs(is - must) <= ABSOLUTE + RELATIVE * Math.abs(must))) {
                throw new ConformanceException(what + "[" + i + "] = " + is + ", expected " + must);
            }
        }
    }

    private static String operator(NodeProto node) {
        return (node.getDomain().isEmpty() ? "" : node.getDomain() + ".") + node.getOpType();
    }

    private static OnnxTensor tensor(Path file) {
        return OnnxTensor.of(parse(file, TensorProto::parseFrom));
    }

    /** A parser of messages. */
    @FunctionalInterface
    private interface Parser<T> {
        T parse(byte[] bytes) throws IOException;
    }

    private static <T> T parse(Path file, Parser<T> parser) {
        try {
            return parser.parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
