package lanewise.nn;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A step in a flight recording. Off unless a recording asks for {@code lanewise.Step}. */
@Name("lanewise.Step")
@Label("Step")
@Category("Lanewise")
@Description("A training step, or an evaluation, from its opening to its closing")
@Enabled(false)
@StackTrace(false)
final class StepEvent extends Event {

    /** Initialized, with all that it loads, once somebody records. */
    private static final class Type {
        private static final EventType TYPE = EventType.getEventType(StepEvent.class);
    }

    @Label("Recording")
    @Description("Whether the step records for backward")
    boolean recording;

    @Label("Tensors")
    int tensors;

    /** An event that has begun, or null while nobody wants one. */
    static StepEvent begun(boolean recording) {
        if (!FlightRecorder.isInitialized() || !Type.TYPE.isEnabled()) {
            return null;
        }
        StepEvent event = new StepEvent();
        event.recording = recording;
        event.begin();
        return event;
    }

    void ended(int count) {
        tensors = count;
        commit();
    }
}
