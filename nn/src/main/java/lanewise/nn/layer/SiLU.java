package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;

/** y = x / (1 + exp(-x)). */
public final class SiLU extends Module {

    /** The layer. */
    public SiLU() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.silu();
    }
}
