package lanewise.nn.io;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is missing, cut off, or not what it should be. The message is one sentence that begins with the path. */
public final class UnreadableFileException extends IOException {

    private static final long serialVersionUID = 1;

    /**
     * Says what is wrong with a file.
     *
     * @param file the file
     * @param problem what is wrong, to follow the path and a colon
     */
    public UnreadableFileException(Path file, String problem) {
        super(file + ": " + problem);
    }

    /**
     * Says what is wrong with a file and what it was noticed by.
     *
     * @param file the file
     * @param problem what is wrong, to follow the path and a colon
     * @param cause what was thrown
     */
    public UnreadableFileException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
