package lanewise.nn;

import com.sun.management.ThreadMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/** What a piece of code allocates. */
final class Allocations {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Pattern HISTOGRAM_LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\[\\S+).*");

    private Allocations() {}

    /** Bytes that the calling thread allocates while the action runs. */
    static long bytes(Runnable action) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        action.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** How many arrays more there are after the action, by class, dead ones included. Needs a run without collections. */
    static Map<String, Long> newArrays(Runnable action) {
        histogram(); // what the first call sets up is not the action's
        System.gc(); // so that the action's garbage fills no space that was nearly full
        long collections = collections();
        String before = histogram();
        action.run();
        String after = histogram();
        if (collections() != collections) {
            throw new IllegalStateException("the garbage collector ran, so nothing can be counted");
        }
        Map<String, Long> old = arrays(before);
        Map<String, Long> added = arrays(after);
        added.replaceAll((type, count) -> count - old.getOrDefault(type, 0L));
        return added;
    }

    private static Map<String, Long> arrays(String histogram) {
        Map<String, Long> counts = new HashMap<>();
        histogram.lines().map(HISTOGRAM_LINE::matcher).filter(Matcher::matches)
                .forEach(line -> counts.put(line.group(2), Long.valueOf(line.group(1))));
        return counts;
    }

    private static String histogram() {
        try {
            return (String) ManagementFactory.getPlatformMBeanServer().invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                    new Object[]{new String[]{"-all"}}, new String[]{String[].class.getName()});
        } catch (JMException e) {
            throw new IllegalStateException("this JVM gives no class histogram", e);
        }
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
    }
}
