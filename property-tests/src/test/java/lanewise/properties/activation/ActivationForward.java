package lanewise.properties.activation;

import lanewise.testing.arbitrary.Filling;
import lanewise.testing.arbitrary.Filling.Kind;
import lanewise.testing.contract.ElementwiseContract;
import net.jqwik.api.Arbitrary;

/** What the forward kernels of activations share: one input, which may be any float. */
abstract class ActivationForward implements ElementwiseContract {

    @Override
    public int inputs() {
        return 1;
    }

    @Override
    public float[] specials() {
        return Filling.specialsAndExtremes();
    }

    @Override
    public Arbitrary<Filling> fillings() {
        return Filling.of(Kind.INTEGERS, Kind.UNIT, Kind.MIXED_MAGNITUDE, Kind.FINITE, Kind.SPECIAL);
    }
}
