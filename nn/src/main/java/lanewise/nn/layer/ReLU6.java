package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;

/** y = x, but at least 0 and at most 6. */
public final class ReLU6 extends Module {

    /** The layer. */
    public ReLU6() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.clip(0, 6);
    }
}
