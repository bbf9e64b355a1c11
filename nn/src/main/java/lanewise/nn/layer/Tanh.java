package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;

/** The hyperbolic tangent. */
public final class Tanh extends Module {

    /** The layer. */
    public Tanh() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.tanh();
    }
}
