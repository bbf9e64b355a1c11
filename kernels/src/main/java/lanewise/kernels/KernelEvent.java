package lanewise.kernels;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A job of a team in a flight recording. Off unless a recording asks for {@code lanewise.Kernel}. */
@Name("lanewise.Kernel")
@Label("Kernel")
@Category("Lanewise")
@Description("A job that a team has done: the part of a kernel that is cut into tasks")
@Enabled(false)
@StackTrace(false)
final class KernelEvent extends Event {

    /** Initialized, with all that it loads, once somebody records. */
    private static final class Type {
        private static final EventType TYPE = EventType.getEventType(KernelEvent.class);
    }

    @Label("Kernel")
    Class<?> kernel;

    @Label("Tasks")
    int tasks;

    @Label("Threads")
    int threads;

    /** Whether a recording wants these events. Two loads while nobody records. */
    static boolean isWanted() {
        return FlightRecorder.isInitialized() && Type.TYPE.isEnabled();
    }
}
