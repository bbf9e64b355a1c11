package lanewise.nn;

/**
 * Branches that all get x, their results one after the other along the second axis, the channels: the Inception block (Szegedy et
 * al. 2015). Names of parameters: {@code 0.…}, {@code 1.…} and so on.
 */
public final class Concat extends Module {

    private static final int CHANNELS = 1;

    private final Module[] branches;

    /**
     * The branches.
     *
     * @param branches at least one, whose results have the same shape but for the second axis
     */
    public Concat(Module... branches) {
        if (branches.length == 0) {
            throw new IllegalArgumentException("Concat: no branches, need at least one");
        }
        this.branches = branches.clone();
        for (int i = 0; i < branches.length; i++) {
            register(Integer.toString(i), this.branches[i]);
        }
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor[] results = new Tensor[branches.length];
        for (int i = 0; i < branches.length; i++) {
            results[i] = branches[i].forward(x);
        }
        return Tensor.concat(CHANNELS, results);
    }

    @Override
    Tensor trace(Tensor x, Summary summary) {
        Tensor[] results = new Tensor[branches.length];
        for (int i = 0; i < branches.length; i++) {
            results[i] = summary.inner(Integer.toString(i), branches[i], x);
        }
        return Tensor.concat(CHANNELS, results);
    }
}
