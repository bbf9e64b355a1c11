package lanewise.properties.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.util.ArrayList;
import java.util.List;
import lanewise.properties.FamilyTests;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** All checks by finite differences, again and again with other seeds: a right gradient is never called wrong. */
@Tag("alarms")
class FalseAlarmsTest {

    /** {@code -Dlanewise.alarms=N} for another number. */
    private static final int RUNS = Integer.getInteger("lanewise.alarms", 200);
    /** Fewer would mean that the checks are no longer found by their names. */
    private static final int LEAST_CHECKS = 60;

    @Test
    void noRunFindsAWrongGradient() {
        PostDiscoveryFilter gradients = test -> FilterResult.includedIf(!test.isTest() || isGradientCheck(test));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectPackage("lanewise.properties"))
                .filters(EngineFilter.includeEngines("jqwik"), TagFilter.excludeTags(FamilyTests.OPT_IN), gradients)
                // A failure would be the first sample of every later run.
                .configurationParameter("jqwik.failures.after.default", "RANDOM_SEED").build();
        Launcher launcher = LauncherFactory.create();
        Failures failures = new Failures();
        for (int run = 0; run < RUNS; run++) {
            launcher.execute(request, failures);
        }
        System.out.println(RUNS + " runs of " + failures.tests / RUNS + " gradient checks: " + failures.all.size()
                + " false alarms");
        assertEquals(List.of(), failures.all);
        assertTrue(failures.tests >= LEAST_CHECKS * RUNS, () -> failures.tests + " checks");
    }

    /** By the names of its package or of the property; jqwik seeds each run anew. */
    private static boolean isGradientCheck(TestDescriptor descriptor) {
        String id = descriptor.getUniqueId().toString();
        return id.contains("lanewise.properties.gradient.") || id.contains("gradientsAreThoseOfTheReference");
    }

    private static final class Failures implements TestExecutionListener {

        private final List<String> all = new ArrayList<>();
        private int tests;

        @Override
        public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
            tests += identifier.isTest() ? 1 : 0;
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                all.add(identifier.getUniqueId() + ": " + result.getThrowable().orElse(null));
            }
        }
    }
}
