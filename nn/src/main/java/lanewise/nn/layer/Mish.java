package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;

/** x times the hyperbolic tangent of its softplus. */
public final class Mish extends Module {

    /** The layer. */
    public Mish() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.mish();
    }
}
