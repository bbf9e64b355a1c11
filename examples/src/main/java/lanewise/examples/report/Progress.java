package lanewise.examples.report;

import java.io.PrintWriter;
import lanewise.nn.training.TrainingListener;

/** Shows on the standard error stream how a training goes. */
public interface Progress extends TrainingListener, AutoCloseable {

    /**
     * The view that suits: a bar that moves on a terminal, else a line per epoch.
     *
     * @param out where to show it
     * @param terminal whether that is a terminal
     * @param epochs how many epochs there will be
     * @param imagesPerEpoch how many images each has
     * @return the view
     */
    static Progress to(PrintWriter out, boolean terminal, int epochs, int imagesPerEpoch) {
        return terminal ? new ProgressOnTerminal(out, epochs, imagesPerEpoch) : new ProgressLines(out, epochs);
    }

    /** Ends the view; what was shown stays. */
    @Override
    void close();
}
