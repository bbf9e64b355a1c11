package lanewise.bench.startup;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import lanewise.bench.peers.Home;

/** Starts probes, with and without a cache of the JVM's ahead-of-time work (JEP 483, 514 and 515). */
public final class StartupTrial implements AutoCloseable {

    /**
     * What one process reports, in seconds since it was started.
     *
     * @param firstResult when the first product was finished
     * @param fullSpeed when 90 % of the steady speed was reached
     */
    public record Result(double firstResult, double fullSpeed) {}

    private final Path folder;
    private final String classPath;
    private final Home home;

    /**
     * Makes the jars that an AOT cache needs: it cannot be made from folders of classes.
     *
     * @param home how processes are started
     * @throws IOException when the temporary folder cannot be written
     */
    public StartupTrial(Home home) throws IOException {
        this.home = home;
        folder = Files.createTempDirectory("lanewise-startup-");
        var jars = new ArrayList<Path>();
        for (Path part : home.ownClassPath()) {
            jars.add(Files.isDirectory(part) ? jar(part, folder.resolve(jars.size() + ".jar")) : part);
        }
        classPath = jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Path jar(Path classes, Path jar) {
        int code = ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, "--create", "--file",
                jar.toString(), "-C", classes.toString(), ".");
        if (code != 0) {
            throw new IllegalStateException("jar of " + classes + " failed with code " + code);
        }
        return jar;
    }

    /**
     * Starts a process without a cache.
     *
     * @return its result
     * @throws IOException when it cannot be started
     * @throws InterruptedException when the thread is interrupted
     */
    public Result withoutCache() throws IOException, InterruptedException {
        return run(List.of());
    }

    /**
     * Makes a cache in one run and starts processes with it.
     *
     * @param forks how many
     * @return their results
     * @throws IOException when one cannot be started
     * @throws InterruptedException when the thread is interrupted
     */
    public List<Result> withCache(int forks) throws IOException, InterruptedException {
        Path cache = folder.resolve("lanewise.aot");
        run(List.of("-XX:AOTCacheOutput=" + cache));
        if (!Files.exists(cache)) {
            throw new IOException("the JVM made no AOT cache");
        }
        var results = new ArrayList<Result>();
        for (int i = 0; i < forks; i++) {
            results.add(run(List.of("-XX:AOTMode=on", "-XX:AOTCache=" + cache)));
        }
        return results;
    }

    private Result run(List<String> options) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(home.vectorArguments());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, StartupProbe.class.getName(), Instant.now().toString()));
        Path log = folder.resolve("probe.log");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        int code = process.waitFor();
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        String line = lines.stream().filter(l -> l.startsWith(StartupProbe.RESULT)).findFirst()
                .orElseThrow(() -> new IOException("the probe ended with code " + code + ": " + lines));
        String[] words = line.split(" ", -1);
        return new Result(Double.parseDouble(words[1]), Double.parseDouble(words[2]));
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
