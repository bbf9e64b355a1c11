package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;

/** y = x times {@link Hardsigmoid} of x. */
public final class Hardswish extends Module {

    /** The layer. */
    public Hardswish() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.hardSwish();
    }
}
