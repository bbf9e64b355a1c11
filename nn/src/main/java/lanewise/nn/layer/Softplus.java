package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;

/** y = log(1 + exp(x)). */
public final class Softplus extends Module {

    /** The layer. */
    public Softplus() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.softplus();
    }
}
