package lanewise.nn.layer;

import lanewise.nn.Module;
import lanewise.nn.Tensor;

/** y = x / (1 + |x|). */
public final class Softsign extends Module {

    /** The layer. */
    public Softsign() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.softsign();
    }
}
