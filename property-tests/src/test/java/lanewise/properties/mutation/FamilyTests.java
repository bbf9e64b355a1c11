package lanewise.properties.mutation;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs what the normal build runs for a family of kernels, in a JVM of its own, and ends it at the first failure, which it prints. Exit
 * codes: 0 nothing failed, 1 something did, 2 there were no tests.
 */
public final class FamilyTests {

    /** Instead of a family: the table of all kernels, which the build runs in a JVM of its own too. */
    static final String TABLE = "table";

    /** Tags of tests that the normal build does not run. */
    static final String[] OPT_IN = {"geometries", "floats", "learning", "mutations", "alarms", "soak"};

    private FamilyTests() {}

    /**
     * Runs them.
     *
     * @param args the family, or {@link #TABLE}
     */
    public static void main(String[] args) {
        List<DiscoverySelector> selectors = new ArrayList<>();
        String family = args[0];
        switch (family) {
            case TABLE -> selectors.add(selectClass("lanewise.properties.KernelTableTest"));
            case "" -> selectors.add(selectClass("lanewise.kernels.WorkersTest"));
            default -> {
                selectors.add(selectPackage("lanewise.properties." + family));
                selectors.add(selectPackage("lanewise.kernels." + family));
                selectors.add(selectPackage("lanewise.properties.gradient"));
            }
        }
        int tests = 0;
        for (DiscoverySelector selector : selectors) {
            FirstFailure listener = new FirstFailure();
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request().selectors(selector)
                    .filters(TagFilter.excludeTags(OPT_IN)).build();
            LauncherFactory.create().execute(request, listener);
            tests += listener.tests;
        }
        System.exit(tests == 0 ? 2 : 0);
    }

    private static final class FirstFailure implements TestExecutionListener {

        private int tests;

        @Override
        public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
            tests += identifier.isTest() ? 1 : 0;
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                System.out.println("FAILED " + identifier.getUniqueId());
                System.out.flush();
                // Tests of this JVM may have threads that still compute.
                Runtime.getRuntime().halt(1);
            }
        }
    }
}
