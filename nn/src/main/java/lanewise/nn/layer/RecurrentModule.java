package lanewise.nn.layer;

import lanewise.nn.Generator;
import lanewise.nn.Module;
import lanewise.nn.Parameter;
import lanewise.nn.Shape;
import lanewise.nn.Tensor;
import lanewise.nn.init.Init;

/** What recurrent layers and cells share: their parameters. */
abstract class RecurrentModule extends Module {

    /** The parameters of one layer in one direction. There are no peepholes but in an LSTM. */
    record Weights(Parameter input, Parameter state, Parameter inputBias, Parameter stateBias, Parameter peepholes) {

        /** Products with weights for one element of a batch, as is the custom. */
        long products() {
            return (long) input.size() + state.size();
        }
    }

    /** States and last cells of one layer in one direction; the cells are null where there are none. */
    record Cells(Tensor y, Tensor c) {}

    /**
     * Registers parameters, uniform in [-1/sqrt(hidden), 1/sqrt(hidden)).
     *
     * @param suffix of their names
     */
    final Weights weights(int gates, int inputs, int hidden, boolean peepholes, String suffix, Generator random) {
        Init init = Init.uniformByInputs(hidden);
        return new Weights(filled("weight_ih" + suffix, Shape.of(gates * hidden, inputs), init, random),
                filled("weight_hh" + suffix, Shape.of(gates * hidden, hidden), init, random),
                filled("bias_ih" + suffix, Shape.of(gates * hidden), init, random),
                filled("bias_hh" + suffix, Shape.of(gates * hidden), init, random),
                peepholes ? filled("weight_ph" + suffix, Shape.of(3 * hidden), init, random) : null);
    }

    private Parameter filled(String name, Shape shape, Init init, Generator random) {
        Parameter parameter = register(name, new Parameter(shape));
        init.fill(parameter, random);
        return parameter;
    }

    /** One layer in one direction: x is [steps, batch, inputs], h0 and c0 are [batch, hidden]. */
    abstract Cells layer(Tensor x, Weights weights, Tensor h0, Tensor c0, int[] lengths);
}
