package lanewise.examples.report;

import java.io.PrintWriter;
import lanewise.nn.training.Epoch;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;

/** A bar over the whole training, redrawn in place. */
final class ProgressOnTerminal implements Progress {

    private static final int UPDATE_MILLIS = 200;

    private final ProgressLine line;
    private final ProgressBar bar;

    ProgressOnTerminal(PrintWriter out, int epochs, int imagesPerEpoch) {
        line = new ProgressLine(epochs, imagesPerEpoch);
        bar = new ProgressBarBuilder().setInitialMax((long) epochs * imagesPerEpoch)
                .setUpdateIntervalMillis(UPDATE_MILLIS).setConsumer(new Redrawing(out, Terminal.width() - 1))
                .setRenderer((state, width) -> line.text(state.getCurrent(), state.getTotalElapsed(), width)).build();
    }

    @Override
    public void stepped(int images, double loss) {
        line.loss(loss);
        bar.stepBy(images);
    }

    @Override
    public void ended(Epoch epoch) {
        line.accuracy(epoch.score());
    }

    @Override
    public void close() {
        bar.close();
    }

    /** Draws each line over the one before. The library's own way needs native code. */
    private record Redrawing(PrintWriter out, int getMaxRenderedLength) implements ProgressBarConsumer {

        @Override
        public void accept(String text) {
            out.print("\r" + text);
            out.flush();
        }

        @Override
        public void close() {
            out.println();
            out.flush();
        }
    }
}
