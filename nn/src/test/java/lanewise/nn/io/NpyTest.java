package lanewise.nn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lanewise.nn.Generator;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyTest {

    @TempDir
    private Path folder;

    @Test
    void theBytesAreThoseOfTheFormat() throws IOException {
        Path file = folder.resolve("a.npy");
        Npy.save(file, Tensor.of(new float[]{1, -2, 3, 4, 5, 6}, 2, 3));

        byte[] bytes = Files.readAllBytes(file);
        String header = new String(bytes, 10, 118, StandardCharsets.US_ASCII);
        assertEquals("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", header.strip());
        assertEquals('\n', bytes[127]);
        assertArrayEquals(new byte[]{(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0},
                java.util.Arrays.copyOf(bytes, 10));
        assertEquals(128 + 24, bytes.length);
        assertEquals(-2, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat(132));
    }

    @Test
    void everyShapeComesBack() throws IOException {
        Path file = folder.resolve("a.npy");
        for (Shape shape : List.of(Shape.SCALAR, Shape.of(5), Shape.of(0), Shape.of(2, 0, 3), Shape.of(3, 4, 5),
                Shape.of(40_000, 2))) {
            Tensor tensor = Tensor.of(new float[shape.size()], shape);
            new Generator(1).normal(tensor, 0, 1);
            Npy.save(file, tensor);
            Tensor loaded = Npy.load(file);
            assertEquals(shape, loaded.shape());
            assertArrayEquals(tensor.toArray(), loaded.toArray());
        }
    }

    @Test
    void readsOtherTypesAndOrders() throws IOException {
        assertArrayEquals(new float[]{1.5f, 2}, load("'>f4'", "False", "(2,)",
                ByteBuffer.allocate(8).putFloat(1.5f).putFloat(2).array()).toArray());
        assertArrayEquals(new float[]{1.5f, 0.1f}, load("'<f8'", "False", "(2,)",
                ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putDouble(1.5).putDouble(0.1).array())
                .toArray());
        ByteBuffer six = ByteBuffer.allocate(24);
        for (int i = 0; i < 6; i++) {
            six.putFloat(i);
        }
        assertArrayEquals(new float[]{0, 2, 4, 1, 3, 5}, load("'>f4'", "True", "(2, 3)", six.array()).toArray());
        assertEquals(Shape.of(2, 3), load("'>f4'", "True", "(2, 3)", six.array()).shape());
    }

    @Test
    void whatIsWrongIsNamed() throws IOException {
        byte[] four = new byte[4];
        assertProblem("elements of type '<i8', need float32 or float64 (<f4, <f8, >f4, >f8)", "'<i8'", "(1,)", four);
        assertProblem("cut off: the header says [2], but the file ends before its elements do", "'<f4'", "(2,)", four);
        assertProblem("not a sound npy file: more bytes follow than the elements of [0]", "'<f4'", "(0,)", four);
        assertProblem("shape (70000, 70000) is too large, or no shape", "'<f4'", "(70000, 70000)", four);
        assertProblem("not a sound npy file, or of a type with fields: header {'descr': [('a', '<f4')], "
                + "'fortran_order': False, 'shape': (1,), }", "[('a', '<f4')]", "(1,)", four);
        Path none = folder.resolve("none.npy");
        assertEquals(none + ": there is no such file",
                assertThrows(UnreadableFileException.class, () -> Npy.load(none)).getMessage());
        Path text = Files.writeString(folder.resolve("text.npy"), "no array at all");
        assertEquals(text + ": not an npy file: it does not begin with \\x93NUMPY",
                assertThrows(UnreadableFileException.class, () -> Npy.load(text)).getMessage());
    }

    @Test
    void severalTensorsInOneFile() throws IOException {
        Path file = folder.resolve("all.npz");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("0.weight", Tensor.of(new float[]{1, 2, 3, 4}, 2, 2));
        tensors.put("0.bias", Tensor.of(new float[]{5}, Shape.SCALAR));
        Npz.save(file, tensors);
        byte[] first = Files.readAllBytes(file);

        Map<String, Tensor> loaded = Npz.load(file);

        assertEquals(List.copyOf(tensors.keySet()), List.copyOf(loaded.keySet()));
        tensors.forEach((name, tensor) -> {
            assertEquals(tensor.shape(), loaded.get(name).shape());
            assertArrayEquals(tensor.toArray(), loaded.get(name).toArray());
        });
        Npz.save(file, tensors);
        assertArrayEquals(first, Files.readAllBytes(file), "the same tensors make the same file");
        Path text = Files.writeString(folder.resolve("text.npz"), "no zip file");
        assertTrue(assertThrows(UnreadableFileException.class, () -> Npz.load(text)).getMessage()
                .startsWith(text + ": damaged, or no npz file: "));
    }

    /** NumPy reads what Lanewise wrote and the other way round; skipped where there is no NumPy. */
    @Test
    void numpyUnderstandsUsAndWeIt() throws IOException, InterruptedException {
        assumeTrue(python("import numpy") == 0, "needs python3 with numpy");
        Tensor tensor = Tensor.of(new float[60], 3, 4, 5);
        new Generator(1).normal(tensor, 0, 1);
        Npy.save(folder.resolve("a.npy"), tensor);
        Npz.save(folder.resolve("a.npz"), Map.of("x", tensor, "y.z", Tensor.of(new float[]{7}, 1)));

        assertEquals(0, python("""
                import numpy as np
                a = np.load('a.npy')
                assert a.shape == (3, 4, 5) and a.dtype == np.float32
                z = np.load('a.npz')
                assert sorted(z.files) == ['x', 'y.z'] and (z['x'] == a).all() and z['y.z'][0] == 7
                np.save('b.npy', a)
                np.save('c.npy', np.asfortranarray(a.astype(np.float64)))
                np.savez('b.npz', x=a, s=np.float32(3))
                np.savez_compressed('c.npz', x=a)
                """));
        assertArrayEquals(tensor.toArray(), Npy.load(folder.resolve("b.npy")).toArray());
        assertArrayEquals(tensor.toArray(), Npy.load(folder.resolve("c.npy")).toArray());
        assertArrayEquals(Files.readAllBytes(folder.resolve("b.npy")), Files.readAllBytes(folder.resolve("a.npy")));
        assertArrayEquals(tensor.toArray(), Npz.load(folder.resolve("b.npz")).get("x").toArray());
        assertEquals(3, Npz.load(folder.resolve("b.npz")).get("s").item());
        assertArrayEquals(tensor.toArray(), Npz.load(folder.resolve("c.npz")).get("x").toArray());
    }

    private int python(String program) throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", program).directory(folder.toFile()).inheritIO().start()
                    .waitFor();
        } catch (IOException e) {
            return -1; // there is no python3
        }
    }

    private Tensor load(String type, String fortran, String shape, byte[] elements) throws IOException {
        String dictionary = "{'descr': " + type + ", 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[]{(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, (byte) dictionary.length(), 0, 0, 0});
        bytes.write(dictionary.getBytes(StandardCharsets.US_ASCII));
        bytes.write(elements);
        return Npy.load(Files.write(folder.resolve("made.npy"), bytes.toByteArray()));
    }

    private void assertProblem(String problem, String type, String shape, byte[] elements) {
        assertEquals(folder.resolve("made.npy") + ": " + problem, assertThrows(UnreadableFileException.class,
                () -> load(type, "False", shape, elements)).getMessage());
    }
}
