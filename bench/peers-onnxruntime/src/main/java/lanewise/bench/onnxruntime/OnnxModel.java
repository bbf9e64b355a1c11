package lanewise.bench.onnxruntime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SequencedMap;

/**
 * A message of the ONNX format, in the encoding of Protocol Buffers: as much as a model of one node needs. The numbers of
 * the fields are those of onnx.proto.
 */
final class OnnxModel {

    private static final int IR_VERSION = 9;
    private static final int OPSET = 20;
    private static final int TYPE_FLOAT = 1;
    private static final int ATTRIBUTE_INTS = 7;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private OnnxModel() {}

    /** A model with one node that makes Y from its inputs, whose names are given in their order, with their sizes. */
    static byte[] of(String operator, SequencedMap<String, long[]> inputs, long[] outputSizes,
            OnnxModel... attributes) {
        var node = new OnnxModel();
        var graph = new OnnxModel();
        inputs.keySet().forEach(name -> node.text(1, name));
        node.text(2, "Y").text(4, operator);
        for (OnnxModel attribute : attributes) {
            node.message(5, attribute);
        }
        graph.message(1, node).text(2, "graph");
        inputs.forEach((name, sizes) -> graph.message(11, tensor(name, sizes)));
        graph.message(12, tensor("Y", outputSizes));
        return new OnnxModel().number(1, IR_VERSION).message(8, new OnnxModel().text(1, "").number(2, OPSET))
                .message(7, graph).bytes.toByteArray();
    }

    static OnnxModel ints(String name, long... values) {
        OnnxModel attribute = new OnnxModel().text(1, name);
        for (long value : values) {
            attribute.number(8, value);
        }
        return attribute.number(20, ATTRIBUTE_INTS);
    }

    private static OnnxModel tensor(String name, long[] sizes) {
        var shape = new OnnxModel();
        for (long size : sizes) {
            shape.message(1, new OnnxModel().number(1, size));
        }
        OnnxModel type = new OnnxModel().number(1, TYPE_FLOAT).message(2, shape);
        return new OnnxModel().text(1, name).message(2, new OnnxModel().message(1, type));
    }

    private OnnxModel number(int field, long value) {
        varint((long) field << 3);
        varint(value);
        return this;
    }

    private OnnxModel text(int field, String value) {
        return delimited(field, value.getBytes(StandardCharsets.UTF_8));
    }

    private OnnxModel message(int field, OnnxModel value) {
        return delimited(field, value.bytes.toByteArray());
    }

    private OnnxModel delimited(int field, byte[] value) {
        varint(((long) field << 3) | 2);
        varint(value.length);
        bytes.writeBytes(value);
        return this;
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
