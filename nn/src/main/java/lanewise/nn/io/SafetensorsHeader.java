package lanewise.nn.io;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lanewise.nn.Shape;
import lanewise.nn.io.JsonReader.SyntaxException;

/** The header of a safetensors file: names, shapes and places of tensors, and free text. */
final class SafetensorsHeader {

    private static final String METADATA = "__metadata__";
    private static final int MOST_AXES = 64;
    private static final Map<String, Integer> BYTES = Map.ofEntries(Map.entry("BOOL", 1), Map.entry("U8", 1),
            Map.entry("I8", 1), Map.entry("F8_E5M2", 1), Map.entry("F8_E4M3", 1), Map.entry("I16", 2),
            Map.entry("U16", 2), Map.entry("F16", 2), Map.entry("BF16", 2), Map.entry("I32", 4), Map.entry("U32", 4),
            Map.entry("F32", 4), Map.entry("I64", 8), Map.entry("U64", 8), Map.entry("F64", 8));

    /** One tensor: its bytes are [begin, end) of the data that follow the header. */
    record Entry(Shape shape, long begin, long end) {}

    private final Map<String, Entry> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private SafetensorsHeader() {}

    Map<String, Entry> tensors() {
        return tensors;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    /** Reads a header and checks it against the number of bytes of data that follow it. */
    static SafetensorsHeader parse(String json, long dataBytes) throws SyntaxException {
        SafetensorsHeader header = new SafetensorsHeader();
        JsonReader in = new JsonReader(json);
        boolean metadataSeen = false;
        if (!json.startsWith("{")) {
            throw in.problem("expected '{'");
        }
        in.expect('{');
        if (!in.accept('}')) {
            do {
                String name = in.name();
                if (name.equals(METADATA)) {
                    if (metadataSeen) {
                        throw in.problem("second " + METADATA);
                    }
                    metadataSeen = true;
                    header.readMetadata(in);
                } else if (header.tensors.put(name, readEntry(in, name)) != null) {
                    throw in.problem("second tensor named '" + name + "'");
                }
            } while (in.accept(','));
            in.expect('}');
        }
        in.expectEnd();
        header.requireCover(in, dataBytes);
        return header;
    }

    private void readMetadata(JsonReader in) throws SyntaxException {
        in.expect('{');
        if (in.accept('}')) {
            return;
        }
        do {
            String key = in.name();
            if (metadata.put(key, in.string()) != null) {
                throw in.problem("second metadata entry named '" + key + "'");
            }
        } while (in.accept(','));
        in.expect('}');
    }

    private static Entry readEntry(JsonReader in, String name) throws SyntaxException {
        String dtype = null;
        long[] sizes = null;
        long[] span = null;
        in.expect('{');
        do {
            String key = in.name();
            if (key.equals("dtype") && dtype == null) {
                dtype = in.string();
            } else if (key.equals("shape") && sizes == null) {
                sizes = naturals(in);
            } else if (key.equals("data_offsets") && span == null) {
                span = naturals(in);
            } else {
                throw in.problem("tensor '" + name + "': unknown or repeated key '" + key + "'");
            }
        } while (in.accept(','));
        in.expect('}');
        if (dtype == null || sizes == null || span == null) {
            throw in.problem("tensor '" + name + "': need dtype, shape and data_offsets");
        }
        return entry(in, name, dtype, sizes, span);
    }

    private static Entry entry(JsonReader in, String name, String dtype, long[] sizes, long[] span)
            throws SyntaxException {
        Integer width = BYTES.get(dtype);
        if (width == null) {
            throw in.problem("tensor '" + name + "': unknown dtype '" + dtype + "'");
        }
        if (span.length != 2 || span[0] > span[1]) {
            throw in.problem("tensor '" + name + "': data_offsets must be [begin, end] with begin <= end");
        }
        long bytes = width;
        for (long size : sizes) {
            if (size != 0 && bytes > Long.MAX_VALUE / size) {
                throw in.problem("tensor '" + name + "': shape overflows");
            }
            bytes *= size;
        }
        if (bytes != span[1] - span[0]) {
            throw in.problem("tensor '" + name + "': shape and dtype need " + bytes + " bytes, data_offsets span "
                    + (span[1] - span[0]));
        }
        if (!dtype.equals("F32")) {
            throw in.problem("tensor '" + name + "': dtype " + dtype + " is not supported, only F32 is");
        }
        return new Entry(shape(in, name, sizes), span[0], span[1]);
    }

    private static Shape shape(JsonReader in, String name, long[] sizes) throws SyntaxException {
        int[] narrow = new int[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            narrow[i] = (int) sizes[i];
            if (narrow[i] != sizes[i]) {
                throw in.problem("tensor '" + name + "': a size of " + sizes[i] + " is too large");
            }
        }
        try {
            return Shape.of(narrow);
        } catch (IllegalArgumentException e) {
            SyntaxException problem = in.problem("tensor '" + name + "': " + e.getMessage());
            problem.initCause(e);
            throw problem;
        }
    }

    private static long[] naturals(JsonReader in) throws SyntaxException {
        List<Long> values = new ArrayList<>();
        in.expect('[');
        if (!in.accept(']')) {
            do {
                if (values.size() == MOST_AXES) {
                    throw in.problem("more than " + MOST_AXES + " numbers in a list");
                }
                values.add(in.natural());
            } while (in.accept(','));
            in.expect(']');
        }
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    /** Requires that the tensors, in the order of their places, fill the data without gap or overlap. */
    private void requireCover(JsonReader in, long dataBytes) throws SyntaxException {
        List<Map.Entry<String, Entry>> order = new ArrayList<>(tensors.entrySet());
        order.sort(Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin())
                .thenComparingLong(e -> e.getValue().end()));
        long filled = 0;
        for (Map.Entry<String, Entry> next : order) {
            long begin = next.getValue().begin();
            if (begin != filled) {
                throw in.problem("tensor '" + next.getKey() + "' begins at byte " + begin + " of the data, need "
                        + filled + " (" + (begin < filled ? "overlap" : "gap") + ")");
            }
            filled = next.getValue().end();
        }
        if (filled != dataBytes) {
            throw in.problem("the tensors fill " + filled + " bytes, the file has " + dataBytes + " bytes of data");
        }
    }

    /** The text of a header for tensors that follow one another in the order given. */
    static String format(Map<String, Shape> shapes, Map<String, String> metadata) {
        StringBuilder json = new StringBuilder("{");
        if (!metadata.isEmpty()) {
            quote(METADATA, json).append(":{");
            metadata.forEach((key, value) -> quote(value, quote(key, json).append(':')).append(','));
            json.setCharAt(json.length() - 1, '}');
            json.append(',');
        }
        long begin = 0;
        for (Map.Entry<String, Shape> tensor : shapes.entrySet()) {
            if (tensor.getKey().equals(METADATA)) {
                throw new IllegalArgumentException("save: a tensor cannot be named " + METADATA);
            }
            long end = begin + 4L * tensor.getValue().size();
            quote(tensor.getKey(), json).append(":{\"dtype\":\"F32\",\"shape\":")
                    .append(tensor.getValue().toString().replace(" ", "")).append(",\"data_offsets\":[").append(begin)
                    .append(',').append(end).append("]},");
            begin = end;
        }
        if (json.length() > 1) {
            json.setLength(json.length() - 1);
        }
        return json.append('}').toString();
    }

    private static StringBuilder quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"');
    }
}
