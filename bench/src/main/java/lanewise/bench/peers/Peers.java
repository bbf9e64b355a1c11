package lanewise.bench.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lanewise.bench.contest.Contestant;
import lanewise.kernels.diagnostics.Machine;

/**
 * How each native peer is started so that it is at its best: libraries, threads and allocator. Each method serves every
 * family: only the engine differs.
 */
public final class Peers {

    private static final String BYTEDECO = "bytedeco";

    // glibc gives big blocks back to the system at once, and every call then pays for page faults. Told to keep them,
    // PyTorch is up to 1.7 times faster; told so, it is slower in a few rows: both take part.
    private static final Map<String, String> KEEP_BLOCKS = Map.of("MALLOC_ARENA_MAX", "1", "MALLOC_MMAP_MAX_", "0",
            "MALLOC_TRIM_THRESHOLD_", "8589934592", "MALLOC_TOP_PAD_", "268435456");

    private final Home home;
    private final int threads;

    /**
     * Makes the peers' settings.
     *
     * @param home where the peers are
     * @param threads the number of threads of each
     */
    public Peers(Home home, int threads) {
        this.home = home;
        this.threads = threads;
    }

    /**
     * oneDNN, which has several ways to the same result.
     *
     * @param variant the way
     * @param engine the engine's class name
     * @return the contestant
     */
    public List<Contestant> oneDnn(String variant, String engine) {
        return List.of(contestant("onednn", variant, engine, BYTEDECO, List.of(), Map.of()));
    }

    /**
     * oneDNN in one layout of its tensors, which makes it an implementation of its own.
     *
     * @param layout the layout
     * @param variant the way in this layout
     * @param engine the engine's class name
     * @return the contestant
     */
    public List<Contestant> oneDnnIn(String layout, String variant, String engine) {
        return List.of(contestant("onednn-" + layout, variant, engine, BYTEDECO, List.of(), Map.of()));
    }

    /**
     * Intel's Math Kernel Library.
     *
     * @param engine the engine's class name
     * @return the contestant
     */
    public List<Contestant> mkl(String engine) {
        return List.of(contestant("mkl", "", engine, BYTEDECO, List.of(), Map.of()));
    }

    /**
     * OpenBLAS.
     *
     * @param engine the engine's class name
     * @return the contestant
     */
    public List<Contestant> openBlas(String engine) {
        return List.of(contestant("openblas", "", engine, BYTEDECO, List.of(), Map.of()));
    }

    /**
     * The official libtorch (with MKL and oneDNN inside) through its C++ bindings, with the C library's allocator as it
     * is and with one that keeps its blocks.
     *
     * @param engine the engine's class name
     * @return two contestants of one name
     */
    public List<Contestant> pyTorch(String engine) {
        Path library;
        try {
            library = LibTorch.unpack(home.peerClassPath("pytorch"), home.cache("libtorch"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // The bindings bring a libtorch of their own, built without MKL: the official one must come first. Lanewise's module
        // is for its losses, with which PyTorch's are compared.
        List<String> arguments = List.of("--add-modules", "jdk.incubator.vector",
                "-Dorg.bytedeco.javacpp.pathsFirst=true", "-Djava.library.path=" + library);
        Map<String, String> stock = Map.of("LD_LIBRARY_PATH", library.toString());
        Map<String, String> keeping = new HashMap<>(stock);
        keeping.putAll(KEEP_BLOCKS);
        return List.of(contestant("pytorch", "stock malloc", engine, "pytorch", arguments, stock),
                contestant("pytorch", "keeping malloc", engine, "pytorch", arguments, keeping));
    }

    /**
     * netlib's BLAS, in Java on the Vector API. It has one thread.
     *
     * @param engine the engine's class name
     * @return the contestant, none with several threads
     */
    public List<Contestant> netlib(String engine) {
        return threads > 1
                ? List.of()
                : List.of(contestant("netlib", "", engine, "netlib", List.of("--add-modules", "jdk.incubator.vector"),
                        Map.of()));
    }

    /**
     * ONNX Runtime.
     *
     * @param engine the engine's class name
     * @return the contestant
     */
    public List<Contestant> onnxRuntime(String engine) {
        return List.of(contestant("onnxruntime", "", engine, "onnxruntime", List.of(), Map.of()));
    }

    /**
     * ND4J, in its builds for the vectors of this machine: without oneDNN, and with it.
     *
     * @param engine the engine's class name
     * @return two contestants of one name
     */
    public List<Contestant> nd4j(String engine) {
        String vectors = Machine.hasWideRegisterFile() ? "avx512" : "avx2";
        return List.of(nd4j("", "-" + vectors, engine), nd4j("with oneDNN", "-onednn-" + vectors, engine));
    }

    private Contestant nd4j(String variant, String build, String engine) {
        return contestant("nd4j", variant, engine, "nd4j",
                List.of("-Dorg.bytedeco.javacpp.platform.extension=" + build), Map.of());
    }

    private Contestant contestant(String impl, String variant, String engine, String group, List<String> arguments,
            Map<String, String> environment) {
        List<String> common = List.of("--enable-native-access=ALL-UNNAMED",
                "-Dorg.bytedeco.javacpp.cachedir=" + home.cache("javacpp"));
        Map<String, String> variables = new HashMap<>(threadVariables());
        variables.putAll(environment);
        return new Contestant(impl, variant, engine, home.peerClassPath(group),
                Stream.concat(common.stream(), arguments.stream()).toList(), variables);
    }

    private Map<String, String> threadVariables() {
        String count = Integer.toString(threads);
        // Intel's OpenMP threads spin for 200 ms after a call, which would take the processor from the next contestant.
        // Within a sample calls follow each other at once, so the shorter time costs MKL nothing.
        return Map.of("OMP_NUM_THREADS", count, "MKL_NUM_THREADS", count, "OPENBLAS_NUM_THREADS", count, "MKL_DYNAMIC",
                "FALSE", "OMP_DYNAMIC", "FALSE", "KMP_BLOCKTIME", "20");
    }
}
