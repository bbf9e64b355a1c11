package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;

/** x times the probability that a normal number is less than x. */
public final class GELU extends Module {

    /** The layer. */
    public GELU() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.gelu();
    }
}
