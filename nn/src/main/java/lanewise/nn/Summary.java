package lanewise.nn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import lanewise.kernels.Workers;

/** Collects what {@link Module#summary} tells: a row for each module that is not made of others in a known way. */
final class Summary {

    private static final List<String> HEADER = List.of("layer", "output", "parameters", "multiply-adds");

    private record Row(String layer, Shape output, long parameters, long multiplyAdds) {}

    private final List<Row> rows = new ArrayList<>();
    private final Set<Parameter> counted = new HashSet<>();
    private String path = "";

    private Summary() {}

    /** Runs a module on zeros and tells what it met. */
    static String of(Module module, int... input) {
        Summary summary = new Summary();
        try (Workers workers = Workers.single(); Tape tape = new Tape(workers); Step step = tape.inference()) {
            module.trace(step.tensor(new float[Shape.of(input).size()], input), summary);
        }
        return summary.table();
    }

    /** Runs an inner module under its name. */
    Tensor inner(String name, Module module, Tensor x) {
        String outer = path;
        path = outer.isEmpty() ? name : outer + "." + name;
        Tensor y = module.trace(x, this);
        path = outer;
        return y;
    }

    /** Adds a row. A parameter that is shared counts where it is met first. */
    void add(Module module, Shape x, Shape y) {
        long parameters = module.parameters().stream().filter(counted::add).mapToLong(Tensor::size).sum();
        rows.add(new Row((path + " " + module.getClass().getSimpleName()).strip(), y, parameters,
                module.multiplyAdds(x, y)));
    }

    private String table() {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEADER);
        for (Row row : rows) {
            cells.add(List.of(row.layer, row.output.toString(), grouped(row.parameters), grouped(row.multiplyAdds)));
        }
        cells.add(List.of("total", "", grouped(rows.stream().mapToLong(Row::parameters).sum()),
                grouped(rows.stream().mapToLong(Row::multiplyAdds).sum())));
        int[] widths = new int[HEADER.size()];
        for (List<String> line : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder table = new StringBuilder();
        for (List<String> line : cells) {
            table.append(String.format(Locale.ROOT, "%-" + widths[0] + "s  %-" + widths[1] + "s  %" + widths[2] + "s  %"
                    + widths[3] + "s%n", line.toArray()));
        }
        return table.toString();
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
