package lanewise.examples.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lanewise.nn.Module;
import lanewise.nn.State;
import lanewise.nn.Stateful;
import lanewise.nn.io.Safetensors;
import lanewise.nn.training.Epoch;
import lanewise.nn.training.TrainingListener;

/**
 * Keeps in a folder what a training brings: {@code metrics.csv}, the {@code model.safetensors} of the best epoch so far, and
 * in the end {@code curve.svg} and {@code curve.png}. A run that is killed leaves what it had reached.
 */
public final class RunRecord implements TrainingListener, Stateful, AutoCloseable {

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
     */
    public RunRecord(Path folder, String title, Module network, Progress progress) {
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
        if (isBetter(epoch)) {
            best = epoch;
            Safetensors.save(folder.resolve("model.safetensors"), network.stateDict(), Map.of("title", title, "epoch",
                    Integer.toString(epoch.number()), "test_accuracy", accuracy(epoch)));
        }
    }

    /**
     * The epochs so far, so that a training that goes on has a whole record.
     *
     * @return the figures of each epoch
     */
    @Override
    public State state() {
        Map<String, String> values = new LinkedHashMap<>();
        for (Epoch epoch : epochs) {
            values.put(Integer.toString(epoch.number()), epoch.trainLoss() + " " + epoch.score() + " "
                    + epoch.samplesPerSecond() + " " + epoch.seconds());
        }
        return new State(Map.of(), values);
    }

    @Override
    public Runnable restoring(State state) {
        List<Epoch> before = new ArrayList<>();
        for (int number = 1; number <= state.values().size(); number++) {
            String[] figures = String.valueOf(state.values().get(Integer.toString(number))).split(" ", -1);
            if (figures.length != 4) {
                throw new IllegalArgumentException("epoch " + number + " has no four figures");
            }
            double[] numbers = new double[figures.length];
            for (int i = 0; i < figures.length; i++) {
                numbers[i] = Double.parseDouble(figures[i]);
            }
            before.add(new Epoch(number, numbers[0], numbers[1], numbers[2], numbers[3]));
        }
        return () -> {
            for (Epoch epoch : before) {
                epochs.add(epoch);
                best = isBetter(epoch) ? epoch : best;
                try {
                    metrics.ended(epoch);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    private boolean isBetter(Epoch epoch) {
        return best == null || epoch.score() > best.score();
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
        double secondsPerImage = epochs.stream().mapToDouble(epoch -> 1 / epoch.samplesPerSecond()).average()
                .orElseThrow();
        return String.format(Locale.ROOT, "%,.0f images/s", 1 / secondsPerImage);
    }

    @Override
    public void close() throws IOException {
        progress.close();
        metrics.close();
    }

    private static String accuracy(Epoch epoch) {
        return String.format(Locale.ROOT, "%.4f", epoch.score());
    }
}
