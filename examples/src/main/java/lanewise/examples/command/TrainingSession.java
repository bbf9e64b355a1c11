package lanewise.examples.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import lanewise.examples.report.Progress;
import lanewise.examples.report.RunRecord;
import lanewise.examples.report.Terminal;
import lanewise.kernels.Workers;
import lanewise.nn.Module;
import lanewise.nn.Shape;
import lanewise.nn.Tape;
import lanewise.nn.data.DataLoader;
import lanewise.nn.data.Dataset;
import lanewise.nn.optim.SGD;
import lanewise.nn.optim.Schedule;
import lanewise.nn.optim.Scheduler;
import lanewise.nn.training.BatchLoss;
import lanewise.nn.training.Metric;
import lanewise.nn.training.Trainer;
import picocli.CommandLine;

/** What training a system on digits is from the command line's point of view: data in, progress and results out. */
final class TrainingSession {

    private static final int TEST_BATCH = 250;

    private final CommandLine command;
    private final TrainingOptions options;
    private final String system;
    private float decay = 1;

    TrainingSession(CommandLine command, TrainingOptions options, String system) {
        this.command = command;
        this.options = options;
        this.system = system;
    }

    /** Sets what the learning rates are multiplied by after each epoch. */
    TrainingSession decay(float factor) {
        decay = factor;
        return this;
    }

    /**
     * Trains and keeps the results.
     *
     * @param network what to train
     * @param loss what to make small
     * @param optimizer makes the optimizer for a team and a number of training images
     */
    void run(Module network, BatchLoss loss, BiFunction<Workers, Integer, SGD> optimizer)
            throws IOException {
        Dataset train = options.trainingImages();
        Dataset test = options.testImages();
        Path folder = options.resultFolder(system);
        Path checkpoint = folder.resolve("checkpoint.safetensors");
        Progress progress = Progress.to(command.getErr(), Terminal.watchesStandardError(), options.epochs(),
                train.size());
        RunRecord record = new RunRecord(folder, system + " on " + options.dataName(), network, progress);
        boolean complete;
        try (record; Workers workers = Workers.of(options.threads()); Tape tape = new Tape(workers)) {
            SGD sgd = optimizer.apply(workers, train.size());
            Trainer trainer = new Trainer(network, loss, sgd, batches(train, options.batch()).shuffle(options.seed()))
                    .test(batches(test, TEST_BATCH), Metric.accuracy())
                    .schedule(new Scheduler(sgd, Schedule.exponential(decay))).keep("record", record)
                    .checkpoint(checkpoint, options.checkpointEvery());
            options.resume(trainer);
            GracefulStop stop = new GracefulStop(trainer);
            try {
                complete = trainer.run(tape, options.epochs(), record);
                if (!complete) {
                    command.getErr().println("stopped; --resume " + checkpoint + " goes on from here");
                }
            } finally {
                stop.ended();
            }
        }
        if (!complete) {
            throw new CancellationException("training was interrupted");
        }
        drawCurve(record);
        command.getErr().println("results in " + folder);
        command.getOut().println(record.speed());
        command.getOut().println(record.summary());
    }

    private static DataLoader batches(Dataset images, int size) {
        return new DataLoader(images.reshape(Shape.of(images.shape().size())), size);
    }

    private void drawCurve(RunRecord record) throws IOException {
        try {
            record.drawCurve();
        } catch (RuntimeException | LinkageError | InternalError e) {
            // A Java without fonts fails in one of these ways. The training is done and its model saved: no reason to fail.
            command.getErr()
                    .println("lanewise: the curve could not be drawn; does this Java find fonts (fontconfig)? " + e);
        }
    }
}
