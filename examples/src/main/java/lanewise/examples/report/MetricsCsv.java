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

    private final Writer out;

    /**
     * Begins the file with its heading.
     *
     * @param file where; overwritten
     * @throws IOException if it cannot be written
     */
    public MetricsCsv(Path file) throws IOException {
        out = Files.newBufferedWriter(file);
        out.write("epoch,train_loss,test_accuracy,images_per_second,seconds\n");
        out.flush();
    }

    @Override
    public void ended(Epoch epoch) throws IOException {
        out.write(String.format(Locale.ROOT, "%d,%.6f,%.6f,%.0f,%.3f%n", epoch.number(), epoch.trainLoss(),
                epoch.score(), epoch.samplesPerSecond(), epoch.seconds()));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
