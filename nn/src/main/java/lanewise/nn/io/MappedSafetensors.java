package lanewise.nn.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;

/**
 * A safetensors file that is mapped into memory: opening reads the header only, and of the tensors what is asked for, so that
 * several processes share one copy and a part of a large file costs its own size. Checked as {@link Safetensors#load} checks.
 *
 * <p>
 * Threads may share it. The file must not be cut while it is open: reading what is gone is an {@link InternalError} of the JVM.
 */
public final class MappedSafetensors implements AutoCloseable {

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final SafetensorsHeader header;
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final Arena arena;
    private final MemorySegment data;

    private MappedSafetensors(Path file, SafetensorsHeader header, Arena arena, MemorySegment data) {
        this.file = file;
        this.header = header;
        this.arena = arena;
        this.data = data;
        header.tensors().forEach((name, entry) -> shapes.put(name, entry.shape()));
    }

    /**
     * Opens a file.
     *
     * @param file the file
     * @return the mapped file, to be closed by the caller
     * @throws UnreadableFileException if the file is missing, cut off or not well-formed, or holds another dtype than F32
     * @throws IOException if reading fails
     */
    public static MappedSafetensors open(Path file) throws IOException {
        try (FileChannel channel = Safetensors.open(file)) {
            SafetensorsHeader header = Safetensors.readHeader(file, channel);
            long start = channel.position();
            Arena arena = Arena.ofShared();
            try {
                MemorySegment data = channel.map(MapMode.READ_ONLY, start, channel.size() - start, arena);
                return new MappedSafetensors(file, header, arena, data);
            } catch (IOException | RuntimeException e) {
                arena.close();
                throw e;
            }
        }
    }

    /**
     * What the file holds.
     *
     * @return shapes by name, in the order of the header; unmodifiable
     */
    public Map<String, Shape> shapes() {
        return Collections.unmodifiableMap(shapes);
    }

    /**
     * The file's metadata.
     *
     * @return text by name; unmodifiable
     */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(header.metadata());
    }

    /**
     * Copies a tensor.
     *
     * @param name its name
     * @return a tensor that belongs to no step
     * @throws IllegalArgumentException if the file has no such tensor
     * @throws IllegalStateException if the file is closed
     */
    public Tensor tensor(String name) {
        Shape shape = entry(name).shape();
        float[] elements = new float[shape.size()];
        copy(name, 0, elements.length, elements, 0);
        return Tensor.of(elements, shape);
    }

    /**
     * Copies a part of a tensor, such as some rows of a table.
     *
     * @param name its name
     * @param from the first element, row-major
     * @param count how many elements
     * @param target where they go
     * @param targetOffset index of the first
     * @throws IllegalArgumentException if the file has no such tensor
     * @throws IndexOutOfBoundsException if the tensor or the target has not so many elements; nothing is written
     * @throws IllegalStateException if the file is closed
     */
    public void copy(String name, int from, int count, float[] target, int targetOffset) {
        SafetensorsHeader.Entry entry = entry(name);
        int size = entry.shape().size();
        if (from < 0 || count < 0 || count > size - from) {
            throw new IndexOutOfBoundsException(
                    "copy: from = " + from + ", count = " + count + ", need 0 <= from, 0 <= count and from + count <= "
                            + size + ", as '" + name + "' is " + entry.shape());
        }
        if (targetOffset < 0 || count > target.length - targetOffset) {
            throw new IndexOutOfBoundsException("copy: target.length = " + target.length + ", targetOffset = "
                    + targetOffset + ", need room for " + count + " elements");
        }
        MemorySegment.copy(data, FLOAT, entry.begin() + (long) from * Float.BYTES, target, targetOffset, count);
    }

    /** Unmaps the file. Copies stay. */
    @Override
    public void close() {
        arena.close();
    }

    private SafetensorsHeader.Entry entry(String name) {
        SafetensorsHeader.Entry entry = header.tensors().get(name);
        if (entry == null) {
            throw new IllegalArgumentException("tensor: " + file + " has no tensor '" + name + "', need one of "
                    + shapes.keySet());
        }
        return entry;
    }
}
