package lanewise.examples.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import lanewise.nn.training.Epoch;
import lanewise.nn.training.TrainingListener;

/** Writes the figures of each epoch as a line of comma-separated values, as soon as the epoch has ended. */
public final class MetricsCsv implements TrainingListener, AutoCloseable {

    private final Path file;
    private Writer out;

    /**
     * For a file that is begun with the first epoch: a training that is refused before leaves an earlier one's as it was.
     *
     * @param file where; overwritten then
     */
    public MetricsCsv(Path file) {
        this.file = file;
    }

    @Override
    public void ended(Epoch epoch) throws IOException {
        if (out == null) {
            out = Files.newBufferedWriter(file);
            out.write("epoch,train_loss,test_accuracy,images_per_second,seconds\n");
        }
        out.write(String.format(Locale.ROOT, "%d,%.6f,%.6f,%.0f,%.3f%n", epoch.number(), epoch.trainLoss(),
                epoch.score(), epoch.samplesPerSecond(), epoch.seconds()));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
