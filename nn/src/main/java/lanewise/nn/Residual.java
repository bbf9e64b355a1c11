package lanewise.nn;

/**
 * y = f(x) + s(x), where s is the identity or a shortcut that brings x to the shape of f(x) (He et al. 2016). Names of parameters:
 * {@code block.…} and {@code shortcut.…}.
 */
public final class Residual extends Module {

    private final Module block;
    private final Module shortcut;

    /**
     * A block that keeps the shape.
     *
     * @param block f
     */
    public Residual(Module block) {
        this.block = register("block", block);
        shortcut = null;
    }

    /**
     * A block that changes the shape.
     *
     * @param block f
     * @param shortcut s
     */
    public Residual(Module block, Module shortcut) {
        this.block = register("block", block);
        this.shortcut = register("shortcut", shortcut);
    }

    @Override
    public Tensor forward(Tensor x) {
        return block.forward(x).add(shortcut == null ? x : shortcut.forward(x));
    }

    @Override
    Tensor trace(Tensor x, Summary summary) {
        Tensor y = summary.inner("block", block, x);
        return y.add(shortcut == null ? x : summary.inner("shortcut", shortcut, x));
    }
}
