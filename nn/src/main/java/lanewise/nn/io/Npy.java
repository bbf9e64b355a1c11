package lanewise.nn.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;

/**
 * One tensor in NumPy's npy format (numpy.org/doc/stable/reference/generated/numpy.lib.format.html). Files are written as
 * little-endian float32 in C order, and read as float32 or float64 of either byte order, in C or Fortran order; float64 is
 * rounded.
 *
 * <p>
 * A file that is read is not trusted: what its header announces takes no memory until the bytes are there.
 */
public final class Npy {

    private static final int CHUNK_BYTES = 1 << 16;

    private Npy() {}

    /**
     * Writes a tensor. The file is replaced as a whole, after the new one is complete and on disk.
     *
     * @param file the file
     * @param tensor the tensor
     * @throws IOException if writing fails
     */
    public static void save(Path file, Tensor tensor) throws IOException {
        AtomicFile.replace(file, channel -> write(Channels.newOutputStream(channel), tensor));
    }

    /**
     * Reads a tensor.
     *
     * @param file the file
     * @return the tensor; it belongs to no step
     * @throws UnreadableFileException if the file is missing, cut off, longer than its header says, or of another format or type
     * @throws IOException if reading fails
     */
    public static Tensor load(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UnreadableFileException(file, "is a folder, need a file");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(file, in);
        } catch (NoSuchFileException e) {
            throw new UnreadableFileException(file, "there is no such file", e);
        }
    }

    static void write(OutputStream out, Tensor tensor) throws IOException {
        out.write(NpyHeader.format(tensor.shape()));
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int most = CHUNK_BYTES / Float.BYTES;
        for (int done = 0; done < tensor.size(); done += most) {
            int count = Math.min(most, tensor.size() - done);
            chunk.asFloatBuffer().put(tensor.data(), tensor.offset() + done, count);
            out.write(chunk.array(), 0, count * Float.BYTES);
        }
    }

    /** Reads all of a stream. */
    static Tensor read(Path file, InputStream in) throws IOException {
        NpyHeader header = NpyHeader.read(file, in);
        boolean wide = switch (header.type()) {
            case "<f4", ">f4" -> false;
            case "<f8", ">f8" -> true;
            default -> throw new UnreadableFileException(file,
                    "elements of type '" + header.type() + "', need float32 or float64 (<f4, <f8, >f4, >f8)");
        };
        Shape shape = header.shape();
        float[] elements = elements(file, in, shape, wide,
                header.type().startsWith("<") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if (in.read() >= 0) {
            throw new UnreadableFileException(file,
                    "not a sound npy file: more bytes follow than the elements of " + shape);
        }
        return Tensor.of(header.fortranOrder() ? inCOrder(elements, shape) : elements, shape);
    }

    private static float[] elements(Path file, InputStream in, Shape shape, boolean wide, ByteOrder order)
            throws IOException {
        int bytes = wide ? Double.BYTES : Float.BYTES;
        float[] elements = new float[Math.min(shape.size(), CHUNK_BYTES / bytes)];
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(order);
        for (int done = 0; done < shape.size();) {
            int count = Math.min(CHUNK_BYTES / bytes, shape.size() - done);
            if (in.readNBytes(chunk.array(), 0, count * bytes) < count * bytes) {
                throw new UnreadableFileException(file,
                        "cut off: the header says " + shape + ", but the file ends before its elements do");
            }
            if (elements.length < done + count) {
                // Grows as bytes arrive.
                elements = Arrays.copyOf(elements, (int) Math.min(shape.size(), 2L * (done + count)));
            }
            for (int i = 0; i < count; i++) {
                elements[done + i] = wide ? (float) chunk.getDouble(i * bytes) : chunk.getFloat(i * bytes);
            }
            done += count;
        }
        return elements;
    }

    /** The elements with the last axis running fastest, from an order in which the first does. */
    private static float[] inCOrder(float[] elements, Shape shape) {
        float[] ordered = new float[elements.length];
        int[] index = new int[shape.rank()];
        int[] strides = new int[shape.rank()];
        int stride = 1;
        for (int axis = 0; axis < strides.length; axis++) {
            strides[axis] = stride;
            stride *= shape.size(axis);
        }
        for (int i = 0, from = 0; i < ordered.length; i++) {
            ordered[i] = elements[from];
            for (int axis = index.length - 1; axis >= 0; axis--) {
                from += strides[axis];
                if (++index[axis] < shape.size(axis)) {
                    break;
                }
                from -= index[axis] * strides[axis];
                index[axis] = 0;
            }
        }
        return ordered;
    }
}
