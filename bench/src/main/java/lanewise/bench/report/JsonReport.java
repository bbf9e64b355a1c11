package lanewise.bench.report;

import java.util.List;
import java.util.stream.Collectors;

/** Rows as JSON: an array of objects of the same ten members for every family. */
public final class JsonReport {

    private JsonReport() {}

    /**
     * Writes rows, one per line.
     *
     * @param rows the rows
     * @return a JSON array
     */
    public static String of(List<Row> rows) {
        return rows.stream().map(JsonReport::object).collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n"));
    }

    private static String object(Row row) {
        return "{" + String.join(", ", member("family", row.family()), member("workload", row.workload()),
                member("impl", row.impl()), member("threads", row.threads()), member("median_s", row.medianSeconds()),
                member("spread", row.spread()), member("unit", row.unit()), member("value", row.value()),
                member("ratio_to_best_peer", row.ratioToBestPeer()), member("fraction_of_limit", row.fractionOfLimit()))
                + "}";
    }

    private static String member(String name, String value) {
        return quote(name) + ": " + quote(value);
    }

    private static String member(String name, int value) {
        return quote(name) + ": " + value;
    }

    // JSON has no NaN and no infinity.
    private static String member(String name, double value) {
        return quote(name) + ": " + (Double.isFinite(value) ? Double.toString(value) : "null");
    }

    private static String quote(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
