package lanewise.nn.autograd;

import lanewise.nn.Tensor;

/** What every loss against a target asks of its arguments. */
final class LossArguments {

    private LossArguments() {}

    static void check(String operation, String name, Tensor output, Tensor target) {
        if (!output.shape().equals(target.shape())) {
            throw new IllegalArgumentException(operation + ": " + name + " is " + output.shape() + ", target is "
                    + target.shape() + ": need the same shape");
        }
        if (output.shape().rank() == 0 || output.shape().size(0) == 0) {
            throw new IllegalArgumentException(
                    operation + ": " + name + " is " + output.shape() + ", need [batch, ...] with batch >= 1");
        }
        if (target.requiresGrad()) {
            throw new IllegalArgumentException(operation + ": target requires a gradient; detach it");
        }
    }
}
