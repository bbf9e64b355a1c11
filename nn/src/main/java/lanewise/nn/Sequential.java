package lanewise.nn;

/** Modules one after another; their names are 0, 1, 2, ... */
public final class Sequential extends Module {

    private final Module[] modules;

    /**
     * The chain of these modules.
     *
     * @param modules in the order of computation
     */
    public Sequential(Module... modules) {
        this.modules = modules.clone();
        for (int i = 0; i < modules.length; i++) {
            register(Integer.toString(i), this.modules[i]);
        }
    }

    @Override
    public Tensor forward(Tensor x) {
        Tensor y = x;
        for (Module module : modules) {
            y = module.forward(y);
        }
        return y;
    }

    @Override
    Tensor trace(Tensor x, Summary summary) {
        Tensor y = x;
        for (int i = 0; i < modules.length; i++) {
            y = summary.inner(Integer.toString(i), modules[i], y);
        }
        return y;
    }
}
