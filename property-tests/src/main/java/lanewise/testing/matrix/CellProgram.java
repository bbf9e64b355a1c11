package lanewise.testing.matrix;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lanewise.kernels.diagnostics.Machine;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * What the JVM of a cell runs: it writes what machine it is, then each test that ends, so that nothing is lost if it does not
 * come to its end.
 */
final class CellProgram {

    static final String BITS = "bits ";
    static final String FMA = "fma ";
    static final String PASSED = "passed";
    static final String FAILED = "failed ";
    static final String BECAUSE = "\t";
    static final String END = "end";

    static final String PACKAGE = "package:";

    private CellProgram() {}

    /**
     * Runs them.
     *
     * @param args the file to write; whether to end at the first failure; tags to leave out, with commas between; a file for
     *            jqwik; then packages, with {@link #PACKAGE} before their names, and classes
     * @throws IOException if the file cannot be written
     */
    public static void main(String[] args) throws IOException {
        try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(Path.of(args[0])), true)) {
            lines.println(BITS + Machine.vectorBits());
            lines.println(FMA + Machine.hasFma());
            Listener listener = new Listener(lines, Boolean.parseBoolean(args[1]));
            for (String name : List.of(args).subList(4, args.length)) {
                int before = listener.tests;
                LauncherFactory.create().execute(request(selector(name), args[2], args[3]), listener);
                if (listener.tests == before) {
                    lines.println(FAILED + name + BECAUSE + "no test ran");
                }
            }
            lines.println(END);
        }
        // Tests may have left threads.
        System.exit(0);
    }

    private static DiscoverySelector selector(String name) {
        return name.startsWith(PACKAGE) ? selectPackage(name.substring(PACKAGE.length())) : selectClass(name);
    }

    private static LauncherDiscoveryRequest request(DiscoverySelector selector, String withoutTags, String database) {
        LauncherDiscoveryRequestBuilder builder = LauncherDiscoveryRequestBuilder.request().selectors(selector)
                .configurationParameter("jqwik.database", database);
        if (!withoutTags.isEmpty()) {
            builder.filters(TagFilter.excludeTags(withoutTags.split(",", -1)));
        }
        return builder.build();
    }

    private static final class Listener implements TestExecutionListener {

        private final PrintWriter lines;
        private final boolean endsAtFirstFailure;
        private int tests;

        Listener(PrintWriter lines, boolean endsAtFirstFailure) {
            this.lines = lines;
            this.endsAtFirstFailure = endsAtFirstFailure;
        }

        @Override
        public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
            tests += identifier.isTest() ? 1 : 0;
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                String why = result.getThrowable().map(Throwable::toString).orElse("");
                lines.println(FAILED + identifier.getUniqueId() + BECAUSE + why.lines().findFirst().orElse(""));
                if (endsAtFirstFailure) {
                    lines.println(END);
                    Runtime.getRuntime().halt(0);
                }
            } else if (identifier.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                lines.println(PASSED);
            }
        }
    }
}
