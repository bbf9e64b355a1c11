package lanewise.bench.sequence;

import java.util.Locale;
import lanewise.bench.contest.Limit;
import lanewise.bench.contest.Unit;
import lanewise.bench.contest.Workload;

/**
 * A recurrent layer and the pass that is measured; its name is {@code lstm T64 N32 I128 H256 forward} or with {@code both} at its end.
 *
 * @param kind the layer
 * @param steps length of the sequences
 * @param batch number of sequences
 * @param inputs elements of an input
 * @param hidden elements of the state
 * @param backward whether all gradients are computed too
 */
public record RecurrentShape(Kind kind, int steps, int batch, int inputs, int hidden, boolean backward) {

    /** The layers. */
    public enum Kind {
        /** Long short-term memory. */
        LSTM(4),
        /** Gated recurrent units, the reset after the product. */
        GRU(3);

        private final int gates;

        Kind(int gates) {
            this.gates = gates;
        }
    }

    /**
     * The shape of a row.
     *
     * @param name the row's name
     * @return the shape
     */
    public static RecurrentShape parse(String name) {
        String[] words = name.split(" ", -1);
        if (words.length != 6) {
            throw new IllegalArgumentException(name + ": need a layer, T, N, I and H with numbers, and a pass");
        }
        return new RecurrentShape(Kind.valueOf(words[0].toUpperCase(Locale.ROOT)), number(words[1]), number(words[2]),
                number(words[3]), number(words[4]), words[5].equals("both"));
    }

    private static int number(String word) {
        return Integer.parseInt(word.substring(1));
    }

    /**
     * The row. Both passes count as three forward passes.
     *
     * @return the workload
     */
    public Workload workload() {
        double flops = 2.0 * steps * batch * width() * (inputs + hidden) * (backward ? 3 : 1);
        return new Workload(name(), flops, Unit.GFLOPS, Limit.FMA);
    }

    private String name() {
        return String.format(Locale.ROOT, "%s T%d N%d I%d H%d %s", kind.name().toLowerCase(Locale.ROOT), steps, batch,
                inputs, hidden, backward ? "both" : "forward");
    }

    /**
     * The number of gates of all units.
     *
     * @return the rows of the weights
     */
    public int width() {
        return kind.gates * hidden;
    }
}
