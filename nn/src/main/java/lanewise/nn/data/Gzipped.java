package lanewise.nn.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import lanewise.nn.io.UnreadableFileException;

/** Files of data sets, plain or gzipped: their first bytes tell which. */
final class Gzipped {

    private Gzipped() {}

    static InputStream open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UnreadableFileException(file, "is a folder, need a file");
        }
        InputStream plain = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            plain.mark(2);
            int magic = plain.read() | plain.read() << 8;
            plain.reset();
            return magic == GZIPInputStream.GZIP_MAGIC ? new GZIPInputStream(plain, 1 << 16) : plain;
        } catch (IOException e) {
            plain.close(); // nobody else has it yet
            throw e;
        }
    }

    /** A file of this name, or of this name and .gz. */
    static Path find(Path folder, String name) throws UnreadableFileException {
        if (!Files.isDirectory(folder)) {
            throw new UnreadableFileException(folder, "there is no such folder");
        }
        Path plain = folder.resolve(name);
        Path gzipped = folder.resolve(name + ".gz");
        if (Files.exists(plain)) {
            return plain;
        }
        if (Files.exists(gzipped)) {
            return gzipped;
        }
        throw new UnreadableFileException(folder, "has neither " + name + " nor " + name + ".gz");
    }

    static boolean isThere(Path folder, String name) {
        return Files.exists(folder.resolve(name)) || Files.exists(folder.resolve(name + ".gz"));
    }

    /** What went wrong when a file was read, in one sentence where that is known. */
    static IOException explained(Path file, IOException e) {
        return switch (e) {
            case UnreadableFileException clear -> clear;
            case NoSuchFileException missing -> new UnreadableFileException(file, "there is no such file", missing);
            case EOFException early ->
                new UnreadableFileException(file, "cut off: the compressed data end too early", early);
            case ZipException damaged ->
                new UnreadableFileException(file, "damaged: " + damaged.getMessage(), damaged);
            default -> e;
        };
    }
}
