package lanewise.nn.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import lanewise.nn.Shape;
import lanewise.nn.io.UnreadableFileException;

/**
 * Tables of comma-separated numbers, a sample in each line, with its class in one of the columns. Plain or gzipped, UTF-8;
 * fields may be quoted and empty lines are skipped.
 */
public final class Csv {

    private Csv() {}

    /**
     * Reads a table.
     *
     * @param file the file
     * @param header whether the first line names the columns
     * @param labelColumn which column is the class, from 0; negative numbers count from the end
     * @param classes number of classes; labels are whole numbers less than that
     * @return the samples: [columns - 1], in the order of the other columns
     * @throws UnreadableFileException if the file is missing, or a field is no number; the message names its line
     * @throws IOException if reading fails
     */
    public static Dataset dataset(Path file, boolean header, int labelColumn, int classes) throws IOException {
        float[] samples = new float[64];
        int[] labels = new int[64];
        int count = 0;
        int columns = 0;
        var decoder = StandardCharsets.UTF_8.newDecoder();
        try (InputStream in = Gzipped.open(file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, decoder))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank() || (header && number == 1)) {
                    continue;
                }
                String[] fields = line.split(",", -1);
                int labelAt = labelColumn < 0 ? fields.length + labelColumn : labelColumn;
                if (columns == 0) {
                    columns = fields.length;
                }
                if (fields.length != columns || labelAt < 0 || labelAt >= columns) {
                    throw new UnreadableFileException(file,
                            "line " + number + " has " + fields.length + " columns, need "
                                    + (fields.length != columns ? columns : "one numbered " + labelColumn));
                }
                if (labels.length == count) {
                    labels = Arrays.copyOf(labels, 2 * count);
                }
                int size = columns - 1;
                if (samples.length < (count + 1L) * size) {
                    samples = Arrays.copyOf(samples,
                            Math.toIntExact(Math.max(2L * samples.length, (count + 1L) * size)));
                }
                for (int i = 0, at = count * size; i < columns; i++) {
                    if (i == labelAt) {
                        labels[count] = label(file, number, fields[i], classes);
                    } else {
                        samples[at++] = number(file, number, i, fields[i]);
                    }
                }
                count++;
            }
        } catch (CharacterCodingException e) {
            throw new UnreadableFileException(file, "not UTF-8", e);
        } catch (IOException e) {
            throw Gzipped.explained(file, e);
        }
        int size = Math.max(0, columns - 1);
        return Dataset.of(Arrays.copyOf(samples, count * size), Arrays.copyOf(labels, count), Shape.of(size), classes);
    }

    private static float number(Path file, int line, int column, String field) throws UnreadableFileException {
        try {
            return Float.parseFloat(unquoted(field));
        } catch (NumberFormatException e) {
            throw new UnreadableFileException(file,
                    "line " + line + ", column " + column + " is '" + field.strip() + "', need a number", e);
        }
    }

    private static int label(Path file, int line, String field, int classes) throws UnreadableFileException {
        try {
            int label = Integer.parseInt(unquoted(field));
            if (label >= 0 && label < classes) {
                return label;
            }
        } catch (NumberFormatException e) {
            throw new UnreadableFileException(file, "line " + line + " has class '" + field.strip()
                    + "', need a whole number", e);
        }
        throw new UnreadableFileException(file,
                "line " + line + " has class " + unquoted(field) + ", need 0 <= class < " + classes);
    }

    private static String unquoted(String field) {
        String text = field.strip();
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1).strip()
                : text;
    }
}
