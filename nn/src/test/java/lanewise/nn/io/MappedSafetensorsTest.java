package lanewise.nn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedSafetensorsTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("a.safetensors");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("table", Tensor.of(new float[]{1, 2, 3, 4, 5, 6}, 3, 2));
        tensors.put("none", Tensor.of(new float[0], 0));
        tensors.put("bias", Tensor.of(new float[]{7, 8}, 2));
        Safetensors.save(file, tensors, Map.of("format", "pt"));
    }

    @Test
    void givesWhatIsAskedFor() throws IOException {
        Tensor bias;
        try (MappedSafetensors mapped = MappedSafetensors.open(file)) {
            assertEquals(List.of("table", "none", "bias"), List.copyOf(mapped.shapes().keySet()));
            assertEquals(Shape.of(3, 2), mapped.shapes().get("table"));
            assertEquals(Map.of("format", "pt"), mapped.metadata());
            bias = mapped.tensor("bias");
            assertEquals(0, mapped.tensor("none").size());
            float[] row = {0, 0, 0, 9};
            mapped.copy("table", 2, 2, row, 1);
            assertArrayEquals(new float[]{0, 3, 4, 9}, row);
        }
        assertArrayEquals(new float[]{7, 8}, bias.toArray());
    }

    /** Elements need not lie at multiples of four bytes: other writers do not pad the header. */
    @Test
    void elementsMayLieAnywhere() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int header = Byte.toUnsignedInt(bytes[0]);
        // A blank more at the end of the header.
        byte[] shifted = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, shifted, 0, 8 + header);
        shifted[0]++;
        shifted[8 + header] = ' ';
        System.arraycopy(bytes, 8 + header, shifted, 9 + header, bytes.length - 8 - header);
        Files.write(file, shifted);

        try (MappedSafetensors mapped = MappedSafetensors.open(file)) {
            assertArrayEquals(new float[]{1, 2, 3, 4, 5, 6}, mapped.tensor("table").toArray());
        }
    }

    @Test
    void whatIsNotThereIsRefused() throws IOException {
        MappedSafetensors mapped = MappedSafetensors.open(file);
        assertEquals("tensor: " + file + " has no tensor 'weight', need one of [table, none, bias]",
                assertThrows(IllegalArgumentException.class, () -> mapped.tensor("weight")).getMessage());
        assertEquals(
                "copy: from = 5, count = 2, need 0 <= from, 0 <= count and from + count <= 6, as 'table' is [3, 2]",
                assertThrows(IndexOutOfBoundsException.class, () -> mapped.copy("table", 5, 2, new float[2], 0))
                        .getMessage());
        assertEquals("copy: target.length = 2, targetOffset = 1, need room for 2 elements",
                assertThrows(IndexOutOfBoundsException.class, () -> mapped.copy("table", 0, 2, new float[2], 1))
                        .getMessage());
        mapped.close();
        assertThrows(IllegalStateException.class, () -> mapped.tensor("table"));
        assertThrows(UnsupportedOperationException.class, () -> mapped.shapes().clear());
    }

    @Test
    void aFileThatIsCutOffIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertThrows(UnreadableFileException.class, () -> MappedSafetensors.open(file));
        assertThrows(UnreadableFileException.class, () -> MappedSafetensors.open(folder.resolve("missing")));
    }
}
