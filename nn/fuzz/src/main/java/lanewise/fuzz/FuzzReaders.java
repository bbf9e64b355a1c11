package lanewise.fuzz;

import com.code_intelligence.jazzer.Jazzer;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lanewise.nn.Generator;
import lanewise.nn.Tensor;
import lanewise.nn.data.Idx;
import lanewise.nn.io.Checkpoint;
import lanewise.nn.io.MappedSafetensors;
import lanewise.nn.io.Npy;
import lanewise.nn.io.Npz;
import lanewise.nn.io.Safetensors;
import lanewise.nn.io.UnreadableFileException;

/**
 * A reader gives what it read or {@link UnreadableFileException}, and takes little memory and time for either. The first byte of
 * an input says which reader gets the rest as its file; the fuzzer begins with a sound file of each kind.
 */
public final class FuzzReaders {

    private static final long MOST_BYTES = 64L << 20;
    private static final int SECONDS_PER_FILE = 10;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Path FILE = temporary();

    private static final List<Format> FORMATS = List.of(
            new Format("safetensors", FuzzReaders::saveSafetensors, Safetensors::load),
            new Format("mapped-safetensors", FuzzReaders::saveSafetensors, FuzzReaders::readMapped),
            new Format("checkpoint", file -> checkpoint().save(file), file -> checkpoint().load(file)),
            new Format("npy", file -> Npy.save(file, Tensor.of(new float[]{1, 2, 3, 4, 5, 6}, 2, 3)), Npy::load),
            new Format("npz", file -> Npz.save(file, tensors()), Npz::load),
            new Format("idx", file -> Files.write(file, idx()), file -> Idx.read(file, 3)));

    private interface OnFile {
        void accept(Path file) throws IOException;
    }

    private record Format(String name, OnFile save, OnFile read) {}

    private FuzzReaders() {}

    /**
     * Fuzzes until a reader fails or the time is over.
     *
     * @param args the folder of inputs that were interesting, and the seconds
     * @throws IOException if the first inputs cannot be written
     * @throws InterruptedException if the fuzzer is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path inputs = Files.createDirectories(Path.of(args[0]));
        for (int i = 0; i < FORMATS.size(); i++) {
            FORMATS.get(i).save.accept(FILE);
            byte[] sound = Files.readAllBytes(FILE);
            Files.write(inputs.resolve(FORMATS.get(i).name),
                    ByteBuffer.allocate(1 + sound.length).put((byte) i).put(sound).array());
        }
        Jazzer.main(new String[]{"--target_class=" + FuzzReaders.class.getName(),
                "--instrumentation_includes=lanewise.nn.**", "-max_total_time=" + args[1],
                "-timeout=" + SECONDS_PER_FILE, "-print_final_stats=1", inputs.toString()});
    }

    /**
     * What Jazzer calls with each input.
     *
     * @param input which format the file has, and its bytes
     * @throws IOException if a reader fails in another way than its documentation says
     */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        Format format = FORMATS.get(Byte.toUnsignedInt(input[0]) % FORMATS.size());
        Files.write(FILE, Arrays.copyOfRange(input, 1, input.length));
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            format.read.accept(FILE);
        } catch (UnreadableFileException e) {
            if (!e.getMessage().startsWith(FILE + ": ")) {
                throw new IllegalStateException("the message does not begin with the file", e);
            }
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (allocated > MOST_BYTES + input.length) {
            throw new IllegalStateException(format.name + " allocated " + allocated + " bytes");
        }
    }

    private static Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("a", Tensor.of(new float[]{1, 2, 3, 4, 5, 6}, 2, 3));
        tensors.put("b.c", Tensor.of(new float[]{7}, 1));
        return tensors;
    }

    private static Checkpoint checkpoint() {
        return new Checkpoint().add("random", new Generator(1)).add("more", new Generator(2, 5));
    }

    private static void saveSafetensors(Path file) throws IOException {
        Safetensors.save(file, tensors(), Map.of("format", "pt"));
    }

    private static void readMapped(Path file) throws IOException {
        try (MappedSafetensors mapped = MappedSafetensors.open(file)) {
            mapped.shapes().keySet().forEach(mapped::tensor);
        }
    }

    private static byte[] idx() {
        return ByteBuffer.allocate(16 + 24).putInt(0x0803).putInt(2).putInt(3).putInt(4).array();
    }

    private static Path temporary() {
        try {
            Path file = Files.createTempFile("lanewise-fuzz", "");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new IllegalStateException("no temporary file", e);
        }
    }
}
