package lanewise.nn.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import lanewise.nn.io.JsonReader.SyntaxException;

/**
 * Tensors in the safetensors format (github.com/huggingface/safetensors): eight bytes with the length of the header,
 * little-endian; the header, in JSON; the elements, little-endian and row-major, without gaps. This class writes and reads
 * tensors of dtype F32.
 *
 * <p>
 * A file that is read is not trusted: its header is checked in full against the length of the file before memory for a
 * tensor is taken.
 */
public final class Safetensors {

    // The limit that the format's own implementation sets.
    private static final int LONGEST_HEADER = 100_000_000;
    private static final int LENGTH_BYTES = 8;
    private static final int CHUNK_BYTES = 1 << 16;

    /** All that a file holds. */
    record Content(Map<String, Tensor> tensors, Map<String, String> metadata) {}

    private Safetensors() {}

    /**
     * Writes tensors to a file. The file is replaced as a whole, after the new one is complete and on disk: whatever
     * happens, the old or the new one is there.
     *
     * @param file the file
     * @param tensors the tensors by name, for example {@code module.stateDict()}
     * @param metadata text by name; may be empty
     * @throws IOException if writing fails
     */
    public static void save(Path file, Map<String, ? extends Tensor> tensors, Map<String, String> metadata)
            throws IOException {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        byte[] header = padded(SafetensorsHeader.format(shapes, metadata).getBytes(StandardCharsets.UTF_8));
        AtomicFile.replace(file, channel -> {
            ByteBuffer start = littleEndian(LENGTH_BYTES + header.length);
            writeFully(channel, start.putLong(header.length).put(header).flip());
            ByteBuffer chunk = littleEndian(CHUNK_BYTES);
            for (Tensor tensor : tensors.values()) {
                writeElements(channel, chunk, tensor.data(), tensor.offset(), tensor.size());
            }
        });
    }

    /**
     * Reads the tensors of a file.
     *
     * @param file the file
     * @return the tensors by name, in the order of the header; they belong to no step
     * @throws UnreadableFileException if the file is missing, cut off or not well-formed, or holds another dtype than F32
     * @throws IOException if reading fails
     */
    public static Map<String, Tensor> load(Path file) throws IOException {
        return read(file).tensors();
    }

    static Content read(Path file) throws IOException {
        try (FileChannel channel = open(file)) {
            SafetensorsHeader header = readHeader(file, channel);
            long dataStart = channel.position();
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            ByteBuffer chunk = littleEndian(CHUNK_BYTES);
            for (Map.Entry<String, SafetensorsHeader.Entry> named : header.tensors().entrySet()) {
                SafetensorsHeader.Entry entry = named.getValue();
                float[] elements = new float[entry.shape().size()];
                channel.position(dataStart + entry.begin());
                readElements(file, channel, chunk, elements);
                tensors.put(named.getKey(), Tensor.of(elements, entry.shape()));
            }
            return new Content(tensors, header.metadata());
        }
    }

    /**
     * Reads the metadata of a file; its tensors are checked, but not read.
     *
     * @param file the file
     * @return text by name
     * @throws UnreadableFileException as {@link #load} does
     * @throws IOException if reading fails
     */
    public static Map<String, String> metadata(Path file) throws IOException {
        try (FileChannel channel = open(file)) {
            return readHeader(file, channel).metadata();
        }
    }

    static FileChannel open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UnreadableFileException(file, "is a folder, need a file");
        }
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new UnreadableFileException(file, "there is no such file", e);
        }
    }

    /** Reads and checks the header; the channel then stands where the data begin. */
    static SafetensorsHeader readHeader(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        int length = headerLength(file, channel, size);
        ByteBuffer bytes = littleEndian(length);
        readFully(file, channel, bytes);
        try {
            String json = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
            return SafetensorsHeader.parse(json, size - LENGTH_BYTES - length);
        } catch (CharacterCodingException e) {
            throw new UnreadableFileException(file, "not a safetensors file: the header is not UTF-8", e);
        } catch (SyntaxException e) {
            throw new UnreadableFileException(file, "not a sound safetensors file: " + e.getMessage(), e);
        }
    }

    private static int headerLength(Path file, FileChannel channel, long size) throws IOException {
        if (size < LENGTH_BYTES) {
            throw new UnreadableFileException(file,
                    "not a safetensors file: it has " + size + " bytes, need at least " + LENGTH_BYTES);
        }
        ByteBuffer bytes = littleEndian(LENGTH_BYTES);
        readFully(file, channel, bytes);
        long length = bytes.getLong(0);
        long most = Math.min(size - LENGTH_BYTES, LONGEST_HEADER);
        if (length < 2 || length > most) {
            throw new UnreadableFileException(file, "not a safetensors file: header length "
                    + Long.toUnsignedString(length) + ", need 2 to " + most + " in a file of " + size + " bytes");
        }
        return (int) length;
    }

    // Elements then start at a multiple of eight bytes, as the format recommends, so that the file can be mapped.
    private static byte[] padded(byte[] header) {
        byte[] padded = Arrays.copyOf(header, (header.length + 7) / 8 * 8);
        Arrays.fill(padded, header.length, padded.length, (byte) ' ');
        return padded;
    }

    private static void writeElements(FileChannel channel, ByteBuffer chunk, float[] data, int offset, int size)
            throws IOException {
        int most = chunk.capacity() / Float.BYTES;
        for (int done = 0; done < size; done += most) {
            int count = Math.min(most, size - done);
            chunk.clear().asFloatBuffer().put(data, offset + done, count);
            writeFully(channel, chunk.limit(count * Float.BYTES));
        }
    }

    private static void readElements(Path file, FileChannel channel, ByteBuffer chunk, float[] elements)
            throws IOException {
        int most = chunk.capacity() / Float.BYTES;
        for (int done = 0; done < elements.length; done += most) {
            int count = Math.min(most, elements.length - done);
            readFully(file, channel, chunk.clear().limit(count * Float.BYTES));
            chunk.flip().asFloatBuffer().get(elements, done, count);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static void readFully(Path file, FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new UnreadableFileException(file, "the file became shorter while it was read");
            }
        }
    }

    private static ByteBuffer littleEndian(int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }
}
