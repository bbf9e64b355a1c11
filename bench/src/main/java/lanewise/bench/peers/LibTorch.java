package lanewise.bench.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Unpacks the official libtorch from the jar in which DJL distributes it. */
final class LibTorch {

    private static final String JAR = "pytorch-native-cpu-";
    private static final String LIBRARIES = "pytorch/cpu/";

    private LibTorch() {}

    /**
     * Unpacks the libraries unless they are there already.
     *
     * @param classPath holds the jar
     * @param folder under which the libraries go, in a folder of the jar's name
     * @return the folder of the libraries
     */
    static Path unpack(List<Path> classPath, Path folder) throws IOException {
        Path jar = classPath.stream().filter(part -> part.getFileName().toString().startsWith(JAR)).findFirst()
                .orElseThrow(() -> new IOException("no " + JAR + "*.jar on the class path " + classPath));
        Path target = folder.resolve(jar.getFileName().toString().replaceFirst("\\.jar$", ""));
        if (Files.isDirectory(target)) {
            return target;
        }
        Files.createDirectories(folder);
        // Moved at the end, so that an interrupted run leaves no half of a library behind under the final name.
        Path temporary = Files.createTempDirectory(folder, "unpacking-");
        try (var zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().filter(LibTorch::isLibrary).toList()) {
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, temporary.resolve(Path.of(entry.getName()).getFileName().toString()));
                }
            }
        }
        return Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean isLibrary(ZipEntry entry) {
        return !entry.isDirectory() && entry.getName().startsWith(LIBRARIES);
    }
}
