package lanewise.examples.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import lanewise.examples.data.SyntheticDigits;
import lanewise.nn.data.Dataset;
import lanewise.nn.data.Mnist;
import lanewise.nn.io.UnreadableFileException;
import lanewise.nn.training.Trainer;
import picocli.CommandLine.Option;

/** What can be asked of the training of any system that reads digits. */
final class TrainingOptions {

    /** What every training's help says of its results. */
    static final String RESULTS = "The last two lines name the training images per second, and the best test accuracy of "
            + "all epochs, its epoch and the seconds of the whole training. The results folder receives metrics.csv, "
            + "curve.svg, curve.png, model.safetensors (the weights of the best epoch) and checkpoint.safetensors (all that --resume "
            + "needs). Ctrl-C finishes the step, writes the checkpoint and exits with 130.";

    /** The book keeps the last 10,000 of MNIST's 60,000 training images for validation. */
    private static final int MOST_TRAINING_IMAGES = 50_000;

    @Option(names = "--data", paramLabel = "DIR", description = {
            "Folder with the MNIST files (IDX, gzipped or not): trains on the first 50,000 images and tests on the "
                    + "test images. Without it: digits that Lanewise draws itself, 10,000 and 2,000.",
    })
    private Path data;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs to train (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(names = "--seed", paramLabel = "S",
            description = "Decides about first weights and order of images (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--threads", paramLabel = "T", description = "Threads (default: one per core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the results (default: runs/SYSTEM-TIME).")
    private Path out;

    @Option(names = "--batch", paramLabel = "B", description = "Images per step (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(names = "--checkpoint-every", paramLabel = "N",
            description = "Write a checkpoint every N steps too, not only after each epoch (default: ${DEFAULT-VALUE}, never).")
    private long checkpointEvery;

    @Option(names = "--resume", paramLabel = "FILE",
            description = "Go on from a checkpoint.safetensors of the same command, to the same bits as if it had never "
                    + "stopped. --out is then the checkpoint's folder unless given.")
    private Path resume;

    /** How often to go through the images and how many to take per step, unless the user says otherwise. */
    TrainingOptions(int epochs, int batch) {
        this.epochs = epochs;
        this.batch = batch;
    }

    int epochs() {
        return epochs;
    }

    long seed() {
        return seed;
    }

    int threads() {
        return threads;
    }

    int batch() {
        return batch;
    }

    /** Rejects numbers that make no sense, before anything takes time. */
    void check() {
        requirePositive("--epochs", epochs);
        requirePositive("--threads", threads);
        requirePositive("--batch", batch);
        if (checkpointEvery < 0) {
            throw new InputException("--checkpoint-every is " + checkpointEvery + ", need at least 0.");
        }
        if (resume != null && !Files.isRegularFile(resume)) {
            throw new InputException("--resume " + resume + ": there is no such file.");
        }
    }

    long checkpointEvery() {
        return checkpointEvery;
    }

    /** Puts a training where the checkpoint was written, if one was named. */
    void resume(Trainer trainer) throws IOException {
        if (resume != null) {
            try {
                trainer.resume(resume);
            } catch (UnreadableFileException e) {
                throw new InputException(e.getMessage() + ".", e);
            }
        }
    }

    Dataset trainingImages() throws IOException {
        if (data == null) {
            return SyntheticDigits.train();
        }
        Dataset all = checked(Mnist::train);
        return all.slice(0, Math.min(all.size(), MOST_TRAINING_IMAGES));
    }

    Dataset testImages() throws IOException {
        return data == null ? SyntheticDigits.test() : checked(Mnist::test);
    }

    /** The name of what is trained on, for headings. */
    String dataName() {
        return data == null ? "synthetic digits" : data.toAbsolutePath().normalize().toString();
    }

    /** Makes the folder for the results. */
    Path resultFolder(String system) {
        Path folder = out != null ? out : resume != null ? resume.toAbsolutePath().getParent() : newFolder(system);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new InputException("Cannot make the folder " + folder + " for the results: " + reason(e) + ".", e);
        }
    }

    private static Path newFolder(String system) {
        return Path.of("runs", system
                + DateTimeFormatter.ofPattern("-yyyyMMdd-HHmmss").format(LocalDateTime.now(ZoneId.systemDefault())));
    }

    private interface Reader {
        Dataset read(Path folder) throws IOException;
    }

    private Dataset checked(Reader reader) throws IOException {
        Dataset images;
        try {
            images = reader.read(data);
        } catch (UnreadableFileException e) {
            throw new InputException(e.getMessage() + ".", e);
        }
        if (images.size() == 0) {
            throw new InputException(data + ": has no images.");
        }
        if (images.shape().size() != 28 * 28) {
            throw new InputException(data + ": the images are " + images.shape() + ", need [28, 28].");
        }
        return images;
    }

    static void requireFinite(String option, float value) {
        if (!(value >= 0 && value <= Float.MAX_VALUE)) {
            throw new InputException(option + " is " + value + ", need a finite number of at least 0.");
        }
    }

    private static void requirePositive(String option, int value) {
        if (value < 1) {
            throw new InputException(option + " is " + value + ", need at least 1.");
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
