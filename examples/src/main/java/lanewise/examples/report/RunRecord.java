package lanewise.examples.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lanewise.examples.training.Epoch;
import lanewise.examples.training.TrainingListener;
import lanewise.nn.Module;
import lanewise.nn.io.Safetensors;

/**
 * Keeps in a folder what a training brings: {@code metrics.csv}, the {@code model.safetensors} of the best epoch so far, and
 * in the end {@code curve.svg} and {@code curve.png}. A run that is killed leaves what it had reached.
 */
public final class RunRecord implements TrainingListener, AutoCloseable {

    private final Path folder;
    private final String title;
    private final Module network;
    private final Progress progress;
    private final MetricsCsv metrics;
    private final List<Epoch> epochs = new ArrayList<>();
    private Epoch best;

    /**
     * Begins a record.
     *
     * @param folder where to keep it; files of an earlier run there are overwritten
     * @param title heading of the curve
     * @param network what is trained
     * @param progress shows it meanwhile; closed with this record
     * @throws IOException if a file cannot be written
     */
    public RunRecord(Path folder, String title, Module network, Progress progress) throws IOException {
        this.folder = folder;
        this.title = title;
        this.network = network;
        this.progress = progress;
        this.metrics = new MetricsCsv(folder.resolve("metrics.csv"));
    }

    @Override
    public void stepped(int images, double loss) {
        progress.stepped(images, loss);
    }

    @Override
    public void ended(Epoch epoch) throws IOException {
        epochs.add(epoch);
        metrics.ended(epoch);
        progress.ended(epoch);
        if (best == null || epoch.testAccuracy() > best.testAccuracy()) {
            best = epoch;
            Safetensors.save(folder.resolve("model.safetensors"), network.stateDict(), Map.of("title", title, "epoch",
                    Integer.toString(epoch.number()), "test_accuracy", accuracy(epoch)));
        }
    }

    /**
     * Draws the curve.
     *
     * @throws IOException if a file cannot be written
     */
    public void drawCurve() throws IOException {
        new TrainingCurve(title, epochs).save(folder);
    }

    /**
     * The result in one line: the best epoch's accuracy, and the seconds of all epochs.
     *
     * @return for example {@code test accuracy 0.9542 (epoch 28, 12.3 s)}
     */
    public String summary() {
        return String.format(Locale.ROOT, "test accuracy %s (epoch %d, %.1f s)", accuracy(best), best.number(),
                epochs.getLast().seconds());
    }

    /**
     * The speed in one line: training images per second over all epochs, without the tests.
     *
     * @return for example {@code 12,345 images/s}
     */
    public String speed() {
        double secondsPerImage = epochs.stream().mapToDouble(epoch -> 1 / epoch.imagesPerSecond()).average()
                .orElseThrow();
        return String.format(Locale.ROOT, "%,.0f images/s", 1 / secondsPerImage);
    }

    @Override
    public void close() throws IOException {
        progress.close();
        metrics.close();
    }

    private static String accuracy(Epoch epoch) {
        return String.format(Locale.ROOT, "%.4f", epoch.testAccuracy());
    }
}
