package lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import lanewise.kernels.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecordingTest {

    @TempDir
    private Path folder;

    @Test
    void stepsAndKernelsAreRecordedWhereTheyAreAskedFor() throws IOException {
        List<RecordedEvent> asked = record(true);
        List<RecordedEvent> unasked = record(false);

        RecordedEvent step = asked.stream().filter(event -> name(event).equals("lanewise.Step")).findFirst()
                .orElseThrow();
        assertTrue(step.getBoolean("recording"));
        assertEquals(2, step.getInt("tensors"));
        RecordedEvent kernel = asked.stream().filter(event -> name(event).equals("lanewise.Kernel")).findFirst()
                .orElseThrow();
        assertEquals(2, kernel.getInt("threads"));
        assertTrue(kernel.getInt("tasks") > 1);
        assertTrue(kernel.getClass("kernel").getName().startsWith("lanewise.kernels."), kernel.toString());
        assertEquals(0, unasked.stream().filter(event -> name(event).startsWith("lanewise.")).count());
    }

    private List<RecordedEvent> record(boolean asked) throws IOException {
        Path file = folder.resolve(asked + ".jfr");
        try (Recording recording = new Recording(); Workers workers = Workers.of(2); Tape tape = new Tape(workers)) {
            if (asked) {
                recording.enable("lanewise.Step");
                recording.enable("lanewise.Kernel");
            }
            recording.start();
            try (Step step = tape.step()) {
                step.tensor(new float[1 << 18], 1 << 18).relu();
            }
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file);
    }

    private static String name(RecordedEvent event) {
        return event.getEventType().getName();
    }
}
