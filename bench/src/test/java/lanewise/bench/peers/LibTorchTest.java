package lanewise.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LibTorchTest {

    @TempDir
    private Path folder;

    private Path jar() throws IOException {
        Path jar = folder.resolve("pytorch-native-cpu-1.2.3-linux-x86_64.jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String name : List.of("META-INF/MANIFEST.MF", "pytorch/cpu/linux-x86_64/",
                    "pytorch/cpu/linux-x86_64/libc10.so", "pytorch/cpu/linux-x86_64/libgomp-98b21ff3.so.1")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.endsWith("/") ? new byte[0] : name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void librariesOfTheJarAreUnpackedIntoOneFolder() throws IOException {
        Path cache = folder.resolve("cache");
        Path libraries = LibTorch.unpack(List.of(folder.resolve("other.jar"), jar()), cache);
        assertEquals(cache.resolve("pytorch-native-cpu-1.2.3-linux-x86_64"), libraries);
        assertEquals(List.of("libc10.so", "libgomp-98b21ff3.so.1"), names(libraries));
        assertEquals(List.of("pytorch-native-cpu-1.2.3-linux-x86_64"), names(cache));
    }

    @Test
    void theSecondTimeNothingIsUnpacked() throws IOException {
        Path cache = folder.resolve("cache");
        Path libraries = LibTorch.unpack(List.of(jar()), cache);
        Files.writeString(libraries.resolve("libc10.so"), "kept");
        LibTorch.unpack(List.of(jar()), cache);
        assertEquals("kept", Files.readString(libraries.resolve("libc10.so")));
    }

    @Test
    void aClassPathWithoutTheJarIsRefused() {
        assertThrows(IOException.class, () -> LibTorch.unpack(List.of(Path.of("other.jar")), folder));
    }

    @Test
    void peersThatAreNotBuiltAreAnErrorThatSaysHowToBuildThem() {
        var home = new Home(folder, List.of());
        var failure = assertThrows(PeersMissingException.class, () -> new Peers(home, 1).mkl("Engine"));
        assertEquals("the peers are not built (no " + folder.resolve("peers-bytedeco/target/classpath.txt")
                + "): `./lanewise bench FAMILY --peers` builds and downloads them", failure.getMessage());
    }
}
