package lanewise.examples.report;

import lanewise.examples.training.Epoch;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar over the whole training, redrawn in place. */
final class ProgressOnTerminal implements Progress {

    private static final int UPDATE_MILLIS = 200;

    private final ProgressLine line;
    private final ProgressBar bar;

    ProgressOnTerminal(int epochs, int imagesPerEpoch) {
        line = new ProgressLine(epochs, imagesPerEpoch);
        bar = new ProgressBarBuilder().setInitialMax((long) epochs * imagesPerEpoch)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setRenderer((state, width) -> line.text(state.getCurrent(), state.getTotalElapsed(), width)).build();
    }

    @Override
    public void stepped(int images, double loss) {
        line.loss(loss);
        bar.stepBy(images);
    }

    @Override
    public void ended(Epoch epoch) {
        line.accuracy(epoch.testAccuracy());
    }

    @Override
    public void close() {
        bar.close();
    }
}
