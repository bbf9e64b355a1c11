package lanewise.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a checkout of its own with a JDK and a Maven that only write down how they are called. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    private static final String WARNING = "WARNING: Using incubator modules: jdk.incubator.vector";

    @TempDir
    private Path folder;

    private Path checkout;
    private Path jdk;
    private Path tools;

    @BeforeEach
    void layOut() throws IOException {
        checkout = Files.createDirectories(folder.resolve("a checkout"));
        jdk = folder.resolve("a jdk");
        tools = folder.resolve("tools");
        Files.copy(Path.of("..", "lanewise"), checkout.resolve("lanewise"));
        for (String module : List.of("kernels", "nn", "examples", "bench")) {
            Files.createDirectories(checkout.resolve(module).resolve("src/main"));
            Files.writeString(checkout.resolve(module).resolve("pom.xml"), module);
        }
        Files.writeString(checkout.resolve("pom.xml"), "root");
        jdk("25.0.3", "echo '" + WARNING + "' >&2", "for a; do echo \"[$a]\"; done", "echo trouble >&2", "exit 7");
        script(tools.resolve("mvn"), "echo \"$JAVA_HOME $*\" >>mvn.calls");
    }

    @Test
    void runsJavaWithTheArgumentsAndEndsAsItDoes() throws Exception {
        Run run = launch("train", "two words", "", "*");

        assertEquals(7, run.exitCode);
        List<String> arguments = run.out.lines().toList();
        assertEquals(List.of("[lanewise.examples.Main]", "[train]", "[two words]", "[]", "[*]"),
                arguments.subList(arguments.size() - 5, arguments.size()));
        assertTrue(run.out.contains("[" + checkout.toRealPath().resolve("examples/target/lib") + "/*]"), run.out);
    }

    @Test
    void hidesOneLineOfStandardErrorAndNoOther() throws Exception {
        launch("list");

        assertEquals("trouble\n", launch("list").err);
    }

    @Test
    void passesStandardInputOn() throws Exception {
        jdk("25.0.3", "echo '" + WARNING + "' >&2", "cat");

        assertEquals("what is typed", launch("list").out);
    }

    @Test
    void endsWithTheSignalThatItIsSent() throws Exception {
        jdk("25.0.3", "trap 'echo ended; exit 143' TERM", "echo '" + WARNING + "' >&2", "echo started",
                "while :; do sleep 0.05; done");
        Process process = start("list");
        try (var out = process.inputReader()) {
            assertEquals("started", out.readLine());
            process.toHandle().destroy(); // that of Process would close the stream
            assertEquals("ended", out.readLine());
        }
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        assertEquals(143, process.exitValue());
    }

    @Test
    void buildsOnceAndAgainWhenASourceIsNewer() throws Exception {
        assertTrue(launch("list").err.startsWith("lanewise: building (first use"));
        launch("list");
        assertEquals(1, calls().size());
        assertTrue(calls().getFirst().startsWith(jdk + " -B -pl examples -am"), calls().getFirst());

        Thread.sleep(20); // file times of some systems are that coarse
        Files.writeString(checkout.resolve("nn/src/main/New.java"), "class New {}");
        assertTrue(launch("list").err.startsWith("lanewise: building (the sources have changed)"));
        assertEquals(2, calls().size());
    }

    @Test
    void buildsTheBenchmarksWithPeersOnlyWhenAsked() throws Exception {
        assertTrue(launch("bench", "gemm").out.contains("[lanewise.bench.Main]\n[gemm]\n"));
        assertFalse(calls().getFirst().contains("peers"), calls().getFirst());

        launch("bench", "gemm", "--peers");
        assertTrue(calls().get(1).contains("-P peers"), calls().get(1));
    }

    @Test
    void showsWhatWentWrongInABuildAndWhereToReadAllOfIt() throws Exception {
        script(tools.resolve("mvn"), "echo '[INFO] chatter'", "echo '[ERROR] it broke'", "exit 1");

        Run run = launch("list");
        assertEquals(1, run.exitCode);
        assertEquals("", run.out);
        assertTrue(run.err.contains("[ERROR] it broke\n"), run.err);
        assertFalse(run.err.contains("chatter"), run.err);
        assertTrue(
                run.err.endsWith(
                        "the whole log is " + checkout.toRealPath().resolve("target/lanewise-build.log") + "\n"),
                run.err);
    }

    @Test
    void passesOverAJdkThatIsTooOldOrTooNew() throws Exception {
        for (String version : List.of("17.0.15", "25", "25.0.2", "26")) {
            jdk(version, "echo wrong");
            Run run = launch("list");
            assertFalse(run.out.contains("wrong"), version);
        }
        for (String version : List.of("25.0.3", "25.0.10", "25.1", "25.0.3.1")) {
            jdk(version, "echo right");
            assertEquals("right\n", launch("list").out, version);
        }
    }

    @Test
    void worksThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), checkout.resolve("lanewise"));

        assertEquals(7, finish(start(link, "list")).exitCode);
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(checkout.resolve("mvn.calls"));
    }

    private void jdk(String version, String... java) throws IOException {
        script(jdk.resolve("bin/javac"), "exit 1");
        script(jdk.resolve("bin/java"), java);
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
    }

    private static void script(Path file, String... lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, Stream.concat(Stream.of("#!/bin/sh"), Stream.of(lines)).toList());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Run(int exitCode, String out, String err) {}

    private Run launch(String... arguments) throws IOException, InterruptedException {
        return finish(start(arguments));
    }

    private Process start(String... arguments) throws IOException {
        return start(checkout.resolve("lanewise"), arguments);
    }

    private Process start(Path launcher, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of("sh", launcher.toString()), Stream.of(arguments)).toList());
        builder.directory(folder.toFile());
        builder.redirectInput(Files.writeString(folder.resolve("standard input"), "what is typed").toFile());
        builder.redirectError(folder.resolve("standard error").toFile());
        builder.environment().putAll(Map.of("JAVA_HOME", jdk.toString(), "PATH", tools + ":/usr/bin:/bin"));
        builder.environment().remove("LANEWISE_JVM_OPTIONS");
        return builder.start();
    }

    private Run finish(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), "the launcher did not end");
        return new Run(process.exitValue(), out, Files.readString(folder.resolve("standard error")));
    }
}
