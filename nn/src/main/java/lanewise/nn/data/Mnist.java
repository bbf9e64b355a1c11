package lanewise.nn.data;

import java.io.IOException;
import java.nio.file.Path;
import lanewise.nn.io.UnreadableFileException;

/**
 * The MNIST digits (Y. LeCun, C. Cortes, C. Burges), and data sets in the same files, such as Fashion-MNIST: a folder with
 * four IDX files, gzipped or not, under their usual names.
 */
public final class Mnist {

    private static final int CLASSES = 10;

    private Mnist() {}

    /**
     * Reads {@code train-images-idx3-ubyte} and {@code train-labels-idx1-ubyte}, each also with {@code .gz}.
     *
     * @param folder the folder
     * @return the training samples
     * @throws UnreadableFileException if a file is missing or not sound
     * @throws IOException if reading fails
     */
    public static Dataset train(Path folder) throws IOException {
        return read(folder, "train");
    }

    /**
     * Reads {@code t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, each also with {@code .gz}.
     *
     * @param folder the folder
     * @return the test samples
     * @throws UnreadableFileException if a file is missing or not sound
     * @throws IOException if reading fails
     */
    public static Dataset test(Path folder) throws IOException {
        return read(folder, "t10k");
    }

    private static Dataset read(Path folder, String part) throws IOException {
        return Idx.dataset(Gzipped.find(folder, part + "-images-idx3-ubyte"),
                Gzipped.find(folder, part + "-labels-idx1-ubyte"), CLASSES);
    }
}
