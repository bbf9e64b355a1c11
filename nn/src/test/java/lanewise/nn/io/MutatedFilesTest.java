package lanewise.nn.io;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import lanewise.nn.Generator;
import lanewise.nn.Tensor;
import lanewise.nn.data.Idx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files with random damage: a reader gives tensors or {@link UnreadableFileException}, and takes little memory for either.
 * A hang would be seen as one of the test run.
 */
class MutatedFilesTest {

    /** Of each kind. */
    private static final int FILES = 20_000;
    private static final long MOST_BYTES = 64L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final byte[] TELLING = {0, 1, 127, -128, -1, '{', '}', '"', '\'', '[', ']', '(', ')', ',', ':', '9',
            '0', '-', '.', 'e', ' ', '\n', 'F', '8'};

    @TempDir
    private Path folder;

    private interface Reader {
        Object read(Path file) throws IOException;
    }

    @Test
    void safetensors() throws IOException {
        Path sound = folder.resolve("sound");
        Safetensors.save(sound, tensors(), Map.of("format", "pt"));
        mutate(Files.readAllBytes(sound), Safetensors::load);
    }

    @Test
    void mappedSafetensors() throws IOException {
        Path sound = folder.resolve("sound");
        Safetensors.save(sound, tensors(), Map.of("format", "pt"));
        mutate(Files.readAllBytes(sound), file -> {
            try (MappedSafetensors mapped = MappedSafetensors.open(file)) {
                return mapped.shapes().keySet().stream().map(mapped::tensor).toList();
            }
        });
    }

    @Test
    void checkpoints() throws IOException {
        Path sound = folder.resolve("sound");
        Checkpoint checkpoint = new Checkpoint().add("random", new Generator(1)).add("more", new Generator(2, 5));
        checkpoint.save(sound);
        mutate(Files.readAllBytes(sound), file -> {
            checkpoint.load(file);
            return file;
        });
    }

    @Test
    void npy() throws IOException {
        Path sound = folder.resolve("sound");
        Npy.save(sound, tensors().get("a"));
        mutate(Files.readAllBytes(sound), Npy::load);
    }

    @Test
    void npz() throws IOException {
        Path sound = folder.resolve("sound");
        Npz.save(sound, tensors());
        mutate(Files.readAllBytes(sound), Npz::load);
    }

    @Test
    void idx() throws IOException {
        ByteBuffer plain = ByteBuffer.allocate(16 + 24).putInt(0x0803).putInt(2).putInt(3).putInt(4);
        ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(gzipped)) {
            out.write(plain.array());
        }
        mutate(plain.array(), file -> Idx.read(file, 3), FILES / 2);
        mutate(gzipped.toByteArray(), file -> Idx.read(file, 3), FILES / 2);
    }

    private void mutate(byte[] sound, Reader reader) throws IOException {
        mutate(sound, reader, FILES);
    }

    private void mutate(byte[] sound, Reader reader, int files) throws IOException {
        Path file = folder.resolve("mutated");
        SplittableRandom random = new SplittableRandom(5);
        int refused = 0;
        for (int i = 0; i < files; i++) {
            byte[] bytes = mutated(sound, random);
            Files.write(file, bytes);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            try {
                reader.read(file);
            } catch (UnreadableFileException e) {
                refused++;
                assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
            } catch (IOException | RuntimeException | Error e) {
                fail("mutation " + i + ": " + Arrays.toString(bytes), e);
            }
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated <= MOST_BYTES + bytes.length,
                    () -> allocated + " bytes allocated for " + Arrays.toString(bytes));
        }
        assertTrue(refused > files / 4, "so much damage is noticed");
    }

    private static byte[] mutated(byte[] sound, SplittableRandom random) {
        byte[] bytes = sound.clone();
        int changes = 1 + random.nextInt(4);
        for (int change = 0; change < changes && bytes.length > 0; change++) {
            int at = random.nextBoolean() ? random.nextInt(bytes.length) : random.nextInt(Math.min(40, bytes.length));
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = TELLING[random.nextInt(TELLING.length)];
                case 3 -> bytes = Arrays.copyOf(bytes, at);
                case 4 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(20));
                default -> {
                    int from = random.nextInt(bytes.length);
                    int count = Math.min(random.nextInt(1, 9), bytes.length - Math.max(at, from));
                    System.arraycopy(bytes, from, bytes, at, count);
                }
            }
        }
        return bytes;
    }

    private static Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("a", Tensor.of(new float[]{1, 2, 3, 4, 5, 6}, 2, 3));
        tensors.put("b.c", Tensor.of(new float[]{7}, 1));
        return tensors;
    }
}
