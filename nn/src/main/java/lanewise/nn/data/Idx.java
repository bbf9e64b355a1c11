package lanewise.nn.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import lanewise.nn.Shape;
import lanewise.nn.io.UnreadableFileException;

/**
 * The IDX format of the MNIST files: two zero bytes, a byte for the type, a byte for the number of axes, the sizes as
 * big-endian ints, the elements. This class reads unsigned bytes, the type of MNIST and its kin, from plain or gzipped
 * files.
 *
 * <p>
 * A file is not trusted: what its header announces costs no memory until the bytes are there.
 */
public final class Idx {

    private static final int UNSIGNED_BYTE = 0x08;
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private final Shape shape;
    private final byte[] elements;

    private Idx(Shape shape, byte[] elements) {
        this.shape = shape;
        this.elements = elements;
    }

    /**
     * Reads a file.
     *
     * @param file the file, plain or gzipped; its first bytes tell which
     * @param axes number of axes that it must have: 1 for labels, 3 for images
     * @return its content
     * @throws UnreadableFileException if the file is missing, cut off, longer than its header says or of another format
     * @throws IOException if reading fails
     */
    public static Idx read(Path file, int axes) throws IOException {
        try (InputStream in = Gzipped.open(file)) {
            Shape shape = readHeader(file, in, axes);
            byte[] elements = in.readNBytes(shape.size()); // takes memory as bytes arrive, not as the header asks
            if (elements.length < shape.size()) {
                throw new UnreadableFileException(file, "cut off: the header says " + shape + ", " + shape.size()
                        + " bytes, but only " + elements.length + " follow");
            }
            if (in.read() >= 0) {
                throw new UnreadableFileException(file,
                        "not a sound IDX file: more bytes follow than the " + shape.size() + " of " + shape);
            }
            return new Idx(shape, elements);
        } catch (IOException e) {
            throw Gzipped.explained(file, e);
        }
    }

    /**
     * Reads images and their labels.
     *
     * @param images IDX file of three axes: image, row, column
     * @param labels IDX file of one axis
     * @param classes number of classes; labels must be less
     * @return the samples, with elements from 0 to 1
     * @throws UnreadableFileException if a file is not sound, or they do not belong together
     * @throws IOException if reading fails
     */
    public static Dataset dataset(Path images, Path labels, int classes) throws IOException {
        Idx pixels = read(images, 3);
        Idx answers = read(labels, 1);
        int count = answers.shape.size();
        if (pixels.shape.size(0) != count) {
            throw new UnreadableFileException(labels,
                    "has " + count + " labels, but " + images + " has " + pixels.shape.size(0) + " images");
        }
        for (int i = 0; i < count; i++) {
            int label = answers.elements[i] & 0xFF;
            if (label >= classes) {
                throw new UnreadableFileException(labels,
                        "label " + i + " is " + label + ", need less than " + classes);
            }
        }
        Shape sample = Shape.of(pixels.shape.size(1), pixels.shape.size(2));
        return new ByteDataset(pixels.elements, answers.elements, sample, classes);
    }

    /**
     * The shape.
     *
     * @return the shape
     */
    public Shape shape() {
        return shape;
    }

    /**
     * The elements, as unsigned bytes, row-major; not a copy.
     *
     * @return the elements
     */
    public byte[] elements() {
        return elements;
    }

    private static Shape readHeader(Path file, InputStream in, int axes) throws IOException {
        byte[] magic = in.readNBytes(4);
        if (magic.length < 4 || magic[0] != 0 || magic[1] != 0) {
            throw new UnreadableFileException(file,
                    "not an IDX file: need two zero bytes, type and number of axes first");
        }
        if (magic[2] != UNSIGNED_BYTE || magic[3] != axes) {
            throw new UnreadableFileException(file,
                    String.format("an IDX file of type 0x%02X with %d axes, need type 0x%02X (unsigned byte) with %d",
                            magic[2], magic[3] & 0xFF, UNSIGNED_BYTE, axes));
        }
        byte[] header = in.readNBytes(Integer.BYTES * axes);
        if (header.length < Integer.BYTES * axes) {
            throw new UnreadableFileException(file, "cut off within the header");
        }
        ByteBuffer sizes = ByteBuffer.wrap(header);
        int[] shape = new int[axes];
        long size = 1;
        for (int i = 0; i < axes; i++) {
            shape[i] = sizes.getInt();
            size = shape[i] < 0 || size > LARGEST ? Long.MAX_VALUE : size * shape[i];
        }
        if (size > LARGEST) {
            throw new UnreadableFileException(file, "the header says " + Arrays.toString(shape)
                    + ", more than the " + LARGEST + " elements that can be read");
        }
        return Shape.of(shape);
    }
}
