package lanewise.nn.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lanewise.nn.Shape;
import lanewise.nn.io.UnreadableFileException;

/**
 * The CIFAR-10 images (A. Krizhevsky 2009) in their binary version: for each image a byte for its class, then 1,024 bytes each
 * of red, green and blue. Files may be gzipped. Samples are [3, 32, 32], from 0 to 1.
 */
public final class Cifar10 {

    private static final Shape SAMPLE = Shape.of(3, 32, 32);
    private static final int CLASSES = 10;
    private static final int BATCHES = 5;
    private static final int RECORD = 1 + 3 * 32 * 32;

    private Cifar10() {}

    /**
     * Reads those of {@code data_batch_1.bin} to {@code data_batch_5.bin} that are there; the first must be.
     *
     * @param folder the folder
     * @return the training samples, in the order of the files
     * @throws UnreadableFileException if the first file is missing, or one is not sound
     * @throws IOException if reading fails
     */
    public static Dataset train(Path folder) throws IOException {
        List<Path> files = new ArrayList<>(List.of(Gzipped.find(folder, "data_batch_1.bin")));
        for (int batch = 2; batch <= BATCHES; batch++) {
            String name = "data_batch_" + batch + ".bin";
            if (Gzipped.isThere(folder, name)) {
                files.add(Gzipped.find(folder, name));
            }
        }
        return read(files);
    }

    /**
     * Reads {@code test_batch.bin}.
     *
     * @param folder the folder
     * @return the test samples
     * @throws UnreadableFileException if the file is missing or not sound
     * @throws IOException if reading fails
     */
    public static Dataset test(Path folder) throws IOException {
        return read(List.of(Gzipped.find(folder, "test_batch.bin")));
    }

    private static Dataset read(List<Path> files) throws IOException {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        for (Path file : files) {
            try (InputStream in = Gzipped.open(file)) {
                for (byte[] record = in.readNBytes(RECORD); record.length > 0; record = in.readNBytes(RECORD)) {
                    if (record.length < RECORD) {
                        throw new UnreadableFileException(file,
                                "cut off: " + record.length + " bytes at the end, need " + RECORD + " for each image");
                    }
                    if (record[0] < 0 || record[0] >= CLASSES) {
                        throw new UnreadableFileException(file, "image " + labels.size() + " has class "
                                + (record[0] & 0xFF) + ", need less than " + CLASSES);
                    }
                    labels.write(record[0]);
                    pixels.write(record, 1, RECORD - 1);
                }
            } catch (IOException e) {
                throw Gzipped.explained(file, e);
            }
        }
        return new ByteDataset(pixels.toByteArray(), labels.toByteArray(), SAMPLE, CLASSES);
    }
}
