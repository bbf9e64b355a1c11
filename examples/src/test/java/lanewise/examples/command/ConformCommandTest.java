package lanewise.examples.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases that are made here: of one operator, from x to y. */
class ConformCommandTest {

    private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();

    @TempDir
    private Path folder;

    @Test
    void casesPassFailOrAreSkippedForAReason() throws IOException {
        write("relu", "Relu", new float[]{-1, 2}, new float[]{0, 2});
        write("unknown", "Frobnicate", new float[]{1}, new float[]{1});

        Invocation good = Invocation.of("conform", folder);

        assertEquals(0, good.exitCode(), good.err());
        String parent = folder.getFileName().toString();
        assertEquals("skipped, no kernel: Frobnicate (1): " + parent + "/unknown", good.out().lines().toList().get(0));
        assertEquals("1 passed, 0 failed, 1 skipped", good.out().lines().toList().get(1));

        write("wrong", "Relu", new float[]{-1, 2}, new float[]{0, 3});
        write("shapes", "Relu", new float[]{-1, 2}, new float[]{0});
        Files.write(Files.createDirectory(folder.resolve("broken")).resolve("model.onnx"), new byte[]{1, 2, 3});

        Invocation bad = Invocation.of("conform", folder, "--threads", 1);

        assertEquals(1, bad.exitCode(), bad.err());
        assertTrue(bad.out().contains("wrong, output y[1] = 2.0, expected 3.0"), bad.out());
        assertTrue(bad.out().contains("shapes, output y has shape [2], expected [1]"), bad.out());
        assertTrue(bad.out().contains("FAILED " + folder.resolve("broken")), bad.out());
        assertTrue(bad.out().contains("1 passed, 3 failed, 1 skipped"), bad.out());
    }

    @Test
    void aFolderWithoutCasesIsAUsageError() {
        Invocation empty = Invocation.of("conform", folder);
        assertEquals(2, empty.exitCode());
        assertTrue(empty.err().contains("there are no ONNX test cases in " + folder), empty.err());
        Invocation missing = Invocation.of("conform", folder.resolve("missing"));
        assertEquals(2, missing.exitCode());
        assertTrue(missing.err().contains("missing is no folder"), missing.err());
    }

    private void write(String name, String operator, float[] x, float[] y) throws IOException {
        Path data = Files.createDirectories(folder.resolve(name).resolve("test_data_set_0"));
        GraphProto graph = GraphProto.newBuilder()
                .addNode(NodeProto.newBuilder().setOpType(operator).addInput("x").addOutput("y"))
                .addInput(value("x", x.length)).addOutput(value("y", y.length)).build();
        Files.write(data.resolveSibling("model.onnx"), ModelProto.newBuilder().setGraph(graph)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(20)).build().toByteArray());
        Files.write(data.resolve("input_0.pb"), tensor("x", x).toByteArray());
        Files.write(data.resolve("output_0.pb"), tensor("y", y).toByteArray());
    }

    private static ValueInfoProto value(String name, int size) {
        TensorShapeProto shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size)).build();
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape))).build();
    }

    private static TensorProto tensor(String name, float... elements) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(FLOAT).addDims(elements.length);
        for (float element : elements) {
            tensor.addFloatData(element);
        }
        return tensor.build();
    }
}
