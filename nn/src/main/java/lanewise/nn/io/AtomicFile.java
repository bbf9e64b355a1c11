package lanewise.nn.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Replaces a file as a whole: whoever looks, and whenever the machine stops, finds the old content or the new. */
final class AtomicFile {

    /** Writes the new content. */
    @FunctionalInterface
    interface Writer {
        void writeTo(FileChannel channel) throws IOException;
    }

    private AtomicFile() {}

    static void replace(Path file, Writer writer) throws IOException {
        Path target = file.toAbsolutePath();
        // Not Files.createTempFile: its files are readable by their owner only, and would stay so.
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE)) {
                writer.writeTo(channel);
                channel.force(true);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (Throwable e) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }
}
