package lanewise.bench.sequence;

import java.util.Locale;
import lanewise.bench.contest.Limit;
import lanewise.bench.contest.Unit;
import lanewise.bench.contest.Workload;

/**
 * An attention and the pass that is measured; its name is {@code attention N8 H8 T256 D64 forward}, with {@code causal} before a pass that
 * hides later keys, or with {@code both} at its end.
 *
 * @param n number of sequences
 * @param heads heads of each
 * @param tokens queries, and keys
 * @param dim elements of each
 * @param causal whether a query sees no later key
 * @param backward whether all gradients are computed too
 */
public record AttentionShape(int n, int heads, int tokens, int dim, boolean causal, boolean backward) {

    static final String NAME = "attention";
    private static final String CAUSAL = "causal";

    /**
     * The shape of a row.
     *
     * @param name the row's name
     * @return the shape
     */
    public static AttentionShape parse(String name) {
        String[] words = name.replace(" " + CAUSAL, "").split(" ", -1);
        if (words.length != 6 || !words[0].equals(NAME)) {
            throw new IllegalArgumentException(name + ": need attention, N, H, T and D with numbers, and a pass");
        }
        return new AttentionShape(number(words[1]), number(words[2]), number(words[3]), number(words[4]),
                name.contains(CAUSAL), words[5].equals("both"));
    }

    private static int number(String word) {
        return Integer.parseInt(word.substring(1));
    }

    /**
     * The row. Both passes count as seven products of the size of one; a forward pass has two. Causal rows count the half that is
     * needed.
     *
     * @return the workload
     */
    public Workload workload() {
        double pairs = causal ? tokens * (tokens + 1.0) / 2 : (double) tokens * tokens;
        double flops = 2.0 * n * heads * pairs * dim * (backward ? 7 : 2);
        return new Workload(name(), flops, Unit.GFLOPS, Limit.FMA);
    }

    private String name() {
        return String.format(Locale.ROOT, "%s N%d H%d T%d D%d %s%s", NAME, n, heads, tokens, dim,
                causal ? CAUSAL + " " : "", backward ? "both" : "forward");
    }
}
