package lanewise.nn.io;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import lanewise.nn.Tensor;

/**
 * Several tensors in NumPy's npz format: a zip file of {@link Npy} files, compressed as {@code numpy.savez_compressed} does.
 * It reads what {@code numpy.savez} writes too.
 */
public final class Npz {

    private static final String SUFFIX = ".npy";

    private Npz() {}

    /**
     * Writes tensors. The file is replaced as a whole, after the new one is complete and on disk.
     *
     * @param file the file
     * @param tensors the tensors by name, for example {@code module.stateDict()}
     * @throws IOException if writing fails
     */
    public static void save(Path file, Map<String, ? extends Tensor> tensors) throws IOException {
        AtomicFile.replace(file, channel -> {
            // Not closed: that would close the channel, which is yet to be forced to disk.
            ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(channel));
            for (Map.Entry<String, ? extends Tensor> tensor : tensors.entrySet()) {
                ZipEntry entry = new ZipEntry(tensor.getKey() + SUFFIX);
                entry.setTime(0); // the same tensors make the same file
                zip.putNextEntry(entry);
                Npy.write(zip, tensor.getValue());
                zip.closeEntry();
            }
            zip.finish();
        });
    }

    /**
     * Reads tensors.
     *
     * @param file the file
     * @return the tensors by name, in the order of the file; they belong to no step
     * @throws UnreadableFileException if the file is missing, no zip file, damaged, or holds something else than npy files
     * @throws IOException if reading fails
     */
    public static Map<String, Tensor> load(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UnreadableFileException(file, Files.exists(file)
                    ? "is a folder, need a file"
                    : "there is no such file");
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : List.copyOf(zip.stream().toList())) {
                String name = entry.getName();
                if (!name.endsWith(SUFFIX)) {
                    throw new UnreadableFileException(file, "holds '" + name + "', need names ending in .npy");
                }
                try (InputStream in = new BufferedInputStream(zip.getInputStream(entry))) {
                    tensors.put(name.substring(0, name.length() - SUFFIX.length()), Npy.read(file, in));
                }
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new UnreadableFileException(file, "damaged, or no npz file: " + e.getMessage(), e);
        }
        return tensors;
    }
}
