package lanewise.examples.report;

import java.io.PrintWriter;
import java.util.Locale;
import lanewise.nn.training.Epoch;

/** One line per epoch, for log files and pipes. */
final class ProgressLines implements Progress {

    private final PrintWriter out;
    private final int epochs;

    ProgressLines(PrintWriter out, int epochs) {
        this.out = out;
        this.epochs = epochs;
    }

    @Override
    public void ended(Epoch epoch) {
        double left = epoch.seconds() / epoch.number() * (epochs - epoch.number());
        out.printf(Locale.ROOT, "epoch %d/%d  loss %.4f  test accuracy %.4f  %,.0f images/s  %.0f s left%n",
                epoch.number(), epochs, epoch.trainLoss(), epoch.score(), epoch.samplesPerSecond(), left);
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
