package lanewise.nn.data;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import lanewise.nn.Shape;
import lanewise.nn.io.UnreadableFileException;

/**
 * Images in a folder for each class, in any format that {@code javax.imageio} reads, brought to one size. The folders' names, in
 * ascending order, are the classes. PyTorch's {@code ImageFolder}.
 *
 * <p>
 * Needs the module {@code java.desktop}, which this one does not require: a program on the module path adds it.
 */
public final class ImageFolder {

    private ImageFolder() {}

    /**
     * The classes of a folder.
     *
     * @param folder the folder
     * @return the names of its folders, in ascending order
     * @throws UnreadableFileException if there is no such folder, or none in it
     * @throws IOException if reading fails
     */
    public static List<String> classes(Path folder) throws IOException {
        return folders(folder).stream().map(one -> one.getFileName().toString()).toList();
    }

    /**
     * Reads all images.
     *
     * @param folder the folder of the classes' folders
     * @param height height to which images are scaled
     * @param width width to which images are scaled
     * @return the samples: [3, height, width], red, green and blue from 0 to 1, class by class and in ascending order of the
     *         files' names
     * @throws UnreadableFileException if there are no folders, or a file in one is no image
     * @throws IOException if reading fails
     */
    public static Dataset read(Path folder, int height, int width) throws IOException {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "ImageFolder: height = " + height + ", width = " + width + ", need both >= 1");
        }
        List<Path> classes = folders(folder);
        if (classes.size() > 256) {
            throw new UnreadableFileException(folder, "has " + classes.size() + " folders, need at most 256 classes");
        }
        List<Path> files = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            for (Path file : sorted(classes.get(label), Files::isRegularFile)) {
                files.add(file);
                labels.add(label);
            }
        }
        byte[] pixels = new byte[Math.toIntExact(3L * height * width * files.size())];
        byte[] answers = new byte[files.size()];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = labels.get(i).byteValue();
            copy(scaled(image(files.get(i)), height, width), pixels, i * 3 * height * width);
        }
        return new ByteDataset(pixels, answers, Shape.of(3, height, width), classes.size());
    }

    private static List<Path> folders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new UnreadableFileException(folder, "there is no such folder");
        }
        List<Path> folders = sorted(folder, Files::isDirectory);
        if (folders.isEmpty()) {
            throw new UnreadableFileException(folder, "has no folders, need one for each class");
        }
        return folders;
    }

    private static List<Path> sorted(Path folder, java.util.function.Predicate<Path> kind) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(kind).filter(path -> !path.getFileName().toString().startsWith(".")).sorted().toList();
        }
    }

    private static BufferedImage image(Path file) throws IOException {
        BufferedImage image;
        try {
            image = ImageIO.read(file.toFile());
        } catch (IOException | RuntimeException e) { // damaged files make readers throw many things
            throw new UnreadableFileException(file, "damaged: " + e.getMessage(), e);
        }
        if (image == null) {
            throw new UnreadableFileException(file, "not an image of a known format");
        }
        return image;
    }

    private static BufferedImage scaled(BufferedImage image, int height, int width) {
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = Objects.requireNonNull(scaled.createGraphics());
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return scaled;
    }

    private static void copy(BufferedImage image, byte[] pixels, int offset) {
        int area = image.getHeight() * image.getWidth();
        for (int y = 0, at = offset; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++, at++) {
                int rgb = image.getRGB(x, y);
                pixels[at] = (byte) (rgb >> 16);
                pixels[at + area] = (byte) (rgb >> 8);
                pixels[at + 2 * area] = (byte) rgb;
            }
        }
    }
}
