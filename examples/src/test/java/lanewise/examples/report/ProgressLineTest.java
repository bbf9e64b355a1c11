package lanewise.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private final ProgressLine line = new ProgressLine(10, 100);

    @Test
    void namesEpochLossAccuracySpeedAndTimeLeft() {
        assertEquals("░░░░░░░░ epoch 1/10  loss 0.0000  accuracy -  0 images/s  ? left",
                line.text(0, Duration.ZERO, 0));
        line.loss(0.125);
        line.accuracy(0.9542);
        assertEquals("██░░░░░░ epoch 3/10  loss 0.1250  accuracy 0.9542  50 images/s  15 s left",
                line.text(250, Duration.ofSeconds(5), 0));
        assertEquals("████░░░░ epoch 6/10  loss 0.1250  accuracy 0.9542  2 images/s  4:10 min left",
                line.text(500, Duration.ofSeconds(250), 0));
        assertEquals("████████ epoch 10/10  loss 0.1250  accuracy 0.9542  5 images/s  0 s left",
                line.text(1000, Duration.ofSeconds(200), 0));
    }

    @Test
    void fillsTheTerminal() {
        assertEquals(120, line.text(500, Duration.ofSeconds(5), 120).length());
    }
}
