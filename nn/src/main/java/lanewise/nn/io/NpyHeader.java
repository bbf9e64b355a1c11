package lanewise.nn.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lanewise.nn.Shape;

/**
 * The header of the npy format: six bytes of magic, a version, the length of what follows, and a Python dictionary with the
 * type, the order and the shape.
 */
record NpyHeader(String type, boolean fortranOrder, Shape shape) {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;
    private static final int LONGEST = 1 << 20;
    private static final int MOST_AXES = 32;
    private static final Pattern ENTRY = Pattern
            .compile("\\G\\s*'(\\w+)'\\s*:\\s*(?:'([^']*)'|(True|False)|\\(([0-9,\\s]*)\\))\\s*(,|\\s*$)");

    /** The beginning of a file of version 1.0 with little-endian float32 in C order. */
    static byte[] format(Shape shape) {
        StringBuilder dictionary = new StringBuilder("{'descr': '<f4', 'fortran_order': False, 'shape': (");
        for (int axis = 0; axis < shape.rank(); axis++) {
            dictionary.append(shape.size(axis)).append(axis + 1 < shape.rank() ? ", " : shape.rank() == 1 ? "," : "");
        }
        dictionary.append("), }");
        int start = MAGIC.length + 4;
        while ((start + dictionary.length() + 1) % ALIGNMENT != 0) {
            dictionary.append(' ');
        }
        dictionary.append('\n');
        return ByteBuffer.allocate(start + dictionary.length()).order(ByteOrder.LITTLE_ENDIAN).put(MAGIC)
                .put((byte) 1).put((byte) 0).putShort((short) dictionary.length())
                .put(dictionary.toString().getBytes(StandardCharsets.US_ASCII)).array();
    }

    /** Reads and checks a header; the stream then stands where the elements begin. */
    static NpyHeader read(Path file, InputStream in) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        ByteBuffer magic = ByteBuffer.wrap(start);
        if (start.length < MAGIC.length + 2 || !magic.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            throw new UnreadableFileException(file, "not an npy file: it does not begin with \\x93NUMPY");
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > 3) {
            throw new UnreadableFileException(file, "npy version " + (version & 0xFF) + ", need 1 to 3");
        }
        byte[] lengthBytes = in.readNBytes(version == 1 ? 2 : 4);
        if (lengthBytes.length < (version == 1 ? 2 : 4)) {
            throw cutOff(file);
        }
        ByteBuffer number = ByteBuffer.wrap(lengthBytes).order(ByteOrder.LITTLE_ENDIAN);
        long length = version == 1 ? number.getShort() & 0xFFFF : number.getInt() & 0xFFFFFFFFL;
        if (length > LONGEST) {
            throw new UnreadableFileException(file, "not a sound npy file: header length " + length + ", need at most "
                    + LONGEST);
        }
        byte[] dictionary = in.readNBytes((int) length);
        if (dictionary.length < length) {
            throw cutOff(file);
        }
        return parse(file, new String(dictionary, StandardCharsets.UTF_8));
    }

    private static NpyHeader parse(Path file, String dictionary) throws UnreadableFileException {
        String text = dictionary.strip();
        Map<String, MatchResult> entries = new HashMap<>();
        if (text.startsWith("{") && text.endsWith("}")) {
            text = text.substring(1, text.length() - 1).stripTrailing();
            Matcher entry = ENTRY.matcher(text);
            int end = 0;
            while (end < text.length() && entry.find()) {
                end = entry.end();
                if (entries.put(entry.group(1), entry.toMatchResult()) != null) {
                    throw unsound(file, dictionary);
                }
            }
            if (end < text.length()) {
                throw unsound(file, dictionary);
            }
        }
        if (entries.size() != 3) {
            throw unsound(file, dictionary);
        }
        String type = group(file, dictionary, entries, "descr", 2);
        String order = group(file, dictionary, entries, "fortran_order", 3);
        String sizes = group(file, dictionary, entries, "shape", 4);
        return new NpyHeader(type, order.equals("True"), shape(file, sizes));
    }

    private static String group(Path file, String dictionary, Map<String, MatchResult> entries, String name, int group)
            throws UnreadableFileException {
        MatchResult entry = entries.get(name);
        if (entry == null || entry.group(group) == null) {
            throw unsound(file, dictionary);
        }
        return entry.group(group);
    }

    private static Shape shape(Path file, String sizes) throws UnreadableFileException {
        List<Integer> extents = new ArrayList<>();
        long product = 1;
        for (String size : sizes.split(",", -1)) {
            if (size.isBlank()) {
                continue;
            }
            try {
                int extent = Integer.parseInt(size.strip());
                extents.add(extent);
                product = Math.multiplyExact(product, extent);
            } catch (NumberFormatException | ArithmeticException e) {
                throw tooLarge(file, sizes, e);
            }
        }
        if (product > Integer.MAX_VALUE - 8 || extents.size() > MOST_AXES) {
            throw tooLarge(file, sizes, null);
        }
        try {
            return Shape.of(extents.stream().mapToInt(Integer::intValue).toArray());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw tooLarge(file, sizes, e);
        }
    }

    private static UnreadableFileException tooLarge(Path file, String sizes, Exception cause) {
        return new UnreadableFileException(file, "shape (" + sizes + ") is too large, or no shape", cause);
    }

    private static UnreadableFileException unsound(Path file, String dictionary) {
        String shown = dictionary.length() > 200 ? dictionary.substring(0, 200) + "..." : dictionary.strip();
        return new UnreadableFileException(file, "not a sound npy file, or of a type with fields: header " + shown);
    }

    private static UnreadableFileException cutOff(Path file) {
        return new UnreadableFileException(file, "cut off: the file ends within the header");
    }
}
