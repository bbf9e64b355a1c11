package lanewise.nn.layer;

import lanewise.nn.Tensor;

/**
 * What a recurrent layer gives.
 *
 * @param y the states of the last layer, [steps, batch, directions * hidden]; 0 beyond the end of a sequence
 * @param h the last state of each layer and direction, [layers * directions, batch, hidden]
 * @param c the last cells, likewise; null where there are none
 */
public record RecurrentOutput(Tensor y, Tensor h, Tensor c) {

    /**
     * The same states and cells without their history, to go on with: truncated back-propagation through time cuts the graph here.
     * Copied, since they outlive the step.
     *
     * @return tensors that belong to no step
     */
    public RecurrentOutput carried() {
        return new RecurrentOutput(null, Tensor.of(h.toArray(), h.shape()),
                c == null ? null : Tensor.of(c.toArray(), c.shape()));
    }
}
