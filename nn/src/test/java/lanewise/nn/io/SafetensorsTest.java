package lanewise.nn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Sequential;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import lanewise.nn.layer.Linear;
import lanewise.nn.layer.Sigmoid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {

    @TempDir
    private Path folder;

    @Test
    void theBytesAreThoseOfThePublishedFormat() throws IOException {
        Path file = folder.resolve("a.safetensors");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("w", Tensor.of(new float[]{1, -2}, 1, 2));
        tensors.put("none", Tensor.of(new float[0], 0));
        tensors.put("s", Tensor.of(new float[]{0.5f}, Shape.SCALAR));

        Safetensors.save(file, tensors, Map.of("format", "pt"));

        String header = "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
                + "\"none\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[8,8]},"
                + "\"s\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]}}";
        int padded = (header.length() + 7) / 8 * 8;
        ByteBuffer expected = ByteBuffer.allocate(8 + padded + 12).order(ByteOrder.LITTLE_ENDIAN);
        expected.putLong(padded).put(ascii(header + " ".repeat(padded - header.length())));
        expected.putInt(0x3F800000).putInt(0xC0000000).putInt(0x3F000000);
        assertArrayEquals(expected.array(), Files.readAllBytes(file));

        Map<String, Tensor> loaded = Safetensors.load(file);
        assertEquals(List.of("w", "none", "s"), List.copyOf(loaded.keySet()));
        assertEquals(Shape.of(1, 2), loaded.get("w").shape());
        assertArrayEquals(new float[]{1, -2}, loaded.get("w").toArray());
        assertEquals(0.5f, loaded.get("s").item());
        assertEquals(Map.of("format", "pt"), Safetensors.metadata(file));
    }

    @Test
    void aModuleSurvivesTheRoundTrip() throws IOException {
        Path file = folder.resolve("net.safetensors");
        Module net = mlp(1);
        Safetensors.save(file, net.stateDict(), Map.of());

        Module restored = mlp(2);
        restored.loadStateDict(Safetensors.load(file));

        net.namedParameters().forEach((name, p) -> assertArrayEquals(p.toArray(),
                restored.namedParameters().get(name).toArray(), name));
    }

    @Test
    void elementsBeyondOneChunkArrive() throws IOException {
        float[] many = new float[50_000];
        new Generator(1).normal(Tensor.of(many, many.length), 0, 1);
        Path file = folder.resolve("many.safetensors");

        Safetensors.save(file, Map.of("x", Tensor.of(many, 5, 10_000)), Map.of());

        assertArrayEquals(many, Safetensors.load(file).get("x").toArray());
    }

    @Test
    void anyTextIsANameOrMetadata() throws IOException {
        String odd = "a \"quoted\" \\ back\nline \u0001 é 漢 \uD83D\uDE00 /";
        Path file = folder.resolve("odd.safetensors");

        Safetensors.save(file, Map.of(odd, Tensor.of(new float[]{1}, 1)), Map.of(odd, odd));

        assertEquals(1, Safetensors.load(file).get(odd).item());
        assertEquals(Map.of(odd, odd), Safetensors.metadata(file));
    }

    @Test
    void nothingToSaveIsAFileToo() throws IOException {
        Path file = folder.resolve("empty.safetensors");
        Safetensors.save(file, Map.of(), Map.of());
        assertEquals(Map.of(), Safetensors.load(file));

        Safetensors.save(file, Map.of(), Map.of("only", "text"));
        assertEquals(Map.of("only", "text"), Safetensors.metadata(file));
    }

    @Test
    void aFailedSaveLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = folder.resolve("a.safetensors");
        Safetensors.save(file, Map.of("x", Tensor.of(new float[]{1}, 1)), Map.of());

        assertThrows(IllegalStateException.class, () -> AtomicFile.replace(file, channel -> {
            channel.write(ByteBuffer.wrap(new byte[100]));
            throw new IllegalStateException("in the middle of writing");
        }));

        assertEquals(1, Safetensors.load(file).get("x").item());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void theMetadataNameIsReserved() {
        Map<String, Tensor> tensors = Map.of("__metadata__", Tensor.of(new float[1], 1));

        assertEquals("save: a tensor cannot be named __metadata__", assertThrows(IllegalArgumentException.class,
                () -> Safetensors.save(folder.resolve("x"), tensors, Map.of())).getMessage());
    }

    @Test
    void spacesAndOtherOrdersAreRead() throws IOException {
        Path file = file(" {\"b\" : { \"data_offsets\" : [ 4 , 8 ] , \"shape\":[1],\"dtype\":\"F32\"},\r\n\t"
                .substring(1) + "\"\\u0061\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]} } ", 8);

        assertEquals(List.of("b", "a"), List.copyOf(Safetensors.load(file).keySet()));
    }

    @Test
    void everyFaultOfTheFrameIsNamed() throws IOException {
        String not = "not a safetensors file: ";
        assertProblem("there is no such file", folder.resolve("none"));
        assertProblem("is a folder, need a file", folder);
        assertProblem(not + "it has 3 bytes, need at least 8", bytes(new byte[3]));
        assertProblem(not + "header length 0, need 2 to 2 in a file of 10 bytes", bytes(new byte[10]));
        assertProblem(not + "header length 18446744073709551615, need 2 to 2 in a file of 10 bytes",
                bytes(new byte[]{-1, -1, -1, -1, -1, -1, -1, -1, '{', '}'}));
        assertProblem(not + "header length 3, need 2 to 2 in a file of 10 bytes",
                bytes(new byte[]{3, 0, 0, 0, 0, 0, 0, 0, '{', '}'}));
        assertProblem(not + "the header is not UTF-8",
                bytes(new byte[]{3, 0, 0, 0, 0, 0, 0, 0, '{', (byte) 0xC0, '}'}));
    }

    @Test
    void everyFaultOfTheJsonIsNamed() throws IOException {
        assertHeaderProblem("expected '{'", "[]", 0);
        assertHeaderProblem("expected '{'", " {}", 0);
        assertHeaderProblem("expected '\"'", "{,}", 0);
        assertHeaderProblem("expected the end", "{}x", 0);
        assertHeaderProblem("unexpected end", "{\"ab", 0);
        assertHeaderProblem("control character in a string", "{\"\n\":", 0);
        assertHeaderProblem("unknown escape '\\x'", "{\"\\x\":1}", 0);
        assertHeaderProblem("expected four hexadecimal digits", "{\"\\u0g00\":1}", 0);
        assertHeaderProblem("expected '{'", "{\"a\":1}", 0);
        assertHeaderProblem("second metadata entry named 'a'",
                "{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}", 0);
        assertHeaderProblem("second __metadata__",
                "{\"__metadata__\":{},\"__metadata__\":{}}", 0);
        assertHeaderProblem("second tensor named 'a'", "{" + tensor("a", "F32", "[0]", "[0,0]") + ","
                + tensor("a", "F32", "[0]", "[0,0]") + "}", 0);
    }

    @Test
    void everyFaultOfATensorIsNamed() throws IOException {
        String shapes = "shape and dtype need 8 bytes, data_offsets span 4";
        assertTensorProblem(shapes, "F32", "[2]", "[0,4]");
        assertTensorProblem("data_offsets must be [begin, end] with begin <= end", "F32", "[1]", "[4,0]");
        assertTensorProblem("data_offsets must be [begin, end] with begin <= end", "F32", "[1]", "[0]");
        assertTensorProblem("shape overflows", "F32", "[4611686018427387904,4]", "[0,4]");
        assertTensorProblem("a size of 4294967296 is too large", "F32", "[4294967296,0]", "[0,0]");
        assertTensorProblem("shape [65536, 65536, 0]: need at most 2147483647 elements", "F32", "[65536,65536,0]",
                "[0,0]");
        assertTensorProblem("unknown dtype 'F33'", "F33", "[1]", "[0,4]");
        assertTensorProblem("dtype F16 is not supported, only F32 is", "F16", "[2]", "[0,4]");
        assertTensorProblem("unknown or repeated key 'x'", "F32\",\"x\":\"", "[1]", "[0,4]");
        assertTensorProblem("unknown or repeated key 'dtype'", "F32\",\"dtype\":\"F32", "[1]", "[0,4]");
        assertHeaderProblem("tensor 'a': need dtype, shape and data_offsets",
                "{\"a\":{\"dtype\":\"F32\"}}", 0);
        assertHeaderProblem("expected an integer >= 0", "{" + tensor("a", "F32", "[-1]", "[0,4]") + "}", 4);
        assertHeaderProblem("expected an integer >= 0", "{" + tensor("a", "F32", "[01]", "[0,4]") + "}", 4);
        assertHeaderProblem("number too large", "{" + tensor("a", "F32", "[99999999999999999999]", "[0,4]") + "}", 4);
        assertHeaderProblem("more than 64 numbers in a list",
                "{" + tensor("a", "F32", "[" + "1,".repeat(64) + "1]", "[0,4]") + "}", 4);
    }

    @Test
    void tensorsFillTheDataExactly() throws IOException {
        String first = tensor("a", "F32", "[2]", "[0,8]");
        assertHeaderProblem("the tensors fill 8 bytes, the file has 12 bytes of data", "{" + first + "}", 12);
        assertHeaderProblem("the tensors fill 8 bytes, the file has 4 bytes of data", "{" + first + "}", 4);
        assertHeaderProblem("tensor 'b' begins at byte 12 of the data, need 8 (gap)",
                "{" + first + "," + tensor("b", "F32", "[1]", "[12,16]") + "}", 16);
        assertHeaderProblem("tensor 'b' begins at byte 4 of the data, need 8 (overlap)",
                "{" + first + "," + tensor("b", "F32", "[2]", "[4,12]") + "}", 12);
        assertHeaderProblem("tensor 'b' begins at byte 4 of the data, need 8 (overlap)",
                "{" + first + "," + tensor("b", "F32", "[0]", "[4,4]") + "}", 8);
    }

    @Test
    void damagedFilesAreReadOrRefusedButNeverCrash() throws IOException {
        Path file = folder.resolve("a.safetensors");
        Safetensors.save(file, mlp(1).stateDict(), Map.of("epoch", "3"));
        byte[] original = Files.readAllBytes(file);
        int header = 8 + (int) ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        byte[] json = ascii("{}[]\",:0123456789\\eE.-");
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] mutant = original.clone();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                int at = random.nextInt(header);
                mutant[at] = random.nextBoolean() ? json[random.nextInt(json.length)] : (byte) random.nextInt(256);
            }
            Files.write(file, Arrays.copyOf(mutant, random.nextInt(4) == 0
                    ? random.nextInt(mutant.length + 9)
                    : mutant.length));
            try {
                assertEquals(4, Safetensors.load(file).size());
            } catch (UnreadableFileException e) {
                assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
                assertFalse(e.getMessage().contains("null"), e.getMessage());
                refused++;
            }
        }
        assertTrue(refused > 2_500 && refused < 5_000, "refused " + refused);
    }

    private void assertTensorProblem(String problem, String dtype, String shape, String span) throws IOException {
        assertHeaderProblem("tensor 'a': " + problem, "{" + tensor("a", dtype, shape, span) + "}", 4);
    }

    private void assertHeaderProblem(String problem, String header, int dataBytes) throws IOException {
        String message = problem(file(header, dataBytes));
        assertTrue(message.startsWith("not a sound safetensors file: " + problem + " at character "), message);
    }

    private void assertProblem(String problem, Path file) {
        assertEquals(problem, problem(file));
    }

    private String problem(Path file) {
        String message = assertThrows(UnreadableFileException.class, () -> Safetensors.load(file)).getMessage();
        assertTrue(message.startsWith(file + ": "), message);
        return message.substring(file.toString().length() + 2);
    }

    private Path file(String header, int dataBytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer content = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        return bytes(content.putLong(json.length).put(json).array());
    }

    private Path bytes(byte[] content) throws IOException {
        return Files.write(Files.createTempFile(folder, "x", ".safetensors"), content);
    }

    private static String tensor(String name, String dtype, String shape, String span) {
        return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + span + "}";
    }

    private static Module mlp(long seed) {
        Generator random = new Generator(seed);
        return new Sequential(new Linear(3, 4, random), new Sigmoid(), new Linear(4, 2, random));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
