package lanewise.examples.report;

import java.time.Duration;
import java.util.Locale;

/** The text of a progress bar: how far, the loss, the latest accuracy, images per second and the time left. */
final class ProgressLine {

    private static final int SHORTEST_BAR = 8;

    private final int epochs;
    private final int imagesPerEpoch;
    // Written by the training, read by the thread that redraws.
    private volatile double loss;
    private volatile double accuracy = Double.NaN;

    ProgressLine(int epochs, int imagesPerEpoch) {
        this.epochs = epochs;
        this.imagesPerEpoch = imagesPerEpoch;
    }

    void loss(double latest) {
        loss = latest;
    }

    void accuracy(double latest) {
        accuracy = latest;
    }

    /** The line after so many images and so much time; fills the width, if that is enough. */
    String text(long images, Duration elapsed, int width) {
        double done = (double) images / ((long) epochs * imagesPerEpoch);
        double seconds = elapsed.toNanos() / 1e9;
        String figures = String.format(Locale.ROOT, " epoch %d/%d  loss %.4f  accuracy %s  %,.0f images/s  %s left",
                Math.min(epochs, images / imagesPerEpoch + 1), epochs, loss,
                Double.isNaN(accuracy) ? "-" : String.format(Locale.ROOT, "%.4f", accuracy),
                seconds > 0 ? images / seconds : 0, images > 0 ? time(seconds * (1 - done) / done) : "?");
        int length = Math.max(SHORTEST_BAR, width - figures.length());
        int filled = (int) (done * length);
        return "█".repeat(filled) + "░".repeat(length - filled) + figures;
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60);
    }
}
