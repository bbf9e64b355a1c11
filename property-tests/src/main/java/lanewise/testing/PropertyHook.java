package lanewise.testing;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Optional;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Makes every jqwik property of a test run repeatable: one that fails prints the command that fails in the same way. jqwik
 * finds this class by itself where {@code lanewise-testing} is on the path; without the system properties below it changes
 * nothing else.
 */
public final class PropertyHook implements AroundPropertyHook {

    /** Seed of all properties that run: {@value}. */
    public static final String SEED = "lanewise.seed";

    /** The most tries of a property, for a short run: {@value}. */
    public static final String TRIES = "lanewise.tries";

    /** How many times as many tries every property has, for a long run; the most still holds: {@value}. */
    public static final String TIMES = "lanewise.tries.times";

    /** How the printed command begins, {@code mvn test} unless told otherwise: {@value}. */
    public static final String RERUN = "lanewise.rerun";

    private static final int TRIES_OF_JQWIK = 1000;

    /** For jqwik. */
    public PropertyHook() {}

    @Override
    public boolean appliesTo(Optional<AnnotatedElement> element) {
        return true;
    }

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        PropertyAttributes attributes = context.attributes();
        Integer most = Integer.getInteger(TRIES);
        Integer times = Integer.getInteger(TIMES);
        if (most != null || times != null) {
            long tries = (long) attributes.tries().orElse(TRIES_OF_JQWIK) * (times == null ? 1 : times);
            attributes.setTries((int) Math.min(tries, most == null ? Integer.MAX_VALUE : most));
        }
        String asked = System.getProperty(SEED);
        if (asked != null) {
            attributes.setSeed(asked);
            // Not the sample that failed the last time, but how it was found.
            attributes.setAfterFailure(AfterFailureMode.RANDOM_SEED);
        }
        PropertyExecutionResult result = property.execute();
        if (result.status() == PropertyExecutionResult.Status.FAILED) {
            result.seed().ifPresent(seed -> System.out.println("reproduce with: " + command(context, seed)));
        }
        return result;
    }

    /** Surefire looks for tests in the outermost class, and for the method in the class or contract that declares it. */
    private static String command(PropertyLifecycleContext context, String seed) {
        Method method = context.targetMethod();
        Class<?> scanned = context.containerClass();
        while (scanned.getEnclosingClass() != null) {
            scanned = scanned.getEnclosingClass();
        }
        Class<?> declaring = method.getDeclaringClass();
        String also = declaring == scanned ? "" : "," + withoutPackage(declaring);
        return "%s -Dtest='%s%s#%s' -D%s=%s".formatted(System.getProperty(RERUN, "mvn test"), withoutPackage(scanned),
                also, method.getName(), SEED, seed);
    }

    private static String withoutPackage(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1);
    }
}
