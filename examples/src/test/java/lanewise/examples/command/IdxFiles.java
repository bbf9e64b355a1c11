package lanewise.examples.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import lanewise.nn.data.Dataset;

/** Writes data sets as the four files of MNIST. */
final class IdxFiles {

    private IdxFiles() {}

    static void write(Path folder, Dataset train, Dataset test) throws IOException {
        write(folder, "train", train);
        write(folder, "t10k", test);
    }

    private static void write(Path folder, String part, Dataset data) throws IOException {
        int pixels = data.shape().size();
        ByteBuffer images = ByteBuffer.allocate(16 + data.size() * pixels);
        ByteBuffer labels = ByteBuffer.allocate(8 + data.size());
        images.putInt(0x0803).putInt(data.size()).putInt(data.shape().size(0)).putInt(data.shape().size(1));
        labels.putInt(0x0801).putInt(data.size());
        float[] image = new float[pixels];
        for (int i = 0; i < data.size(); i++) {
            data.copyTo(i, image, 0);
            for (float pixel : image) {
                images.put((byte) Math.round(255 * pixel));
            }
            labels.put((byte) data.label(i));
        }
        Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
        Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
    }
}
